import { z } from 'zod';

/** A password, a key or a name in credentials. */
export const secretText = z.string().regex(/^[\u0020-\u007e]{1,4096}$/, 'must be visible ASCII, at most 4096 characters');

/** What each severity is in the system, where that is another than usual. */
export function priorities<Value extends z.ZodType>(value: Value) {
  return z.strictObject({ A: value.optional(), B: value.optional(), C: value.optional() }).prefault({});
}
