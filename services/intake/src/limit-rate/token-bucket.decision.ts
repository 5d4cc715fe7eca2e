/** How many requests a second, and how many at once after a rest. */
export interface Rate {
  readonly perSecond: number;
  readonly capacity: number;
}

/** Tokens at a time; below zero, what was taken too much must be made up for. */
export interface Bucket {
  readonly tokens: number;
  readonly atMs: number;
}

/** A source that was quiet for so long may send the allowance of all this time at once. */
const BURST_SECONDS = 2;

export function rateOf(perSecond: number): Rate {
  return { perSecond, capacity: perSecond * BURST_SECONDS };
}

/** The bucket at a later time, filled up at its rate. */
export function filledUp({ tokens, atMs }: Bucket, { perSecond, capacity }: Rate, nowMs: number): Bucket {
  return { tokens: Math.min(capacity, tokens + (Math.max(0, nowMs - atMs) / 1_000) * perSecond), atMs: nowMs };
}

/** In how many whole seconds there is a token again, at least 1. */
export function secondsUntilToken({ tokens }: Bucket, { perSecond }: Rate): number {
  return Math.max(1, Math.ceil((1 - tokens) / perSecond));
}

/**
 * What one instance may take of a bucket that several draw from: its share of what is left and of what comes. Who takes less
 * than that leaves it to the others at the next division.
 */
export function shareOf(tokens: number, rate: Rate, spenders: number): { readonly tokens: number; readonly perSecond: number } {
  return { tokens: Math.min(tokens, rate.capacity) / spenders, perSecond: rate.perSecond / spenders };
}
