import { UndecodableRecord } from '@handoff/contracts';
import { type ParkReason, PermanentFailure } from '../transactions.js';

const DETAIL_CHARS_MAX = 1_024;
/** First retries come soon, for what mends itself; then they thin out. After the last a person must decide. */
const PARKED_RETRY_DELAYS_MS = [5_000, 30_000, 300_000, 1_800_000, 7_200_000, 21_600_000];

export const BEHIND_PARKED: ParkReason = { code: 'behind-parked', detail: 'An earlier event of the same ticket is parked; this one waits behind it.', errorName: null };

/** When a parked record is tried again after so many attempts; `null`: not by itself. */
export function nextRetryAt(attempts: number, now: Date): Date | null {
  const delayMs = PARKED_RETRY_DELAYS_MS[attempts];
  return delayMs === undefined ? null : new Date(now.getTime() + delayMs);
}

/** How often a record is tried again by itself after so many attempts. */
export function retriesLeft(attempts: number): number {
  return Math.max(0, PARKED_RETRY_DELAYS_MS.length - attempts);
}

/** What is noted of a failure. */
export function reasonOf(error: unknown): ParkReason {
  const detail = (error instanceof Error ? error.message : String(error)).slice(0, DETAIL_CHARS_MAX);
  const errorName = error instanceof Error ? error.name : 'Error';
  return { code: isPermanent(error) ? error.code : 'handler-failed', detail, errorName };
}

/** When to try again after a failure; `null`: no retry mends it, or there were enough. */
export function retryOf(error: unknown, attempts: number, now: Date): Date | null {
  return isPermanent(error) ? null : nextRetryAt(attempts, now);
}

function isPermanent(error: unknown): error is PermanentFailure | UndecodableRecord {
  return error instanceof PermanentFailure || error instanceof UndecodableRecord;
}
