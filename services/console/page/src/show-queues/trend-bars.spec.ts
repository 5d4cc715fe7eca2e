import { TREND_HEIGHT, trendBars, trendWidth } from './trend-bars.decision.js';

describe('the trend of a queue', () => {
  it('has what came in above the middle and what was finished below it, in one scale', () => {
    const bars = trendBars({ received: [0, 10, 5], finished: [20, 0, 0] });
    expect(bars.received).toEqual([{ x: 4, y: 5, height: 6 }, { x: 8, y: 8, height: 3 }]);
    expect(bars.finished).toEqual([{ x: 0, y: 11, height: 11 }]);
    expect([trendWidth(3), TREND_HEIGHT]).toEqual([12, 22]);
  });

  it('shows one ticket beside a thousand, and nothing where nothing happened', () => {
    expect(trendBars({ received: [1, 1_000], finished: [0, 0] })).toEqual({ received: [{ x: 0, y: 10, height: 1 }, { x: 4, y: 0, height: 11 }], finished: [] });
  });
});
