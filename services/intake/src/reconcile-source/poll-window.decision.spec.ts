import fc from 'fast-check';
import { cursorAfter, cursorAtEnd, LOOK_BACK_MS, OVERLAP_MS, SETTLE_MS, windowOf } from './poll-window.decision.js';

const now = new Date('2026-11-02T08:00:00.000Z');
const ago = (seconds: number): Date => new Date(now.getTime() - seconds * 1_000);
const window = windowOf(ago(600), now);

describe('a poll', () => {
  it('asks from a while before where the last one ended, and leaves what changed just now', () => {
    expect(window).toEqual({ since: ago(900), until: ago(60) });
  });

  it('moves its cursor with what it told', () => {
    expect(cursorAfter(ago(600), [ago(850).toISOString(), ago(500).toISOString(), ago(400).toISOString()], window)).toEqual(ago(400));
  });

  it('does not move it back, nor by what is not told yet or lies in the future', () => {
    expect(cursorAfter(ago(600), [ago(850).toISOString()], window)).toEqual(ago(600));
    expect(cursorAfter(ago(600), [ago(500).toISOString(), ago(59).toISOString(), ago(-3_600).toISOString()], window)).toEqual(ago(500));
    expect(cursorAfter(ago(600), [], window)).toEqual(ago(600));
  });

  it('moves it to the end of its window when it comes to its end, also where nothing changed', () => {
    expect([cursorAtEnd(ago(600), window), cursorAtEnd(ago(30), window)]).toEqual([ago(60), ago(30)]);
  });

  it('never skips a change: whatever is told when, the next poll asks for all that was not', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 1_200 }), { maxLength: 30 }), fc.nat(30), (ages, read) => {
      const changes = ages.sort((a, b) => b - a).map((age) => ago(age)).filter((at) => at >= window.since);
      const [told, rest] = [changes.slice(0, read), changes.slice(read)];
      const next = windowOf(cursorAfter(ago(600), told.map((at) => at.toISOString()), window), now);
      for (const at of rest) expect(at.getTime()).toBeGreaterThanOrEqual(next.since.getTime());
      for (const at of changes.filter((change) => change > window.until)) expect(at.getTime()).toBeGreaterThanOrEqual(windowOf(cursorAtEnd(ago(600), window), now).since.getTime());
    }));
  });

  it('has an overlap that is longer than what it leaves, and a look-back that is bounded', () => {
    expect(OVERLAP_MS).toBeGreaterThan(SETTLE_MS);
    expect(LOOK_BACK_MS).toBe(86_400_000);
  });
});
