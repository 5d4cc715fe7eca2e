import type { Command } from './command.js';
import { describeMachine } from './machine.js';
import { jsonLine, textOf } from './report/lines.js';
import { Rig } from './rig/rig.js';
import type { Stage } from './stage.js';

export interface Output {
  /** What was measured. */
  readonly print: (text: string) => void;
  /** What is being done. */
  readonly note: (line: string) => void;
}

/** Runs the stages one after the other, and ends whatever it started. Aborting `stop` ends it early, with an error. */
export async function runStages(command: Command, stages: readonly Stage[], { print, note, stop }: Output & { readonly stop: AbortSignal }): Promise<void> {
  let starting: Promise<Rig> | undefined;
  const rig = (): Promise<Rig> => (starting ??= Rig.start({ note, stop, profileDir: command.profileDir }));
  const endEarly = (): void => void starting?.then((started) => started.stop()).catch(() => undefined);
  stop.addEventListener('abort', endEarly);
  try {
    for (const stage of stages) {
      note(`${stage.name}: ${stage.measures}`);
      const figures = await stage.run({ runs: command.runs, seconds: command.seconds, tickets: command.tickets, rig, note });
      const machine = await describeMachine((await starting) ?? null);
      for (const each of figures) print(command.json ? jsonLine(each, machine) : textOf(each));
    }
  } finally {
    stop.removeEventListener('abort', endEarly);
    await (await starting)?.stop();
  }
}
