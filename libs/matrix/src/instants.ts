const DATE_ONLY = /^\d{4}-\d{2}-\d{2}$/;
const ZONED = /(?:Z|[+-]\d{2}:\d{2})$/;
const DIGIT_ZERO = '0'.charCodeAt(0);

/**
 * Milliseconds since 1970 of an RFC 3339 instant. A date alone means its first moment in UTC, and a time
 * without an offset is UTC: otherwise the answer would depend on where the process runs.
 * Text that is no instant gives NaN, which is in no period.
 */
export function instantMs(text: string): number {
  const usual = usualInstantMs(text);
  if (!Number.isNaN(usual)) return usual;
  const upper = text.trim().toUpperCase();
  return Date.parse(DATE_ONLY.test(upper) || ZONED.test(upper) ? upper : `${upper}Z`);
}

/** Days that every month has, and years that are what they are: all others are left to `Date.parse`. */
const MONTH_DAYS_MIN = 28;
const YEAR_MIN = 1000;

/**
 * Reads the form that nearly all instants have, as 2026-05-04T09:30:00Z: a decision reads one, and `Date.parse`
 * takes several times as long. NaN for any other form.
 */
function usualInstantMs(text: string): number {
  if (text.length !== 20 || text.charAt(4) !== '-' || text.charAt(7) !== '-' || text.charAt(10) !== 'T') return NaN;
  if (text.charAt(13) !== ':' || text.charAt(16) !== ':' || text.charAt(19) !== 'Z') return NaN;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 7);
  const day = digits(text, 8, 10);
  if (!(year >= YEAR_MIN && month >= 1 && month <= 12 && day >= 1 && day <= MONTH_DAYS_MIN)) return NaN;
  const hour = digits(text, 11, 13);
  const minute = digits(text, 14, 16);
  const second = digits(text, 17, 19);
  return hour < 24 && minute < 60 && second < 60 ? Date.UTC(year, month - 1, day, hour, minute, second) : NaN;
}

/** The number that the characters from `from` to before `to` write; NaN where one of them is no digit. */
function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let index = from; index < to; index += 1) {
    const digit = text.charCodeAt(index) - DIGIT_ZERO;
    if (!(digit >= 0 && digit <= 9)) return NaN;
    value = value * 10 + digit;
  }
  return value;
}

/** A stretch of time: `from` belongs to it, `to` does not. No `to` means that it has no end. */
export type Period = Readonly<{ from: string; to: string | null }>;

/** Whether an instant (RFC 3339) lies in a period. */
export function isWithin(at: string, period: Period): boolean {
  const atMs = instantMs(at);
  return atMs >= instantMs(period.from) && (period.to === null || atMs < instantMs(period.to));
}
