/** Chances that are the same for the same seed. */
export interface Dice {
  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number;
  pick<T>(values: readonly T[]): T;
  shuffled<T>(values: readonly T[]): T[];
}

/** xorshift32 over a seed that was stirred first, since neighbours of a seed would begin alike. */
export function diceOf(seed: number): Dice {
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) | 1;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  for (let stir = 0; stir < 8; stir += 1) next();
  const between = (from: number, to: number): number => from + (next() % (to - from + 1));
  return {
    between,
    pick: (values) => {
      const picked = values[between(0, values.length - 1)];
      if (picked === undefined) throw new Error('There is nothing to pick from.');
      return picked;
    },
    shuffled: (values) => {
      const rest = [...values];
      return Array.from(values, () => rest.splice(between(0, rest.length - 1), 1)).flat();
    },
  };
}
