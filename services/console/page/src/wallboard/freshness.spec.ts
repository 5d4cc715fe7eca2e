import { ageOf } from './freshness.decision.js';

describe('how old a wallboard is', () => {
  it('is said once neither the connection nor a question was answered for 40 seconds', () => {
    expect([ageOf({ heardAtMs: 0, readAtMs: 100_000, nowMs: 140_000 }), ageOf({ heardAtMs: 130_000, readAtMs: 0, nowMs: 150_000 }), ageOf({ heardAtMs: 0, readAtMs: 100_000, nowMs: 145_400 })]).toEqual([null, null, 45]);
  });
});
