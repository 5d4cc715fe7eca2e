import type { PostgresDeadLetters } from '@handoff/persistence';
import type { Logger as Pino } from 'pino';
import { gauge } from '../metrics.js';
import { Repeating } from '../repeating.js';

const COUNT_INTERVAL_MS = 15_000;
const FORGET_INTERVAL_MS = 3_600_000;
/** As long as the topic of dead letters keeps its copies. */
const SETTLED_KEPT_MS = 90 * 86_400_000;

const setAside = gauge('handoff_set_aside_records', 'Events that are set aside: retrying by schedule, waiting behind another, or dead, which a person must decide about', ['state']);

/** Counts what a service set aside, and forgets what was settled long ago. Ask for it once a process. */
export function watchDeadLetters(letters: Pick<PostgresDeadLetters, 'counts' | 'forgetSettled'>, log: Pino): { close(): Promise<void> } {
  const onError = (err: unknown): void => log.debug({ err }, 'The dead letters cannot be counted now.');
  const count = async (): Promise<void> => {
    for (const [state, records] of Object.entries(await letters.counts())) setAside.set({ state }, records);
  };
  const repeating = [
    new Repeating({ intervalMs: COUNT_INTERVAL_MS, work: count, onError }),
    new Repeating({ intervalMs: FORGET_INTERVAL_MS, work: () => letters.forgetSettled(new Date(Date.now() - SETTLED_KEPT_MS)), onError }),
  ];
  for (const each of repeating) each.start();
  return { close: async () => void (await Promise.all(repeating.map((each) => each.close()))) };
}
