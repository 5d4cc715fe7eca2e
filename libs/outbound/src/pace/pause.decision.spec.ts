import type { Answer } from '../outbound.js';
import { PAUSE_MS_MAX, pauseMsOf } from './pause.decision.js';

const now = Date.parse('2026-11-02T08:00:00.000Z');
const answer = (status: number, headers: Answer['headers'] = {}, retryAfterMs: number | null = null): Answer => ({ status, headers, retryAfterMs, body: Buffer.alloc(0) });

describe('the pause that a server asks for', () => {
  it.each([
    ['429 with Retry-After', answer(429, {}, 30_000), 30_000], ['503 with Retry-After', answer(503, {}, 30_000), 30_000], ['200 with Retry-After', answer(200, {}, 30_000), 0], ['429 that does not say', answer(429), 5_000], ['503 that does not say', answer(503), 0],
    ['a wait beyond all reason', answer(429, {}, 24 * 60 * 60 * 1_000), PAUSE_MS_MAX],
    ['429 with a reset in seconds', answer(429, { 'ratelimit-reset': '12' }), 12_000], ['429 with a reset as a time', answer(429, { 'x-ratelimit-reset': String(now / 1_000 + 12) }), 12_000], ['the same in milliseconds', answer(429, { 'x-rate-limit-reset': String(now + 12_000) }), 12_000],
    ['a time that passed', answer(429, { 'x-ratelimit-reset': String(now / 1_000 - 12) }), 0], ['nothing left until the reset', answer(200, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '7' }), 7_000], ['something left', answer(200, { 'x-ratelimit-remaining': '1', 'x-ratelimit-reset': '7' }), 0],
    ['nothing left, without a reset', answer(200, { 'x-rate-limit-remaining': '0' }), 0], ['the draft of the IETF', answer(200, { ratelimit: '"default";r=0;t=7' }), 7_000], ['the same with something left', answer(200, { ratelimit: '"default";r=12;t=7' }), 0], ['its earlier form', answer(200, { ratelimit: 'limit=10, r=0, t=7' }), 7_000],
    ['nonsense', answer(200, { 'x-ratelimit-remaining': 'none', 'x-ratelimit-reset': '-7' }), 0], ['nonsense with 429', answer(429, { 'x-ratelimit-reset': 'soon' }), 5_000], ['several values', answer(200, { 'ratelimit-remaining': ['0', '5'], 'ratelimit-reset': ['7'] }), 7_000],
  ])('is read from %s', (_what, given, expected) => {
    expect(pauseMsOf(given, now)).toBe(expected);
  });
});
