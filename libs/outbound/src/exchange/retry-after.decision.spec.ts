import { RETRY_AFTER_MS_MAX, retryAfterMs } from './retry-after.decision.js';

const now = new Date('2026-11-02T08:00:00.000Z');

describe('Retry-After', () => {
  it.each([
    ['30', 30_000], ['0', 0], [' 30 ', 30_000], ['Mon, 02 Nov 2026 08:01:00 GMT', 60_000], ['Monday, 02-Nov-26 08:01:00 GMT', 60_000], ['Mon Nov  2 08:01:00 2026', 60_000], ['Mon, 02 Nov 2026 07:00:00 GMT', 0],
    ['999999999999999999999', RETRY_AFTER_MS_MAX], ['Mon, 02 Nov 2099 08:01:00 GMT', RETRY_AFTER_MS_MAX],
    ['soon', null], ['-5', null], ['1.5', null], ['', null], ['2026-11-02T08:01:00Z', null], ['Mon, 99 Nov 2026 08:01:00 GMT', null], ['Mon, 02 Nov 2026 08:01:00 CET', null], ['1e3', null], ['0x10', null],
  ])('%p is %p ms', (header, expected) => {
    expect(retryAfterMs(header, now)).toBe(expected);
  });

  it('is the first where there are several, and may be missing', () => {
    expect(retryAfterMs(['10', '20'], now)).toBe(10_000);
    expect(retryAfterMs([], now)).toBeNull();
    expect(retryAfterMs(undefined, now)).toBeNull();
  });
});
