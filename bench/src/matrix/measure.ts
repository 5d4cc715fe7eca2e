/** Rates of several rounds, in times per second. */
export interface Rate {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** How long one round takes at least: long enough that neither timer nor a single collection shows. */
const ROUND_MS_MIN = 400;
const ROUNDS = 9;
/** Rounds before the first that counts, until the code is compiled. */
const WARM_UP_ROUNDS = 3;

/** How often a second `batch` does its work; it returns how many times it did it in one call. */
export function measure(batch: () => number): Rate {
  for (let round = 0; round < WARM_UP_ROUNDS; round += 1) rateOfRound(batch);
  const rates = Array.from({ length: ROUNDS }, () => rateOfRound(batch)).toSorted((a, b) => a - b);
  return { median: rates[ROUNDS >> 1] ?? 0, min: rates[0] ?? 0, max: rates[ROUNDS - 1] ?? 0 };
}

function rateOfRound(batch: () => number): number {
  const startedAt = performance.now();
  let done = 0;
  let elapsedMs = 0;
  while (elapsedMs < ROUND_MS_MIN) {
    done += batch();
    elapsedMs = performance.now() - startedAt;
  }
  return (done / elapsedMs) * 1000;
}

/** `1,234,567/s (min–max …)`. */
export function printed({ median, min, max }: Rate): string {
  return `${whole(median)}/s (${whole(min)}–${whole(max)})`;
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
