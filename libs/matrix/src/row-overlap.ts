import { instantMs } from './instants.js';
import type { Conditions, Row, TextValues } from './matrix.js';
import { isReached } from './reachable-states.js';
import type { ReachedStage } from './reachable-states.js';

/** Whether every ticket that matches `row` matches `earlier` too. May miss a case, and never invents one. */
export function takesAllOf(earlier: Row, row: Row): boolean {
  const narrower = row.when as Record<string, unknown>;
  return Object.entries(earlier.when).every(([name, wide]) => {
    const narrow = narrower[name];
    return narrow !== undefined && contains(name, wide, narrow);
  });
}

function contains(name: string, wide: unknown, narrow: unknown): boolean {
  if (name === 'from') return instantMs(String(wide)) <= instantMs(String(narrow));
  if (name === 'until') return instantMs(String(wide)) >= instantMs(String(narrow));
  if (isNot(wide)) {
    return isNot(narrow)
      ? wide.not.every((value) => narrow.not.includes(value))
      : listed(narrow).every((value) => !(wide.not as readonly unknown[]).includes(value));
  }
  if (isNot(narrow)) return false;
  if (name === 'hours') return JSON.stringify(wide) === JSON.stringify(narrow);
  return listed(narrow).every((value) => listed(wide).includes(value));
}

/** Whether some ticket can match both rows of a stage. May report one that cannot be; misses none. */
export function canBothHold(one: Row, other: Row, reached: ReachedStage): boolean {
  const [a, b] = [one.when as Record<string, unknown>, other.when as Record<string, unknown>];
  const isDisjoint = Object.keys(a).some((name) => b[name] !== undefined && !overlaps(name, a[name], b[name]));
  return !isDisjoint && isPeriodCommon(one.when, other.when) && isReachedByBoth(one, other, reached);
}

/** A ticket has several partners and language ranges at once, so two lists of those never exclude each other. */
const SEVERAL_VALUES = ['partnerId', 'language', 'hours', 'from', 'until'];

function overlaps(name: string, a: unknown, b: unknown): boolean {
  if (SEVERAL_VALUES.includes(name) || (isNot(a) && isNot(b))) return true;
  if (isNot(a)) return listed(b).some((value) => !(a.not as readonly unknown[]).includes(value));
  if (isNot(b)) return overlaps(name, b, a);
  return listed(a).some((value) => listed(b).includes(value));
}

function isPeriodCommon(a: Conditions, b: Conditions): boolean {
  return isBefore(a.from, b.until) && isBefore(b.from, a.until);
}

function isBefore(from: string | undefined, until: string | undefined): boolean {
  return from === undefined || until === undefined || instantMs(from) < instantMs(until);
}

/** Who can be responsible by then follows from the area, and from what earlier stages may have said. */
function isReachedByBoth(one: Row, other: Row, { states }: ReachedStage): boolean {
  return [...states].some(([area, ofArea]) => {
    const isForBoth = [one, other].every(({ when }) => when.area?.includes(area) ?? true);
    return isForBoth && ofArea.some((state) => isReached(one, state) && isReached(other, state));
  });
}

function isNot(value: unknown): value is Exclude<TextValues, readonly string[]> {
  return typeof value === 'object' && value !== null && 'not' in value;
}

function listed(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}
