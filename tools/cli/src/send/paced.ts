import type { Clock } from './post-webhook.js';

export interface Pace {
  readonly count: number;
  /** Starts a second; `null` for as fast as it goes. */
  readonly ratePerSecond: number | null;
  /** How many may be under way at once. */
  readonly concurrency: number;
}

/** Runs `work` for 0 … count - 1 at this pace and answers what each returned, in that order. */
export async function paced<R>(pace: Pace, clock: Clock, work: (index: number) => Promise<R>): Promise<R[]> {
  const startedAtMs = clock.now();
  const results = new Array<R>(pace.count);
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < pace.count) {
      const index = next;
      next += 1;
      const waitMs = dueAtMs(index, startedAtMs, pace.ratePerSecond) - clock.now();
      if (waitMs > 0) await clock.pause(waitMs);
      results[index] = await work(index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(pace.concurrency, pace.count) }, lane));
  return results;
}

/** When the nth start is due, in epoch ms. */
export function dueAtMs(index: number, startedAtMs: number, ratePerSecond: number | null): number {
  return ratePerSecond === null ? startedAtMs : startedAtMs + (index * 1_000) / ratePerSecond;
}
