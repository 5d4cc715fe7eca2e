/** Ascending order of two comparable values: negative, zero or positive, for sorting. */
export function ascending<T extends number | string>(a: T, b: T): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
