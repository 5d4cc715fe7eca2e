import { filledUp, rateOf, secondsUntilToken, shareOf } from './token-bucket.decision.js';

describe('a bucket of tokens', () => {
  const rate = rateOf(10);

  it('fills up at its rate, up to what two seconds bring', () => {
    expect([filledUp({ tokens: 0, atMs: 1_000 }, rate, 1_500).tokens, filledUp({ tokens: -5, atMs: 0 }, rate, 1_000).tokens, filledUp({ tokens: 19, atMs: 0 }, rate, 60_000).tokens]).toEqual([5, 5, 20]);
  });

  it('does not lose anything where a clock goes back', () => {
    expect(filledUp({ tokens: 3, atMs: 5_000 }, rate, 4_000).tokens).toBe(3);
  });

  it('says in how many seconds there is a token again', () => {
    expect([secondsUntilToken({ tokens: 0.5, atMs: 0 }, rate), secondsUntilToken({ tokens: -20, atMs: 0 }, rate), secondsUntilToken({ tokens: 0, atMs: 0 }, rateOf(0.2))]).toEqual([1, 3, 5]);
  });

  it('is divided among those who draw from it', () => {
    expect(shareOf(12, rate, 4)).toEqual({ tokens: 3, perSecond: 2.5 });
    expect(shareOf(-12, rate, 4)).toEqual({ tokens: -3, perSecond: 2.5 });
    expect(shareOf(1_000, rate, 1)).toEqual({ tokens: 20, perSecond: 10 });
  });
});
