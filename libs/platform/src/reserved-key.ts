import type { FieldProblem } from './problem.js';

/** Names that every JavaScript object has already. The library that makes instances of bodies takes the first for the class of what it stands in. */
const RESERVED: ReadonlySet<string> = new Set(['constructor', '__proto__']);

/**
 * The first key that no field of a body can have; `null`: there is none.
 * @param body of few levels: it is looked at by a call for each.
 */
export function reservedKeyProblem(body: object, parent = ''): FieldProblem | null {
  for (const [key, value] of Object.entries(body) as [string, unknown][]) {
    const field = `${parent}/${key}`;
    if (RESERVED.has(key)) return { field, detail: 'is a name that no field can have' };
    const inner = typeof value === 'object' && value !== null ? reservedKeyProblem(value, field) : null;
    if (inner !== null) return inner;
  }
  return null;
}
