import { type AttemptFacts, GIVE_UP_AFTER_MS, nextStep } from './next-attempt.decision.js';

const now = new Date('2026-11-02T08:00:00.000Z');
const facts = (parts: Partial<AttemptFacts> = {}): AttemptFacts => ({ askedAt: now, attempts: 0, now, random: 0, ...parts });
const later = { code: 'later', problem: 'api.example answered HTTP 503.', retryAfterMs: null } as const;
const after = (seconds: number): Date => new Date(now.getTime() + seconds * 1_000);

describe('a ticket that was to be completed', () => {
  it.each(['completed', 'known', 'own'] as const)('is done when it is %s', (code) => {
    expect(nextStep({ code }, facts())).toEqual({ step: 'done' });
  });

  it.each([[0, 10], [1, 60], [2, 300], [3, 900], [4, 1_800], [5, 3_600], [6, 7_200], [7, 14_400], [8, 14_400], [50, 14_400]])('is tried again, after %i failed attempts in %i s', (attempts, seconds) => {
    expect(nextStep(later, facts({ attempts }))).toEqual({ step: 'again', attempts: attempts + 1, dueAt: after(seconds), problem: later.problem });
  });

  it('is tried at another moment than the others that failed with it', () => {
    expect(nextStep(later, facts({ random: 0.5 }))).toMatchObject({ dueAt: after(11) });
    expect(nextStep(later, facts({ random: 0.9 }))).toMatchObject({ dueAt: after(11.8) });
  });

  it('is not tried before its system wants to be asked again', () => {
    expect(nextStep({ ...later, retryAfterMs: 120_000 }, facts())).toMatchObject({ dueAt: after(120) });
    expect(nextStep({ ...later, retryAfterMs: 1_000 }, facts())).toMatchObject({ dueAt: after(10) });
  });

  it('is given up when its next attempt would come a day after it was asked for', () => {
    const askedAt = new Date(now.getTime() - GIVE_UP_AFTER_MS + 10_000);
    expect(nextStep(later, facts({ askedAt }))).toMatchObject({ step: 'again' });
    expect(nextStep(later, facts({ askedAt: new Date(askedAt.getTime() - 1) }))).toEqual({ step: 'give-up', attempts: 1, problem: later.problem });
  });

  it('is given up at once when its system refuses: somebody must act', () => {
    expect(nextStep({ code: 'refused', problem: 'api.example answered HTTP 401.' }, facts())).toEqual({ step: 'give-up', attempts: 1, problem: 'api.example answered HTTP 401.' });
  });

  it('is looked for a little longer when its system does not have it yet', () => {
    expect([0, 1, 2].map((attempts) => nextStep({ code: 'missing' }, facts({ attempts })).step)).toEqual(['again', 'again', 'done']);
  });
});
