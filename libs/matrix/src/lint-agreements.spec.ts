import type { Agreement, AgreementEntry } from './facts.js';
import { lintAgreements } from './lint-agreements.js';

describe('agreements of one pair', () => {
  const entry = (given: Partial<AgreementEntry> = {}): AgreementEntry => ({
    area: 'payment',
    customerId: null,
    supportPlan: null,
    publisherId: null,
    offerId: null,
    kind: null,
    country: null,
    severity: null,
    assignedTo: 'provider',
    accountable: null,
    ...given,
  });
  const agreement = (given: Partial<Agreement>): Agreement => ({
    id: 'older',
    providerId: '4100',
    resellerId: '5200',
    from: '2026-01-01',
    to: null,
    entries: [entry()],
    ...given,
  });
  const shared = (accountable: 'provider' | 'reseller') => [entry({ assignedTo: 'shared', accountable })];
  const newer = agreement({ id: 'newer', from: '2026-03-01', entries: [entry({ assignedTo: 'reseller' })] });

  it('contradict where they give the same matter to both at one time, and the finding says so in full', () => {
    const older = agreement({ entries: [entry({ area: 'training' }), entry()] });
    expect(lintAgreements([older, newer])).toEqual([
      {
        severity: 'warning',
        code: 'agreements-contradict',
        path: 'agreements[1].entries[0]',
        message:
          'entry 2 of agreement older (since 2026-01-01) gives this to provider, entry 1 of agreement newer (since 2026-03-01) to reseller, ' +
          'for the same tickets at the same time; entry 1 of agreement newer (since 2026-03-01) wins.',
        remedy: "End the older agreement ('to') where the newer begins, or make the conditions of one entry narrower.",
      },
    ]);
  });

  it('contradict each with each, where there are three', () => {
    const newest = agreement({ id: 'newest', from: '2026-04-01', entries: [entry({ assignedTo: 'shared' })] });
    expect(lintAgreements([agreement({}), newer, newest]).map(({ path }) => path)).toEqual([
      'agreements[1].entries[0]',
      'agreements[2].entries[0]',
      'agreements[2].entries[0]',
    ]);
  });

  it.each([
    ['one ends where the other begins', [agreement({ to: '2026-03-01' }), newer]],
    ['the other ends where the one begins', [newer, agreement({ to: '2026-03-01' })]],
    ['they say the same', [agreement({}), { ...newer, entries: [entry()] }]],
    ['they share the same matter with the same one accountable', [agreement({ entries: shared('provider') }), { ...newer, entries: shared('provider') }]],
    ['their conditions differ', [agreement({}), { ...newer, entries: [entry({ severity: 'A', assignedTo: 'reseller' })] }]],
    ['they are of two resellers', [agreement({}), { ...newer, resellerId: '5300' }]],
    ['they are of two providers', [agreement({}), { ...newer, providerId: '4200' }]],
    ['the period of one cannot be read', [agreement({}), { ...newer, from: 'spring' }]],
    ['both stand in one agreement', [agreement({ entries: [entry(), entry({ assignedTo: 'reseller' })] })]],
  ])('do not where %s', (_sentence, agreements) => {
    expect(lintAgreements(agreements)).toEqual([]);
  });

  it('contradict where one names all areas and the other none, for that is the same', () => {
    const everything = agreement({ entries: [entry({ area: 'all' })] });
    expect(lintAgreements([everything, { ...newer, entries: [entry({ area: null, assignedTo: 'reseller' })] }])).toHaveLength(1);
  });

  it('contradict as well where two shared matters name different accountable ones', () => {
    const [finding] = lintAgreements([agreement({ entries: shared('provider') }), agreement({ id: 'later-id', entries: shared('reseller') })]);
    expect(finding?.message).toContain('to shared, provider accountable, entry 1 of agreement later-id (since 2026-01-01) to shared, reseller accountable,');
    expect(finding?.message).toContain('agreement later-id (since 2026-01-01) wins');
  });

  it('are named by their place where they have no id, and of two that began together the first wins', () => {
    const unnamed = agreement({ id: null });
    const [finding] = lintAgreements([unnamed, { ...unnamed, entries: [entry({ assignedTo: 'shared' })] }]);
    expect(finding?.message).toBe(
      'entry 1 of agreement 1 (since 2026-01-01) gives this to provider, entry 1 of agreement 2 (since 2026-01-01) to shared, ' +
        'nobody accountable, for the same tickets at the same time; entry 1 of agreement 1 (since 2026-01-01) wins.',
    );
  });

  it('are won by the one that began later, wherever it stands', () => {
    const [finding] = lintAgreements([newer, agreement({})]);
    expect(finding?.message).toContain('agreement newer (since 2026-03-01) wins');
  });
});
