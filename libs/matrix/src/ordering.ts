/** Ascending order of two comparable values: negative, zero or positive, for sorting. */
export function ascending<T extends number | string>(a: T, b: T): number {
  return Number(a > b) - Number(a < b);
}
