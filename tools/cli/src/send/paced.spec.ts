import { dueAtMs, paced } from './paced.js';
import type { Clock } from './post-webhook.js';

/** A clock that moves only by pauses. */
function steppedClock(): Clock & { readonly pausesMs: number[] } {
  let nowMs = 1_000;
  const pausesMs: number[] = [];
  return {
    pausesMs,
    now: () => nowMs,
    pause: (durationMs) => {
      pausesMs.push(durationMs);
      nowMs += durationMs;
      return Promise.resolve();
    },
  };
}

describe('the pace of a load', () => {
  it('starts at the rate that was asked for', async () => {
    const clock = steppedClock();
    const startsMs = await paced({ count: 4, concurrency: 1, ratePerSecond: 10 }, clock, () => Promise.resolve(clock.now()));
    expect(startsMs).toEqual([1_000, 1_100, 1_200, 1_300]);
  });

  it('does not wait without a rate', async () => {
    const clock = steppedClock();
    await paced({ count: 50, concurrency: 4, ratePerSecond: null }, clock, (index) => Promise.resolve(index));
    expect(clock.pausesMs).toEqual([]);
  });

  it('never has more under way than allowed, and answers in the order of the sends', async () => {
    let underWay = 0;
    let most = 0;
    const results = await paced({ count: 20, concurrency: 3, ratePerSecond: null }, steppedClock(), async (index) => {
      underWay += 1;
      most = Math.max(most, underWay);
      for (let turns = 0; turns < 20 - index; turns += 1) await Promise.resolve();
      underWay -= 1;
      return index;
    });
    expect(most).toBe(3);
    expect(results).toEqual(Array.from({ length: 20 }, (_, index) => index));
  });

  it('makes up for a late start rather than falling behind for good', () => {
    expect([0, 1, 50].map((index) => dueAtMs(index, 1_000, 50))).toEqual([1_000, 1_020, 2_000]);
  });
});
