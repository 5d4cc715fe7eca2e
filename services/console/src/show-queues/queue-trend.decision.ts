/** The hour that runs, and those before it. */
export const TREND_HOURS = 24;
const HOUR_MS = 3_600_000;

/** What came into a queue and what was finished there in an hour. */
export interface QueueHour {
  /** `null`: not decided yet. */
  readonly queue: string | null;
  /** When the hour begins. */
  readonly at: Date;
  readonly received: number;
  readonly finished: number;
}

export interface QueueTrend {
  readonly queue: string | null;
  /** Tickets of each hour, the oldest hour first, as many as `TREND_HOURS`. */
  readonly received: readonly number[];
  readonly finished: readonly number[];
}

/** When the first hour of a trend begins that ends with the hour of `now`. */
export function trendStart(now: Date): Date {
  return new Date((Math.floor(now.getTime() / HOUR_MS) - TREND_HOURS + 1) * HOUR_MS);
}

/** The trends of the queues with anything in these hours. */
export function queueTrends(hours: readonly QueueHour[], start: Date): readonly QueueTrend[] {
  const byQueue = Map.groupBy(hours, ({ queue }) => queue);
  return [...byQueue].map(([queue, own]) => {
    const bySlot = new Map(own.map((hour) => [(hour.at.getTime() - start.getTime()) / HOUR_MS, hour]));
    const slots = Array.from({ length: TREND_HOURS }, (_, slot) => bySlot.get(slot));
    return { queue, received: slots.map((hour) => hour?.received ?? 0), finished: slots.map((hour) => hour?.finished ?? 0) };
  });
}
