import { Matches } from 'class-validator';

/** RFC 3339: a date, a time and an offset, each part within its range; without the year 0 and offsets of 16 hours or more, which PostgreSQL does not know. */
export const INSTANT = /^(?!0000)\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-](0\d|1[0-5]):[0-5]\d)$/;

/** The value is a time with its zone. */
export function IsInstant(): PropertyDecorator {
  return Matches(INSTANT, { message: '$property must be a time by RFC 3339, as 2026-11-02T08:00:00Z' });
}
