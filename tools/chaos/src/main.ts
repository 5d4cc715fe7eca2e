import { StartupError } from '@handoff/engines';
import { type Command, commandOf, USAGE, WrongUse } from './command.js';
import { planOf } from './plan/plan.decision.js';
import { planText, reportJson, reportText } from './report.js';
import { run } from './run.js';

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

const stop = new AbortController();
for (const [signal, exitCode] of Object.entries(SIGNALS)) {
  process.on(signal, () => {
    process.exitCode = exitCode;
    stop.abort();
  });
}

process.exitCode = await main(readCommand());

async function main(command: Command): Promise<number> {
  const plan = planOf(command);
  const note = (line: string): void => console.error(line);
  (command.planOnly && !command.json ? console.log : note)(planText(plan));
  if (command.planOnly) return 0;
  try {
    const { audit, figures, problem } = await run(command, plan, { note, stop: stop.signal });
    console.log((command.json ? reportJson : reportText)(audit, figures, problem));
    return problem === null && audit.checks.every(({ findings }) => findings.length === 0) ? 0 : 1;
  } catch (error) {
    if (stop.signal.aborted) return Number(process.exitCode ?? 1);
    console.error(error instanceof StartupError ? error.message : error);
    return 1;
  }
}

function readCommand(): Command {
  try {
    return commandOf(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof WrongUse)) throw error;
    console.error(`${error.message}\n\n${USAGE}`);
    process.exit(2);
  }
}
