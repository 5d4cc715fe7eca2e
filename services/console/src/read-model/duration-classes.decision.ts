const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** Durations are counted in classes, of which these are the upper bounds; the last class has none. */
export const CLASS_BOUNDS_MS: readonly number[] = [
  50, 100, 250, 500, SECOND_MS, 2 * SECOND_MS, 5 * SECOND_MS, 10 * SECOND_MS, 30 * SECOND_MS, MINUTE_MS, 2 * MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS, 30 * MINUTE_MS,
  HOUR_MS, 2 * HOUR_MS, 4 * HOUR_MS, 8 * HOUR_MS, 24 * HOUR_MS, 72 * HOUR_MS,
];
const CLASSES = CLASS_BOUNDS_MS.length + 1;

/** How many durations are in each class. */
export type Classes = readonly number[];
export const NO_DURATIONS: Classes = Array<number>(CLASSES).fill(0);

/** One duration; `null` counts as none. */
export function classesOf(durationMs: number | null): Classes {
  if (durationMs === null) return NO_DURATIONS;
  const found = CLASS_BOUNDS_MS.findIndex((bound) => durationMs < bound);
  return NO_DURATIONS.with(found === -1 ? CLASSES - 1 : found, 1);
}

export function sumOfClasses(a: Classes, b: Classes): Classes {
  return NO_DURATIONS.map((_, index) => (a[index] ?? 0) + (b[index] ?? 0));
}

/**
 * The duration, in ms, below which this share of them lies, evenly spread within its class; of the last class its lower bound.
 * `null`: there are none.
 */
export function quantileMs(classes: Classes, share: number): number | null {
  const total = classes.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  let before = 0;
  for (const [index, count] of classes.entries()) {
    if (count > 0 && before + count >= total * share) {
      const lower = CLASS_BOUNDS_MS[index - 1] ?? 0;
      const upper = CLASS_BOUNDS_MS[index] ?? lower;
      return Math.round(lower + (upper - lower) * ((total * share - before) / count));
    }
    before += count;
  }
  return CLASS_BOUNDS_MS.at(-1) ?? null;
}
