import { z } from 'zod';
import type { Severity } from './ticketing-system.js';

/** A password, a key or a name in credentials. */
export const secretText = z.string().regex(/^[\u0020-\u007e]{1,4096}$/, 'must be visible ASCII, at most 4096 characters');

/** What each severity is in the system, where that is another than usual. */
export function priorities<Value extends z.ZodType>(value: Value) {
  return z.strictObject({ A: value.optional(), B: value.optional(), C: value.optional() }).prefault({});
}

/** What a severity is in the system: as the channel says, or as usual; `null`: nothing. */
export function levelOf<Value>(severity: Severity | null, own: Readonly<Partial<Record<Severity, Value | undefined>>>, usual: Readonly<Partial<Record<Severity, Value>>> = {}): Value | null {
  return severity === null ? null : own[severity] ?? usual[severity] ?? null;
}

/** Further fields of a ticket that an installation wants, by the names that its interface has for them. */
export function extraFields(name: RegExp = /^\w{1,100}$/) {
  return z.record(z.string().regex(name, 'must be the name of a field'), z.union([z.string().max(4_000), z.number(), z.boolean()])).refine((fields) => Object.keys(fields).length <= 50, 'must be at most 50 fields').default({});
}
