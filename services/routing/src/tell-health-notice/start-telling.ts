import type { Transactions } from '@handoff/messaging';
import { type Clock, counter, Repeating } from '@handoff/platform';
import type { Logger } from 'pino';
import type { NoticeStore } from './notice.store.js';
import { TellHealthNoticeHandler } from './tell-health-notice.handler.js';

const POLL_INTERVAL_MS = 1_000;

const stepsTotal = counter('handoff_health_notice_steps_total', 'Steps taken in telling partners of outages', ['outcome']);

export interface TellingParts {
  readonly transactions: Transactions;
  readonly notices: NoticeStore;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Tells partners of outages, step by step; several instances share the work, a notice is in the hand of one. Close it before the database. */
export function startTelling(parts: TellingParts): Repeating {
  const { log } = parts;
  const repeating = new Repeating({
    intervalMs: POLL_INTERVAL_MS, onError: (err) => log.warn({ err }, 'Partners cannot be told of outages now; the next poll tries again.'),
    work: (signal) => tellAll(parts, signal),
  });
  repeating.start();
  return repeating;
}

/** Takes all steps that are due now. */
export async function tellAll(parts: TellingParts, signal?: AbortSignal): Promise<void> {
  while (signal?.aborted !== true && (await step(parts)));
}

async function step({ transactions, notices, clock, log }: TellingParts): Promise<boolean> {
  const handler = new TellHealthNoticeHandler(notices);
  let noticeId: string | null = null;
  try {
    await transactions.run(async (tx) => {
      const telling = await notices.takeDue(tx, clock.now());
      noticeId = telling?.notice.id ?? null;
      if (telling !== null) await handler.handle(telling, tx, clock.now());
    });
    if (noticeId !== null) stepsTotal.inc({ outcome: 'done' });
  } catch (error) {
    if (noticeId === null || transactions.isUnavailable(error) || transactions.isConflict(error)) throw error;
    const failed: string = noticeId;
    await transactions.run((tx) => notices.fail(tx, failed, { text: error instanceof Error ? error.message : String(error), now: clock.now() }));
    stepsTotal.inc({ outcome: 'failed' });
    log.error({ err: error, noticeId: failed }, 'Partners could not be told of an outage; it is tried again later, and shown with the notice.');
  }
  return noticeId !== null;
}
