import type { Answer } from '../channels/channel.js';
import { dispose, RETRY_DELAYS_MS } from './disposition.decision.js';

const nowMs = Date.parse('2026-11-02T08:00:00.000Z');
const http = (status: number, retryAfterMs: number | null = null): Answer => ({ kind: 'answered', protocol: 'http', status, detail: `HTTP ${status}`, retryAfterMs });
const smtp = (status: number): Answer => ({ kind: 'answered', protocol: 'smtp', status, detail: `${status} no`, retryAfterMs: null });
const first = (answer: Answer) => dispose({ answer, step: 1, nowMs, random: 0.5 });

describe('what becomes of a notification after an attempt', () => {
  it('is delivered when the other side took it', () => {
    expect(first({ kind: 'accepted', receipt: 'HTTP 200' })).toEqual({ state: 'delivered', receipt: 'HTTP 200' });
  });

  it.each([
    ['no answer in time', { kind: 'timeout', detail: 'late' }, 'timeout'],
    ['no connection', { kind: 'unreachable', detail: 'refused' }, 'unreachable'],
    ['HTTP 500', http(500), 'server-error'],
    ['HTTP 503', http(503), 'server-error'],
    ['HTTP 429', http(429), 'throttled'],
    ['HTTP 408', http(408), 'timeout'],
    ['a redirect', http(302), 'redirected'],
    ['SMTP 451', smtp(451), 'deferred'],
    ['SMTP 503, a confused session', smtp(503), 'deferred'],
  ] as const)('is tried again after %s', (_what, answer, code) => {
    expect(first(answer)).toMatchObject({ state: 'pending', code, nextAttemptAtMs: nowMs + 5_000 });
  });

  it.each([
    ['HTTP 400', http(400), 'rejected', false],
    ['HTTP 404', http(404), 'rejected', false],
    ['HTTP 410, which disables the channel', http(410), 'gone', true],
    ['SMTP 550', smtp(550), 'rejected', false],
    ['an internal address', { kind: 'forbidden', detail: 'private' }, 'egress-refused', false],
    ['a removed channel', { kind: 'unusable', detail: 'removed' }, 'channel-unusable', false],
  ] as const)('is given up after %s', (_what, answer, code, disablesChannel) => {
    expect(first(answer)).toMatchObject({ state: 'failed', code, disablesChannel });
  });

  it('follows the schedule, and is given up at its end', () => {
    const states = RETRY_DELAYS_MS.map((_delay, index) => dispose({ answer: http(500), step: index + 1, nowMs, random: 0.5 }));
    expect(states.map((state) => (state.state === 'pending' ? state.nextAttemptAtMs - nowMs : state.state))).toEqual([5_000, 30_000, 300_000, 1_800_000, 7_200_000, 18_000_000, 36_000_000, 'failed']);
    expect(states.at(-1)).toMatchObject({ code: 'server-error', detail: 'Given up after 8 attempts. HTTP 500' });
  });

  it.each([[0, 4_000], [0.5, 5_000], [0.999_999, 6_000]])('spreads retries by a fifth to either side (random %d)', (random, delayMs) => {
    expect(dispose({ answer: http(500), step: 1, nowMs, random })).toMatchObject({ nextAttemptAtMs: nowMs + delayMs });
  });

  it.each([['longer than the schedule', 60_000, 60_000], ['shorter than the schedule', 1_000, 5_000], ['longer than an hour', 86_400_000, 3_600_000]])(
    'waits as long as the receiver asks, when that is %s', (_what, asked, delayMs) => {
      expect(first(http(429, asked))).toMatchObject({ nextAttemptAtMs: nowMs + delayMs });
    });
});
