import { Problem } from '@handoff/platform';

/** RFC 3339, of a year that has four digits. */
const INSTANT = /^[1-9]\d{3}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/** @throws Problem 422 `invalid-content` that names the field */
export function instantOf(text: string, field: string): Date {
  const instant = new Date(text);
  if (INSTANT.test(text) && !Number.isNaN(instant.getTime())) return instant;
  throw new Problem(422, 'invalid-content', `'${text}' is no time.`, { fields: [{ field, detail: 'must be a time by RFC 3339, as 2026-11-02T08:00:00Z' }] });
}
