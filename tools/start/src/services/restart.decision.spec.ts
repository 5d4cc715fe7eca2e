import { decideRestart } from './restart.decision.js';

describe('starting a service again', () => {
  it('happens at once when it had run for long', () => {
    const decision = decideRestart({ livedMs: 3_600_000, earlyDeathsBefore: 2 });
    expect(decision).toEqual({ earlyDeaths: 0, delayMs: 500, callForHelp: false });
  });

  it('waits longer after each early death', () => {
    const first = decideRestart({ livedMs: 100, earlyDeathsBefore: 0 });
    const second = decideRestart({ livedMs: 100, earlyDeathsBefore: first.earlyDeaths });
    expect([first.delayMs, second.delayMs]).toEqual([500, 1_000]);
  });

  it('calls for help once, at the third early death in a row, and then tries slowly', () => {
    const third = decideRestart({ livedMs: 100, earlyDeathsBefore: 2 });
    const fourth = decideRestart({ livedMs: 100, earlyDeathsBefore: third.earlyDeaths });
    expect(third).toEqual({ earlyDeaths: 3, delayMs: 30_000, callForHelp: true });
    expect(fourth).toEqual({ earlyDeaths: 4, delayMs: 30_000, callForHelp: false });
  });

  it('takes thirty seconds of life for long enough', () => {
    expect(decideRestart({ livedMs: 29_999, earlyDeathsBefore: 0 }).earlyDeaths).toBe(1);
    expect(decideRestart({ livedMs: 30_000, earlyDeathsBefore: 1 }).earlyDeaths).toBe(0);
  });
});
