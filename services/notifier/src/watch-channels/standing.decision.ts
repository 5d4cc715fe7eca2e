import type { ConfiguredChannel } from '../manage-channels/channel.js';

/** How a channel stood before an attempt. */
export type Standing = Pick<ConfiguredChannel, 'failingSince' | 'warnedAt'>;

/**
 * What an attempt says about its channel.
 * - `delivered`: it works.
 * - `failed`: nothing got through.
 * - `gone`: its receiver says that it is gone for good.
 */
export type Sign = 'delivered' | 'failed' | 'gone';

/**
 * What becomes of a channel.
 * - `stays`: as it is.
 * - `recovers`: it is not failing any more.
 * - `begins`: it fails, from now on.
 * - `warn`: operations are told that it will be disabled.
 * - `disable`: it is, and operations are told.
 */
export type StandingStep = 'stays' | 'recovers' | 'begins' | 'warn' | 'disable';

export interface StandingFacts {
  readonly standing: Standing;
  readonly sign: Sign;
  /** Epoch milliseconds. */
  readonly nowMs: number;
  /** A channel that fails without a break for so long is disabled; after half of it operations are warned. */
  readonly failingMsMax: number;
}

/**
 * A channel is disabled by time, never by a number of failures: a busy one fails a thousand times in a minute. The second half of the
 * time begins with the warning, so that there is always as much between it and the end.
 */
export function standingStep({ standing: { failingSince, warnedAt }, sign, nowMs, failingMsMax }: StandingFacts): StandingStep {
  if (sign === 'gone') return 'disable';
  if (sign === 'delivered') return failingSince === null ? 'stays' : 'recovers';
  if (failingSince === null) return 'begins';
  const isDue = (since: string, ms: number): boolean => nowMs - Date.parse(since) >= ms;
  if (warnedAt === null) return isDue(failingSince, failingMsMax / 2) ? 'warn' : 'stays';
  return isDue(failingSince, failingMsMax) && isDue(warnedAt, failingMsMax / 2) ? 'disable' : 'stays';
}
