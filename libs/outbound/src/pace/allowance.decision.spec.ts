import fc from 'fast-check';
import { reserve } from './allowance.decision.js';

/** When each of these requests, all made at once, may go. */
function departures(count: number, allowance: Parameters<typeof reserve>[2], nowMs = 0): number[] {
  let spentUntilMs = 0;
  return Array.from({ length: count }, () => {
    const reserved = reserve(spentUntilMs, nowMs, allowance);
    ({ spentUntilMs } = reserved);
    return nowMs + reserved.waitMs;
  });
}

describe('an allowance', () => {
  it.each([
    [{ requestsASecondMax: 10, burstMax: 1 }, [0, 100, 200, 300]], [{ requestsASecondMax: 10, burstMax: 3 }, [0, 0, 0, 100, 200]], [{ requestsASecondMax: 0.5, burstMax: 1 }, [0, 2_000, 4_000]], [{ requestsASecondMax: 3, burstMax: 1 }, [0, 334, 667, 1_000]],
  ])('%j lets requests go at %j ms', (allowance, expected) => {
    expect(departures(expected.length, allowance)).toEqual(expected);
  });

  it('comes back with time, and not above its burst', () => {
    const allowance = { requestsASecondMax: 10, burstMax: 2 };
    const { spentUntilMs } = reserve(reserve(0, 1_000, allowance).spentUntilMs, 1_000, allowance);
    expect(reserve(spentUntilMs, 1_000, allowance).waitMs).toBe(100);
    expect(reserve(spentUntilMs, 1_100, allowance).waitMs).toBe(0);
    const rested = reserve(spentUntilMs, 60_000, allowance);
    const second = reserve(rested.spentUntilMs, 60_000, allowance);
    expect([rested.waitMs, second.waitMs, reserve(second.spentUntilMs, 60_000, allowance).waitMs]).toEqual([0, 0, 100]);
  });

  it('is never exceeded, whenever requests come', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 10 }), fc.array(fc.nat(500), { minLength: 1, maxLength: 100 }), (requestsASecondMax, burstMax, gaps) => {
      let [nowMs, spentUntilMs] = [0, 0];
      const gone = gaps.map((gapMs) => {
        nowMs += gapMs;
        const reserved = reserve(spentUntilMs, nowMs, { requestsASecondMax, burstMax });
        ({ spentUntilMs } = reserved);
        return nowMs + reserved.waitMs;
      });
      expect(gone).toEqual(gone.toSorted((one, other) => one - other));
      for (const at of gone) expect(gone.filter((other) => other >= at && other < at + 1_000).length).toBeLessThanOrEqual(requestsASecondMax + burstMax);
    }));
  });
});
