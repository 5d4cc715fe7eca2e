import { type FailedPoll, retryPollAt } from './next-poll.decision.js';

const now = new Date('2026-11-02T08:00:00.000Z');
const failed = (parts: Partial<FailedPoll> = {}): FailedPoll => ({ isRefused: false, retryAfterMs: null, failures: 0, everySeconds: 300, now, random: 0, ...parts });
const secondsOf = (parts: Partial<FailedPoll>): number => (retryPollAt(failed(parts)).getTime() - now.getTime()) / 1_000;

describe('a poll that failed', () => {
  it.each([[0, 30], [1, 60], [2, 120], [3, 240], [4, 300], [50, 300]])('is tried again, after %i others, in %i s', (failures, seconds) => {
    expect(secondsOf({ failures })).toBe(seconds);
  });

  it('is tried within a quarter of an hour, however long the interval is, and not hastily where it is short', () => {
    expect([secondsOf({ failures: 20, everySeconds: 86_400 }), secondsOf({ failures: 20, everySeconds: 30 })]).toEqual([900, 30]);
  });

  it('is not tried before its system wants to be asked', () => {
    expect([secondsOf({ retryAfterMs: 3_600_000 }), secondsOf({ retryAfterMs: 1_000 })]).toEqual([3_600, 30]);
  });

  it('waits longer where somebody must act first', () => {
    expect([secondsOf({ isRefused: true }), secondsOf({ isRefused: true, everySeconds: 3_600 })]).toEqual([900, 3_600]);
  });

  it('comes at another moment than others that failed with it', () => {
    expect(secondsOf({ random: 0.5 })).toBe(33);
  });
});
