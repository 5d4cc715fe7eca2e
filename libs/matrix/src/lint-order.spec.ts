import { DEFAULT_MATRIX } from './default-matrix.js';
import { lintMatrix } from './lint.js';
import type { Conditions, Outcome, Row } from './matrix.js';

const rule = (id: string, given: Partial<Row>): Row => ({
  id,
  stage: 'outage',
  when: {},
  then: {},
  code: 'matrix-row',
  text: 'Agreed in the house.',
  basis: 'default',
  source: 'House rule 7',
  ...given,
});
/** What is told about two rows of the house, of which `first` comes first. */
function told(first: Partial<Row>, second: Partial<Row>, ...more: Row[]): readonly string[] {
  const rows = [...DEFAULT_MATRIX.rows, rule('first', first), rule('second', second), ...more];
  return lintMatrix({ version: 'draft', rows })
    .filter(({ path, message }) => path.startsWith('rows[') && message.includes("'first'") && message.includes("'second'"))
    .map(({ code }) => code);
}
const officeHours = { timeZone: 'UTC', days: ['mon' as const], from: '09:00', to: '17:00' };
const night = { timeZone: 'UTC', days: ['mon' as const], from: '22:00', to: '06:00' };

describe('a row is unreachable behind one that takes all its tickets', () => {
  type Pair = readonly [sentence: string, wide: Conditions, narrow: Conditions];

  const hidden: readonly Pair[] = [
    ['without conditions', {}, { country: ['DE'] }],
    ['with one condition fewer', { country: ['DE'] }, { country: ['DE'], severity: ['A'] }],
    ['with more values', { severity: ['A', 'B'] }, { severity: ['B'] }],
    ['for any country but one that the other does not name', { country: { not: ['FR'] } }, { country: ['DE', 'IT'] }],
    ['for any country but fewer', { country: { not: ['FR'] } }, { country: { not: ['IT', 'FR'] } }],
    ['that begins as early', { from: '2026-01-01' }, { from: '2026-01-01', severity: ['A'] }],
    ['that begins earlier', { from: '2026-01-01' }, { from: '2026-02-01' }],
    ['that ends as late', { until: '2026-02-01' }, { until: '2026-02-01', severity: ['A'] }],
    ['that ends later', { until: '2026-02-01' }, { until: '2026-01-01' }],
    ['of the same hours', { hours: officeHours }, { hours: officeHours, severity: ['A'] }],
    ['of the same yes or no', { outageOpen: true }, { outageOpen: true, severity: ['A'] }],
  ];

  it.each(hidden)('%s', (_sentence, wide, narrow) => {
    expect(told({ when: wide }, { when: narrow })).toEqual(['row-unreachable']);
  });

  it.each<Pair>([
    ['asks for something else', { country: ['DE'] }, { severity: ['A'] }],
    ['asks for one thing more', { country: ['DE'], severity: ['A'] }, { country: ['DE'] }],
    ['has fewer values', { severity: ['B'] }, { severity: ['A', 'B'] }],
    ['refuses one of the other’s countries', { country: { not: ['FR'] } }, { country: ['DE', 'FR'] }],
    ['refuses a country that the other allows', { country: { not: ['FR', 'IT'] } }, { country: { not: ['FR'] } }],
    ['has a list, where the other has any but some', { country: ['DE'] }, { country: { not: ['FR'] } }],
    ['begins later', { from: '2026-02-01' }, { from: '2026-01-01' }],
    ['ends earlier', { until: '2026-01-01' }, { until: '2026-02-01' }],
    ['is for other hours', { hours: officeHours }, { hours: night }],
  ])('but not behind one that %s', (_sentence, wide, narrow) => {
    expect(told({ when: wide }, { when: narrow })).not.toContain('row-unreachable');
  });

  it('and a row before one that would take all its tickets is not', () => {
    for (const [, wide, narrow] of hidden) expect(told({ when: narrow }, { when: { ...wide } })).not.toContain('row-unreachable');
  });

  it('and a row of another stage is not', () => {
    expect(told({ when: { country: ['DE'] } }, { stage: 'asker', when: { country: ['DE'], severity: ['A'] } })).toEqual([]);
  });
});

describe('two rows of which their order alone decides are told of', () => {
  /** Both decide something, and not the same. */
  const overlap = (a: Conditions, b: Conditions) => told({ when: a, then: { informed: [] } }, { when: b, then: { stays: true } });

  it.each<[sentence: string, a: Conditions, b: Conditions]>([
    ['where they ask for different things', { country: ['DE'] }, { severity: ['A'] }],
    ['where their lists have a value in common', { severity: ['A', 'B'] }, { severity: ['B', 'C'] }],
    ['where both refuse some', { country: { not: ['DE'] } }, { country: { not: ['FR'] } }],
    ['where one refuses not all of the other’s', { country: { not: ['DE', 'CH'] } }, { country: ['DE', 'AT'] }],
    ['where the other refuses not all of the one’s', { country: ['DE', 'AT'] }, { country: { not: ['DE', 'CH'] } }],
    ['where they name different partners, of which a ticket has two', { partnerId: ['4100'] }, { partnerId: ['5200'] }],
    ['where they name different languages, of which a ticket has several ranges', { language: ['de'] }, { language: ['de-AT'] }],
    ['where their hours differ', { hours: officeHours }, { hours: night }],
    ['where both have begun', { from: '2026-02-01', severity: ['A'] }, { from: '2026-01-01', country: ['DE'] }],
    ['where neither has ended', { until: '2026-01-01', severity: ['A'] }, { until: '2026-02-01', country: ['DE'] }],
    ['where one begins before the other ends', { from: '2026-01-01', until: '2026-03-01' }, { from: '2026-02-01', until: '2026-04-01' }],
    ['where the other begins before the one ends', { from: '2026-02-01', until: '2026-04-01' }, { from: '2026-01-01', until: '2026-03-01' }],
    ['where both ask for one area', { area: ['payment', 'other'] }, { area: ['training', 'other'] }],
  ])('%s', (_sentence, a, b) => {
    expect(overlap(a, b)).toEqual(['rows-overlap']);
  });

  it.each<[sentence: string, a: Conditions, b: Conditions]>([
    ['their lists have no value in common', { severity: ['A'] }, { severity: ['B', 'C'] }],
    ['one refuses all of the other’s', { country: { not: ['DE', 'AT'] } }, { country: ['AT', 'DE'] }],
    ['the other refuses all of the one’s', { country: ['AT', 'DE'] }, { country: { not: ['DE', 'AT'] } }],
    ['one says yes and the other no', { outageOpen: true }, { outageOpen: false }],
    ['one begins when the other ends', { from: '2026-02-01', severity: ['A'] }, { until: '2026-02-01', country: ['DE'] }],
    ['the other begins when the one ends', { until: '2026-02-01', country: ['DE'] }, { from: '2026-02-01', severity: ['A'] }],
    ['one asks for more', { country: ['DE'] }, { severity: ['A'], cloud: ['public'] }],
    ['the other asks for more', { severity: ['A'], cloud: ['public'] }, { country: ['DE'] }],
    ['they are for different areas', { area: ['payment'], severity: ['A'] }, { area: ['training'], country: ['DE'] }],
  ])('but not where %s', (_sentence, a, b) => {
    expect(overlap(a, b)).toEqual([]);
  });

  it('but not where somebody said which shall win', () => {
    const [first, second] = [{ when: { country: ['DE'] }, then: { informed: [] } }, { when: { severity: ['A' as const] }, then: { stays: true } }];
    expect(told({ ...first, before: ['second'] }, second)).toEqual([]);
    expect(told({ ...first, before: ['third'] }, second, rule('third', {}))).toEqual(['rows-overlap']);
  });
});

describe('whether two rows can meet follows from what the rows before them may have said', () => {
  const answers = (responsible: Outcome['responsible']) => ({ when: { responsible: [responsible], country: ['DE'] }, then: { informed: [] } });
  const ofSeverity = (when: Conditions) => ({ when: { severity: ['A' as const], ...when }, then: { stays: true } });

  it('so rows for a party that an area never makes responsible do not', () => {
    expect(told({ stage: 'product', ...answers('microsoft') }, { stage: 'product', ...ofSeverity({ area: ['offer-management'] }) })).toEqual(['rows-overlap']);
    expect(told({ stage: 'product', ...answers('handover-partner') }, { stage: 'product', ...ofSeverity({ area: ['offer-management'] }) })).toEqual([]);
  });

  it('so a party that only an earlier row makes responsible counts', () => {
    const makes = (given: Partial<Row>) => rule('makes', { stage: 'product', then: { responsible: 'handover-partner' }, ...given });
    const meet = (...rows: Row[]) =>
      told({ stage: 'source', ...answers('handover-partner') }, { stage: 'source', ...ofSeverity({ area: ['training'] }) }, ...rows);
    expect(meet()).toEqual([]);
    expect(meet(makes({ when: { channel: ['csp'] } }))).toEqual(['rows-overlap']);
    expect(meet(makes({ when: { area: ['training'] } }))).toEqual(['rows-overlap']);
    expect(meet(makes({ when: { area: ['payment'] } }))).toEqual([]);
    expect(meet(makes({ when: { responsible: ['isv-publisher'] } }))).toEqual(['rows-overlap']);
    expect(meet(makes({ when: { responsible: ['microsoft'] } }))).toEqual([]);
    expect(meet(makes({ stage: 'outage' }))).toEqual([]);
  });

  it('so an answer that is only information counts as such', () => {
    const forInformation = (informationOnly: boolean) => ({ stage: 'asker' as const, when: { informationOnly, country: ['DE'] }, then: { informed: [] } });
    const information = (stage: Row['stage'], when: Conditions) => told({ ...forInformation(true), stage }, { stage, ...ofSeverity(when) });
    // A customer that bought directly is only told where to ask, and that is said in the stage of the product.
    expect(information('asker', { area: ['other'] })).toEqual(['rows-overlap']);
    expect(information('asker', { informationOnly: false })).toEqual([]);
    expect(information('product', { area: ['other'] })).toEqual([]);
    expect(told({ ...forInformation(false), stage: 'product' }, { stage: 'product', ...ofSeverity({ area: ['other'] }) })).toEqual(['rows-overlap']);
  });

  it('so before the areas have answered, the CSP partner is taken for responsible', () => {
    const gate = (given: Partial<Row>) => ({ ...given, stage: 'gate' as const });
    const [one, other] = [{ when: { responsible: ['csp-partner' as const] }, then: { queue: 'triage' as const } }, { when: { severity: ['A' as const] }, then: { queue: 'unassigned' as const } }];
    expect(told(gate(one), gate(other))).toEqual(['rows-overlap']);
    expect(told(gate({ ...one, when: { responsible: ['microsoft'] } }), gate(other))).toEqual([]);
  });
});
