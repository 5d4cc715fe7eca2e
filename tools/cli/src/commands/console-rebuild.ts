import { setTimeout as delay } from 'node:timers/promises';
import { CommandFailure, type ExitCode } from '../failure.js';
import { asJson } from '../format.js';
import { textAt } from '../json-reading.js';
import type { CommandContext } from './context.js';

const PATH = '/v1/rebuild';
const ASK_EVERY_MS = 1_000;

/** Makes the read model of the console anew, and tells how far it is until it has ended. */
export async function consoleRebuild({ services, terminal, isJson }: CommandContext): Promise<ExitCode> {
  let rebuild = await services.console.post(PATH, {});
  for (let told = ''; textAt(rebuild, 'state') === 'running'; rebuild = await services.console.get(PATH)) {
    const progress = `${progressOf(rebuild)}\n`;
    if (progress !== told) terminal.tell(progress);
    told = progress;
    await delay(ASK_EVERY_MS);
  }
  if (textAt(rebuild, 'state') !== 'done') throw new CommandFailure(1, 'rebuild-failed', `The console did not rebuild, and shows what it showed before. ${textAt(rebuild, 'reason') ?? 'It was started anew meanwhile: run this command once more.'}`);
  terminal.write(isJson ? asJson(rebuild) : `rebuilt from ${textAt(rebuild, 'eventsDone') ?? '?'} events\n`);
  return 0;
}

function progressOf(rebuild: unknown): string {
  const total = textAt(rebuild, 'eventsTotal') ?? '0';
  return total === '0' ? 'waiting for its turn' : `${textAt(rebuild, 'eventsDone') ?? '?'} of ${total} events`;
}
