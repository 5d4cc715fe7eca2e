import type { Clock } from '@handoff/platform';
import { attemptSeconds, attemptsTotal, deliveriesTotal, inHandNotifications, oldestUndeliveredSeconds } from '../metrics.js';
import type { Notification, UnsentReason } from '../notification/notification.js';
import type { DeliveryStore, SendResult } from './delivery.store.js';

const WATCH_INTERVAL_MS = 5_000;

/** The part of pino's logger that is used here. */
export interface AttemptLog {
  debug(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** Counts an attempt, and writes the one line about it. */
export function observeAttempt(result: SendResult, log: AttemptLog): void {
  const { delivery: { notification } } = result;
  if (!('attempt' in result)) return observeWithheld(notification, result.reason, log);
  const { attempt, disposition } = result;
  const { notificationId, ticketId, ticketVersion, destination, purpose, target: { channel } } = notification;
  attemptsTotal.inc({ channel, outcome: attempt.outcome, code: attempt.code ?? '' });
  attemptSeconds.observe({ channel }, attempt.durationMs / 1_000);
  if (disposition.state !== 'pending') deliveriesTotal.inc({ channel, outcome: disposition.state });
  const fields = { notificationId, ticketId, ticketVersion, destination, purpose, channel, attempt: attempt.attempt, durationMs: attempt.durationMs, outcome: attempt.outcome, code: attempt.code };
  if (disposition.state === 'delivered') log.debug(fields, 'notification delivered');
  else log.warn({ ...fields, detail: attempt.detail }, disposition.state === 'pending' ? 'notification not delivered yet' : 'notification given up');
}

function observeWithheld({ notificationId, ticketId, ticketVersion, destination, purpose, target: { channel } }: Notification, { code, detail }: UnsentReason, log: AttemptLog): void {
  deliveriesTotal.inc({ channel, outcome: 'suppressed' });
  log.debug({ notificationId, ticketId, ticketVersion, destination, purpose, channel, code, detail }, 'notification suppressed');
}

/** Keeps the gauges up to date. Returns how to stop. */
export function watchBacklog(store: Pick<DeliveryStore, 'oldestPending'>, dispatcher: { readonly inMemory: number }, clock: Clock): () => void {
  const look = async (): Promise<void> => {
    inHandNotifications.set(dispatcher.inMemory);
    const oldest = await store.oldestPending();
    oldestUndeliveredSeconds.set(oldest === null ? 0 : Math.max(0, (clock.now().getTime() - oldest.getTime()) / 1_000));
  };
  // While the database is away the last values stand; the health check tells of that.
  const timer = setInterval(() => void look().catch(() => undefined), WATCH_INTERVAL_MS);
  timer.unref();
  return () => clearInterval(timer);
}
