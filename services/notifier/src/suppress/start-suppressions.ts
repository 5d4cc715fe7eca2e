import type { Transactions } from '@handoff/messaging';
import { type Clock, counter, gauge, Repeating } from '@handoff/platform';
import type { Logger } from 'pino';
import type { ReleaseHeldHandler } from './release-held.handler.js';
import type { SuppressionStore } from './suppression.store.js';
import type { WarnOfEndHandler } from './warn-of-end.handler.js';

const POLL_INTERVAL_MS = 1_000;
const COUNT_INTERVAL_MS = 15_000;

const settledTotal = counter('handoff_held_notifications_settled_total', 'Notifications that a suppression held and that were sent, summarised or given up when it ended');
const warnedTotal = counter('handoff_suppression_warnings_total', 'Suppressions whose end was announced');
const heldNotifications = gauge('handoff_notifications_held', 'Notifications that suppressions hold now');

export interface SuppressionParts {
  readonly suppressions: Pick<SuppressionStore, 'heldInAll'>;
  readonly release: ReleaseHeldHandler;
  readonly warn: WarnOfEndHandler;
  readonly transactions: Transactions;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Warns of the end of suppressions and tells what they held. Close it before the database. */
export function startSuppressions(parts: SuppressionParts): { close(): Promise<void> } {
  const { suppressions, transactions, log } = parts;
  const onError = (err: unknown): void => log.warn({ err }, 'What suppressions held cannot be told now; the next poll tries again.');
  const repeating = [
    new Repeating({ intervalMs: POLL_INTERVAL_MS, onError, work: (signal) => lookAfterSuppressions(parts, signal) }),
    new Repeating({ intervalMs: COUNT_INTERVAL_MS, onError, work: async () => heldNotifications.set(await transactions.run((tx) => suppressions.heldInAll(tx))) }),
  ];
  for (const each of repeating) each.start();
  return { close: async () => void (await Promise.all(repeating.map((each) => each.close()))) };
}

/** Does all that is due now. */
export async function lookAfterSuppressions(parts: SuppressionParts, signal?: AbortSignal): Promise<void> {
  await warnAll(parts, signal);
  await releaseAll(parts, signal);
}

async function warnAll({ warn, transactions, clock, log }: SuppressionParts, signal?: AbortSignal): Promise<void> {
  while (signal?.aborted !== true) {
    const suppression = await transactions.run((tx) => warn.handle(tx, clock.now()));
    if (suppression === null) return;
    warnedTotal.inc();
    log.info({ suppressionId: suppression.suppressionId, until: suppression.until }, 'A suppression ends soon.');
  }
}

/** One that cannot be settled holds up no other. */
async function releaseAll({ release, transactions, clock, log }: SuppressionParts, signal?: AbortSignal): Promise<void> {
  const passedOver: string[] = [];
  while (signal?.aborted !== true) {
    let taken: string | null = null;
    try {
      const settled = await transactions.run((tx) => release.handle(tx, clock.now(), { passedOver, onTaken: (suppressionId) => void (taken = suppressionId) }));
      if (settled === 0) return;
      settledTotal.inc(settled);
    } catch (err) {
      if (taken === null || transactions.isUnavailable(err) || transactions.isConflict(err)) throw err;
      passedOver.push(taken);
      log.error({ err, suppressionId: taken }, 'What a suppression held could not be told; the next poll tries again.');
    }
  }
}
