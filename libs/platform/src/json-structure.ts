/** What a body may be made of. Far more than any call needs, and few enough that looking at all of it takes no time worth mentioning. */
export interface StructureLimits {
  readonly levelsMax: number;
  /** Names of one object. */
  readonly namesMax: number;
  /** Values in all, at every level. */
  readonly valuesMax: number;
}

export const STRUCTURE_LIMITS: StructureLimits = { levelsMax: 64, namesMax: 1_000, valuesMax: 100_000 };

/**
 * Why a value that was parsed from JSON has too much structure; `null`: it has not. Parsing is quick, but what looks at the
 * parsed value calls itself for each level, and compares each name with the others.
 */
export function structureProblem(value: unknown, { levelsMax, namesMax, valuesMax }: StructureLimits = STRUCTURE_LIMITS): string | null {
  let values = 0;
  let level = isNest(value) ? [value] : [];
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > levelsMax) return `must be nested at most ${levelsMax} levels deep`;
    const deeper: object[] = [];
    for (const nest of level) {
      const inner = Object.values(nest) as unknown[];
      if (!Array.isArray(nest) && inner.length > namesMax) return `must have at most ${namesMax} names in an object`;
      values += inner.length;
      if (values > valuesMax) return `must have at most ${valuesMax} values in all`;
      for (const each of inner) if (isNest(each)) deeper.push(each);
    }
    level = deeper;
  }
  return null;
}

function isNest(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
