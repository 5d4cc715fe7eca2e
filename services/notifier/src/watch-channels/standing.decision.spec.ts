import { type Sign, type Standing, standingStep } from './standing.decision.js';

const HOUR_MS = 3_600_000;
const start = Date.parse('2026-11-02T08:00:00.000Z');
const at = (hours: number): string => new Date(start + hours * HOUR_MS).toISOString();
const step = (sign: Sign, hours: number, standing: Partial<Standing> = {}) =>
  standingStep({ standing: { failingSince: null, warnedAt: null, ...standing }, sign, nowMs: start + hours * HOUR_MS, failingMsMax: 120 * HOUR_MS });

describe('a channel after an attempt', () => {
  it('begins to fail with its first failure, and recovers with the first message that gets through', () => {
    expect(step('failed', 0)).toBe('begins');
    expect(step('delivered', 100, { failingSince: at(0), warnedAt: at(60) })).toBe('recovers');
    expect(step('delivered', 0)).toBe('stays');
  });

  it.each([[59.9, 'stays'], [60, 'warn'], [119, 'warn'], [500, 'warn']] as const)('is warned of once, after half of the time (%d hours: %s)', (hours, expected) => {
    expect(step('failed', hours, { failingSince: at(0) })).toBe(expected);
  });

  it.each([[61, 60, 'stays'], [119.9, 60, 'stays'], [120, 60, 'disable'], [130, 100, 'stays'], [160, 100, 'disable']] as const)(
    'is disabled after the whole time, and never sooner than half of it after the warning (%d hours, warned at %d: %s)', (hours, warned, expected) => {
      expect(step('failed', hours, { failingSince: at(0), warnedAt: at(warned) })).toBe(expected);
    });

  it('is disabled at once when its receiver is gone', () => {
    expect(step('gone', 0)).toBe('disable');
  });
});
