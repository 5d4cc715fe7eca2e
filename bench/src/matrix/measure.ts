/** How long one round takes at least: long enough that neither timer nor a single collection shows. */
const ROUND_MS_MIN = 400;
const ROUNDS = 9;
/** Rounds before the first that counts, until the code is compiled. */
const WARM_UP_ROUNDS = 3;

/** How often a second `batch` does its work, round by round; it returns how many times it did it in one call. */
export function measure(batch: () => number): readonly number[] {
  for (let round = 0; round < WARM_UP_ROUNDS; round += 1) rateOfRound(batch);
  return Array.from({ length: ROUNDS }, () => rateOfRound(batch));
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
