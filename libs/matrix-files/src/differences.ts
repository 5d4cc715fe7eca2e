import type { Decision } from '@handoff/matrix';

/** One place where a decision is not as expected. `actual` is undefined where there is nothing. */
export type Mismatch = Readonly<{ path: string; expected: unknown; actual: unknown }>;

type Data = Readonly<Record<string, unknown>>;

/**
 * Where a decision departs from the part of it that is expected. An object needs what is named in it; a list
 * needs as many entries, in that order; `reasons` needs the codes that are named, among others.
 */
export function differencesOf(expect: Data, decision: Decision): readonly Mismatch[] {
  return Object.entries(expect).flatMap(([name, expected]) => {
    const actual = (decision as unknown as Data)[name];
    return name === 'reasons' && Array.isArray(expected)
      ? missingReasons(expected, decision)
      : compare(expected, actual, name);
  });
}

function missingReasons(expected: readonly unknown[], { reasons }: Decision): readonly Mismatch[] {
  const codes = reasons.map(({ code }) => code);
  return expected.flatMap((wanted, index) => {
    const isThere = reasons.some((reason) => compare(wanted, typeof wanted === 'string' ? reason.code : reason, '').length === 0);
    return isThere ? [] : [{ path: `reasons[${index}]`, expected: wanted, actual: codes }];
  });
}

function compare(expected: unknown, actual: unknown, path: string): readonly Mismatch[] {
  if (Array.isArray(expected)) return compareLists(expected, actual, path);
  if (isData(expected)) return compareObjects(expected, actual, path);
  return expected === inWords(expected, actual) ? [] : [{ path, expected, actual }];
}

/** A party may be expected as its role, or as role and id. */
function inWords(expected: unknown, actual: unknown): unknown {
  if (typeof expected !== 'string' || !isData(actual) || typeof actual['role'] !== 'string') return actual;
  const { role, partyId } = actual;
  return expected.includes('/') ? `${role}/${String(partyId)}` : role;
}

function compareLists(expected: readonly unknown[], actual: unknown, path: string): readonly Mismatch[] {
  if (!Array.isArray(actual) || actual.length !== expected.length) return [{ path, expected, actual }];
  return expected.flatMap((item, index) => compare(item, actual[index], `${path}[${index}]`));
}

function compareObjects(expected: Data, actual: unknown, path: string): readonly Mismatch[] {
  if (!isData(actual)) return [{ path, expected, actual }];
  return Object.entries(expected).flatMap(([name, item]) => compare(item, actual[name], `${path}.${name}`));
}

function isData(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
