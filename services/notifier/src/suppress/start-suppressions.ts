import type { Transactions } from '@handoff/messaging';
import { type Clock, counter, Repeating } from '@handoff/platform';
import type { Logger } from 'pino';
import type { ReleaseHeldHandler } from './release-held.handler.js';
import type { WarnOfEndHandler } from './warn-of-end.handler.js';

const POLL_INTERVAL_MS = 1_000;

const releasedTotal = counter('handoff_held_notifications_settled_total', 'Notifications that a suppression held and that were sent, summarised or given up when it ended');
const warnedTotal = counter('handoff_suppression_warnings_total', 'Suppressions whose end was announced');

export interface SuppressionParts {
  readonly release: ReleaseHeldHandler;
  readonly warn: WarnOfEndHandler;
  readonly transactions: Transactions;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Warns of the end of suppressions and tells what they held. Close it before the database. */
export function startSuppressions({ release, warn, transactions, clock, log }: SuppressionParts): Repeating {
  const repeating = new Repeating({
    intervalMs: POLL_INTERVAL_MS,
    onError: (err) => log.warn({ err }, 'What suppressions held cannot be told now; the next poll tries again.'),
    work: async (signal) => {
      await untilNone(signal, () => transactions.run((tx) => warn.handle(tx, clock.now())), (suppression) => {
        warnedTotal.inc();
        log.info({ suppressionId: suppression.suppressionId, until: suppression.until }, 'A suppression ends soon.');
      });
      await untilNone(signal, async () => (await transactions.run((tx) => release.handle(tx, clock.now()))) || null, (settled) => releasedTotal.inc(settled));
    },
  });
  repeating.start();
  return repeating;
}

async function untilNone<T>(signal: AbortSignal, step: () => Promise<T | null>, onDone: (done: T) => void): Promise<void> {
  while (!signal.aborted) {
    const done = await step();
    if (done === null) return;
    onDone(done);
  }
}
