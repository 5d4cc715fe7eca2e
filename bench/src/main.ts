import { StartupError } from '@handoff/engines';
import { type Command, commandOf, USAGE, WrongUse } from './command.js';
import { writePage } from './report/write-page.js';
import { runStages } from './run.js';
import { STAGES } from './stages.js';

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

const stop = new AbortController();
for (const [signal, exitCode] of Object.entries(SIGNALS)) {
  process.once(signal, () => {
    process.exitCode = exitCode;
    stop.abort();
  });
}

process.exitCode = await main(readCommand());

async function main(command: Command): Promise<number> {
  const stages = STAGES.filter(({ name }) => command.stages.includes(name));
  try {
    if (command.pageFrom !== undefined) {
      console.error(`Written: ${await writePage(command.pageFrom)}`);
      return 0;
    }
    await runStages(command, stages, { print: (text) => console.log(text), note: (line) => console.error(line), stop: stop.signal });
    return 0;
  } catch (error) {
    if (stop.signal.aborted) return Number(process.exitCode ?? 1);
    console.error(error instanceof StartupError ? error.message : error);
    return 1;
  }
}

function readCommand(): Command {
  try {
    return commandOf(process.argv.slice(2), STAGES);
  } catch (error) {
    if (!(error instanceof WrongUse)) throw error;
    console.error(`${error.message}\n\n${USAGE}`);
    process.exit(2);
  }
}
