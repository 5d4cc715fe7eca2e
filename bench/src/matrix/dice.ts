/** Numbers that look random and are the same on every run, so that two runs measure the same work. */
export interface Dice {
  /** A whole number from 0 to `below - 1`. */
  below(below: number): number;
  pick<T>(values: readonly T[]): T;
  /** Whether a chance of one in `of` came true. */
  oneIn(of: number): boolean;
}

/** Mulberry32: 32 bits of state are plenty to vary questions. */
export function dice(seed: number): Dice {
  let state = seed;
  const below = (limit: number) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
  return {
    below,
    pick: (values) => {
      const picked = values[below(values.length)];
      if (picked === undefined) throw new Error('There is nothing to pick from.');
      return picked;
    },
    oneIn: (of) => below(of) === 0,
  };
}
