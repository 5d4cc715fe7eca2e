const DATE_ONLY = /^\d{4}-\d{2}-\d{2}$/;
const ZONED = /(?:Z|[+-]\d{2}:\d{2})$/;

/**
 * Milliseconds since 1970 of an RFC 3339 instant. A date alone means its first moment in UTC, and a time
 * without an offset is UTC: otherwise the answer would depend on where the process runs.
 * Text that is no instant gives NaN, which is in no period.
 */
export function instantMs(text: string): number {
  // The usual form, as 2026-05-04T09:30:00Z, needs no inspection by patterns.
  // Stryker disable next-line all: it only saves time
  if (text.charAt(10) === 'T' && text.endsWith('Z')) return Date.parse(text);
  const upper = text.trim().toUpperCase();
  return Date.parse(DATE_ONLY.test(upper) || ZONED.test(upper) ? upper : `${upper}Z`);
}

/** A stretch of time: `from` belongs to it, `to` does not. No `to` means that it has no end. */
export type Period = Readonly<{ from: string; to: string | null }>;

/** Whether an instant (RFC 3339) lies in a period. */
export function isWithin(at: string, period: Period): boolean {
  const atMs = instantMs(at);
  return atMs >= instantMs(period.from) && (period.to === null || atMs < instantMs(period.to));
}
