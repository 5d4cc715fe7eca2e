import { type ActivationFacts, decideActivation, decideDueActivation, decideRollback } from './activation.decision.js';

const NOW = '2026-11-02T08:00:00.000Z';

function facts({ version = {}, request = {}, active = 'default-1' }: { version?: Partial<ActivationFacts['version']>; request?: Partial<ActivationFacts['request']>; active?: string } = {}): ActivationFacts {
  return { version: { version: '2026-03', state: 'tested', failedCases: 0, base: 'default-1', ...version }, active, request: { at: null, expectedActive: null, ...request }, now: NOW };
}

describe('a version of the matrix', () => {
  it('becomes active at once when its cases passed beside the version that is active', () => {
    expect(decideActivation(facts())).toEqual({ kind: 'now' });
  });

  it.each([
    ['that nobody tested', { state: 'draft', failedCases: null }, 'not-tested'],
    ['with failed cases', { state: 'draft', failedCases: 2 }, 'cases-failed'],
    ['that was retired', { state: 'retired' }, 'not-tested'],
    ['that is active already', { state: 'active' }, 'activation-conflict'],
  ] as const)('%s does not become active', (_what, version, code) => {
    expect(decideActivation(facts({ version }))).toMatchObject({ kind: 'refused', code });
  });

  it('does not take the place of a version that its author did not know of', () => {
    expect(decideActivation(facts({ active: '2026-02' }))).toMatchObject({ kind: 'refused', code: 'activation-conflict', detail: expect.stringContaining("tested while 'default-1' was active") });
    expect(decideActivation(facts({ active: '2026-02', request: { expectedActive: 'default-1' } }))).toMatchObject({ kind: 'refused', code: 'activation-conflict' });
  });

  it('takes the place of the version that its author names, whatever was active when it was tested', () => {
    expect(decideActivation(facts({ active: '2026-02', request: { expectedActive: '2026-02' } }))).toEqual({ kind: 'now' });
  });

  it('waits for its time, and not when that has passed', () => {
    expect(decideActivation(facts({ request: { at: '2026-11-03T00:00:00.000Z' } }))).toEqual({ kind: 'later', at: '2026-11-03T00:00:00.000Z', base: 'default-1' });
    expect(decideActivation(facts({ request: { at: '2026-11-02T07:00:00.000Z' } }))).toEqual({ kind: 'now' });
  });

  it('whose time has come replaces only the version that it was scheduled to replace', () => {
    expect(decideDueActivation(facts())).toEqual({ kind: 'now' });
    expect(decideDueActivation(facts({ active: '2026-02' }))).toMatchObject({ kind: 'refused', code: 'activation-conflict' });
    expect(decideDueActivation(facts({ version: { state: 'draft', failedCases: 1 } }))).toMatchObject({ kind: 'refused', code: 'cases-failed' });
  });
});

describe('a rollback', () => {
  it('goes to the version that the active one replaced', () => {
    expect(decideRollback({ active: { version: '2026-03', replaced: 'default-1' }, expectedActive: '2026-03' })).toEqual({ kind: 'back', to: 'default-1' });
  });

  it('goes nowhere from the first version, nor when another is active than the caller saw', () => {
    expect(decideRollback({ active: { version: 'default-1', replaced: null }, expectedActive: 'default-1' })).toMatchObject({ code: 'no-former-version' });
    expect(decideRollback({ active: { version: '2026-02', replaced: 'default-1' }, expectedActive: '2026-03' })).toMatchObject({ code: 'activation-conflict' });
  });
});
