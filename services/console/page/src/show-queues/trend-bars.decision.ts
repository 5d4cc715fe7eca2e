/** A bar of a trend, in units of its picture. */
export interface TrendBar {
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

const STEP = 4;
export const BAR_WIDTH = 3;
/** Of one direction. */
const HALF = 11;
export const TREND_HEIGHT = 2 * HALF;
/** What happened at all is seen beside a much higher bar. */
const LEAST = 1;

/** The width of a picture of so many hours. */
export function trendWidth(hours: number): number {
  return hours * STEP;
}

/** What came in stands above the middle, what was finished hangs below it, in one scale. */
export function trendBars({ received, finished }: { readonly received: readonly number[]; readonly finished: readonly number[] }): { readonly received: readonly TrendBar[]; readonly finished: readonly TrendBar[] } {
  const most = Math.max(1, ...received, ...finished);
  // Numbers below 0 are of rows that are about to be right again.
  const heightOf = (tickets: number): number => (tickets <= 0 ? 0 : Math.max(LEAST, Math.round((tickets / most) * HALF)));
  const bars = (counts: readonly number[], yOf: (height: number) => number): readonly TrendBar[] =>
    counts.map((tickets, hour) => ({ x: hour * STEP, height: heightOf(tickets), y: yOf(heightOf(tickets)) })).filter(({ height }) => height > 0);
  return { received: bars(received, (height) => HALF - height), finished: bars(finished, () => HALF) };
}
