import type { Fault, Mishap } from './fault.js';
import { planOf } from './plan.decision.js';

const SEEDS = Array.from({ length: 50 }, (_, index) => index + 1);
const endOf = ({ atMs, lastsMs }: Fault): number => atMs + lastsMs;

describe('the plan of a run', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(planOf({ seed: 7, minutes: 2 })).toEqual(planOf({ seed: 7, minutes: 2 }));
    expect(planOf({ seed: 7, minutes: 2 }).faults).not.toEqual(planOf({ seed: 8, minutes: 2 }).faults);
  });

  it('has a fault every few seconds, in the order of time, and all are over when the last webhook is sent', () => {
    for (const seed of SEEDS) {
      const { faults, loadMs } = planOf({ seed, minutes: 2 });
      expect(faults.length).toBeGreaterThan(12);
      expect(faults.map(({ atMs }) => atMs)).toEqual(faults.map(({ atMs }) => atMs).toSorted((a, b) => a - b));
      expect(Math.max(...faults.map(endOf))).toBeLessThanOrEqual(loadMs);
    }
  });

  it('comes to every kind of fault within ten minutes', () => {
    const kinds: readonly Mishap['kind'][] = ['kill', 'pause', 'kill-engine', 'restart-engine', 'engine-away', 'cut', 'stall', 'delay', 'lose-answers', 'refuse-writes', 'duplicate', 'reorder', 'poison-unreadable', 'poison-failing'];
    for (const seed of SEEDS) expect(new Set(planOf({ seed, minutes: 10 }).faults.map(({ kind }) => kind))).toEqual(new Set(kinds));
  });

  it('lets whoever died work for a while before the next fault hits it', () => {
    for (const seed of SEEDS) {
      const { faults } = planOf({ seed, minutes: 10 });
      for (const [index, { kind, on, atMs }] of faults.entries()) {
        if (kind !== 'kill' && kind !== 'kill-engine' && kind !== 'restart-engine') continue;
        const next = faults.slice(index + 1).find((later) => later.on === on);
        expect((next?.atMs ?? Number.POSITIVE_INFINITY) - atMs).toBeGreaterThanOrEqual(15_000);
      }
    }
  });
});
