import type { FieldProblem } from './problem.js';

/** Names that every JavaScript object has already. The library that makes instances of bodies takes the first for the class of what it stands in. */
const RESERVED: ReadonlySet<string> = new Set(['constructor', '__proto__']);

/**
 * The first key that no field of a body can have; `null`: there is none.
 * @param body of few levels: it is looked at by a call for each. It may be wide: nothing is made for a value in which nothing is wrong.
 */
export function reservedKeyProblem(body: object): FieldProblem | null {
  const path = reservedPath(body);
  return path === null ? null : { field: `/${path.join('/')}`, detail: 'is a name that no field can have' };
}

function reservedPath(body: object): readonly string[] | null {
  if (Array.isArray(body)) {
    for (let index = 0; index < body.length; index += 1) {
      const inner = reservedWithin(body[index]);
      if (inner !== null) return [String(index), ...inner];
    }
    return null;
  }
  for (const key of Object.keys(body)) {
    if (RESERVED.has(key)) return [key];
    const inner = reservedWithin((body as Readonly<Record<string, unknown>>)[key]);
    if (inner !== null) return [key, ...inner];
  }
  return null;
}

function reservedWithin(value: unknown): readonly string[] | null {
  return typeof value === 'object' && value !== null ? reservedPath(value) : null;
}
