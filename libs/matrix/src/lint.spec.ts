import { compile } from './compile.js';
import { DEFAULT_MATRIX } from './default-matrix.js';
import type { Agreement, AgreementEntry } from './facts.js';
import { lintAgreements } from './lint-agreements.js';
import { lintMatrix } from './lint.js';
import type { Conditions, Matrix, Row } from './matrix.js';

const row = (given: Partial<Row>): Row => ({
  id: 'house-rule',
  stage: 'asker',
  when: { area: ['training'] },
  then: { firstContact: 'csp-partner' },
  code: 'matrix-row',
  text: 'Agreed in the house.',
  basis: 'default',
  source: 'House rule 7',
  ...given,
});
const withRows = (...rows: Partial<Row>[]): Matrix => ({
  version: 'draft',
  rows: [...DEFAULT_MATRIX.rows, ...rows.map(row)],
});
const found = (matrix: Matrix) => lintMatrix(matrix).map(({ severity, code }) => `${severity} ${code}`);
const wrong = (value: unknown) => value as never;

describe('the order of rows', () => {
  const german = { id: 'german', when: { country: ['DE'] } };
  const critical = { id: 'critical', when: { severity: ['A' as const] }, then: { firstContact: 'microsoft' as const } };

  const between = (matrix: Matrix) => lintMatrix(matrix).filter(({ message }) => /german.*critical/.test(message));

  it('is told where it alone decides between two rows, with the one that wins and how to say so', () => {
    const [finding] = lintMatrix(withRows(german, critical));
    expect(finding).toMatchObject({ severity: 'warning', code: 'rows-overlap', path: `rows[${DEFAULT_MATRIX.rows.length + 1}]` });
    expect(finding?.message).toContain("'german' wins only because it comes first");
    expect(finding?.remedy).toContain("'before: [critical]' to 'german'");
  });

  it('is fine where somebody said which row shall win', () => {
    expect(lintMatrix(withRows({ ...german, before: ['critical'] }, critical))).toEqual([]);
  });

  it.each([
    ['decide the same', { ...critical, then: { firstContact: 'csp-partner' as const } }],
    ['exclude each other', { ...critical, when: { country: ['FR'] } }],
    ['exclude each other by a negation', { ...critical, when: { country: { not: ['DE'] } } }],
    ['are not as specific', { ...critical, when: { severity: ['A' as const], cloud: ['public' as const] } }],
    ['are of two stages', { ...critical, stage: 'outage' as const }],
  ])('does not matter where two rows %s', (_sentence, other) => {
    expect(between(withRows(german, other))).toEqual([]);
  });

  it('does not matter where two rows hold at different times', () => {
    const [first, second] = [{ from: '2026-01-01', until: '2026-02-01' }, { from: '2026-02-01', until: '2026-03-01' }];
    expect(between(withRows({ ...german, when: first }, { ...critical, when: second }))).toEqual([]);
  });

  it('must not contradict what a row says that it wins over', () => {
    expect(found(withRows(critical, { ...german, before: ['critical'] }))).toContain('error before-contradicts');
    expect(found(withRows({ ...german, before: ['nobody'] }))).toContain('error before-contradicts');
  });

  it('makes a row unreachable behind one that takes all its tickets', () => {
    const narrow = { id: 'narrow', when: { country: ['DE'], severity: ['A' as const] } };
    expect(found(withRows(german, narrow))).toEqual(['warning row-unreachable']);
    expect(found(withRows({ ...german, when: { country: { not: ['FR'] } } }, narrow))).toEqual(['warning row-unreachable']);
    expect(found(withRows({ ...german, when: { from: '2026-01-01' } }, { ...narrow, when: { from: '2026-02-01', country: ['DE'] } }))).toEqual([
      'warning row-unreachable',
    ]);
  });

  const officeHours = { timeZone: 'UTC', days: ['mon' as const], from: '09:00', to: '17:00' };

  it.each<[sentence: string, wide: Conditions, narrow: Conditions]>([
    ['any country but one', { country: { not: ['FR'] } }, { country: { not: ['FR', 'IT'] } }],
    ['the same hours', { hours: officeHours }, { hours: officeHours, country: ['DE'] }],
  ])('makes a row unreachable behind one for %s, which it narrows', (_sentence, wide, narrow) => {
    expect(found(withRows({ when: wide }, { id: 'narrow', when: narrow }))).toEqual(['warning row-unreachable']);
    expect(found(withRows({ id: 'narrow', when: narrow }, { when: wide }))).not.toContain('warning row-unreachable');
  });
});

describe('what a row discloses', () => {
  it('may be less than the programme allows', () => {
    const disclose = { 'csp-partner': { 'customer-support': ['url' as const] }, customer: { 'customer-support': [] } };
    expect(lintMatrix(withRows({ then: { disclose } }))).toEqual([]);
  });

  it.each([
    ['a customer the e-mail address of support', { customer: { 'customer-support': ['email' as const] } }],
    ['a customer the engineering contact', { customer: { engineering: ['name' as const] } }],
    ['Microsoft the CSP programme contact', { microsoft: { 'csp-program': ['url' as const] } }],
  ])('may never show %s', (_sentence, disclose) => {
    const matrix = withRows({ then: { disclose } });
    expect(found(matrix)).toEqual(['error disclosure-widened']);
    expect(() => compile(matrix)).toThrow(/must not be shown/);
  });

  it('names contacts and audiences that there are', () => {
    expect(found(withRows({ then: { disclose: wrong({ press: { engineering: ['name'] } }) } }))).toEqual(['error value-unknown']);
  });

  it('is no engineering contact for a customer', () => {
    const then = { escalationContact: 'engineering' as const };
    expect(found(withRows({ when: { asker: ['customer'], area: ['training'] }, then }))).toEqual(['warning engineering-for-customer']);
    expect(found(withRows({ when: { asker: ['isv-publisher'], area: ['training'] }, then }))).not.toContain('warning engineering-for-customer');
  });

  it('is no address in a sentence that everybody reads', () => {
    expect(found(withRows({ text: 'Write to ops@northwind.example.' }))).toEqual(['warning contact-in-text']);
    expect(found(withRows({ texts: { tr: 'Arayın: +90 212 555 11 22.' } }))).toEqual(['warning contact-in-text']);
  });
});

describe('conditions that somebody writes', () => {
  it.each([
    ['a time that is none', { from: 'soon' }, 'instant-invalid'],
    ['a period that ends before it begins', { from: '2026-02-01', until: '2026-01-01' }, 'period-empty'],
    ['a time zone that is none', { hours: { timeZone: 'Mars/Base', days: ['mon' as const], from: '09:00', to: '17:00' } }, 'hours-invalid'],
    ['a clock that is none', { hours: { timeZone: 'UTC', days: ['mon' as const], from: '9', to: '24:30' } }, 'hours-invalid'],
    ['no day', { hours: { timeZone: 'UTC', days: [], from: '09:00', to: '17:00' } }, 'hours-invalid'],
  ])('must not be %s', (_sentence, when, code) => {
    expect(found(withRows({ when }))).toContain(`error ${code}`);
  });

  it('are told of where they are an empty list, which no ticket satisfies', () => {
    expect(found(withRows({ when: { country: [] } }))).toContain('warning condition-empty');
  });

  it('must rest on a sentence and a source', () => {
    expect(found(withRows({ text: ' ', source: '' }))).toEqual(['error text-missing', 'error source-missing']);
  });

  it('are compared with the directory where there is one', () => {
    const matrix = withRows({ when: { publisherId: ['northwind', 'nortwind'] } }, { id: 'b', when: { resellerId: { not: ['9'] } }, then: {} });
    const findings = lintMatrix(matrix, { publisherIds: ['northwind'], partnerIds: ['5200'] });
    expect(findings.filter(({ code }) => code === 'reference-unknown').map(({ path }) => path)).toEqual([
      `rows[${DEFAULT_MATRIX.rows.length}].when.publisherId[1]`,
      `rows[${DEFAULT_MATRIX.rows.length + 1}].when.resellerId.not[0]`,
    ]);
  });
});

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
  const newer = agreement({ id: 'newer', from: '2026-03-01', entries: [entry({ assignedTo: 'reseller' })] });

  it('contradict where they give the same matter to both at one time, and the finding names both and who wins', () => {
    const [finding, ...others] = lintAgreements([agreement({}), newer]);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ severity: 'warning', code: 'agreements-contradict', path: 'agreements[1].entries[0]' });
    expect(finding?.message).toMatch(/agreement older .* provider, .*agreement newer .* reseller.*agreement newer .* wins/);
  });

  it.each([
    ['one ends where the other begins', [agreement({ to: '2026-03-01' }), newer]],
    ['they say the same', [agreement({}), { ...newer, entries: [entry()] }]],
    ['their conditions differ', [agreement({}), { ...newer, entries: [entry({ severity: 'A', assignedTo: 'reseller' })] }]],
    ['they are of two pairs', [agreement({}), { ...newer, resellerId: '5300' }]],
  ])('do not where %s', (_sentence, agreements) => {
    expect(lintAgreements(agreements)).toEqual([]);
  });

  it('contradict as well where two shared matters name different accountable ones', () => {
    const shared = (accountable: 'provider' | 'reseller') => [entry({ assignedTo: 'shared', accountable })];
    const [finding] = lintAgreements([agreement({ entries: shared('provider') }), agreement({ id: 'later-id', entries: shared('reseller') })]);
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
