import { AREA_ROWS } from './area-rows.js';
import { compare } from './compare.js';
import type { ComparedField } from './compare.js';
import { MatrixError, compile } from './compile.js';
import { decide } from './decide.js';
import { DEFAULT_MATRIX } from './default-matrix.js';
import { explain } from './explain.js';
import { lintMatrix } from './lint.js';
import type { Conditions, Matrix, Outcome, Row } from './matrix.js';
import { anAgreement, anOffer, defaultMatrix, factsAbout, microsoft, ofReseller, thePartner, theProvider } from './question.builder.js';
import type { Asked } from './question.builder.js';

const extraRow: Row = {
  id: 'gold-publisher',
  stage: 'asker',
  when: {
    publisherId: ['northwind'],
    offerId: ['payroll-suite'],
    severity: ['A'],
    country: ['DE'],
    area: ['break-fix'],
  },
  then: { firstContact: 'csp-partner' },
  code: 'matrix-row',
  text: 'Agreed with this publisher.',
  basis: 'default',
  source: 'House rule',
};

function withRow(row: Partial<Row>, at: 'first' | 'last' = 'last'): Matrix {
  const added = { ...extraRow, ...row };
  const rows = at === 'first' ? [added, ...DEFAULT_MATRIX.rows] : [...DEFAULT_MATRIX.rows, added];
  return { version: 'draft', rows };
}

const wrong = (value: unknown) => value as never;

describe('the default matrix', () => {
  it('has nothing to complain about', () => {
    expect(lintMatrix(DEFAULT_MATRIX)).toEqual([]);
  });

  it('is plain data that survives being stored', () => {
    expect(JSON.parse(JSON.stringify(DEFAULT_MATRIX))).toEqual(DEFAULT_MATRIX);
  });
});

describe('a matrix that somebody edits', () => {
  it('may carry a row of its own, which applies to what it names', () => {
    const matrix = compile(withRow({}, 'first'));
    const decision = decide(factsAbout('break-fix', { severity: 'A', country: 'de' }), matrix);
    expect(decision).toMatchObject({
      firstContact: thePartner,
      variations: ['gold-publisher'],
      matrixVersion: 'draft',
    });
    expect(decide(factsAbout('break-fix', { severity: 'B', country: 'de' }), matrix).variations).toEqual([]);
  });

  it('may make the partner that hands over responsible, whose own tickets then stay with it', () => {
    const row: Row = {
      ...extraRow,
      stage: 'product',
      when: { area: ['payment'] },
      then: { responsible: 'handover-partner' },
    };
    const matrix = compile({ version: 'draft', rows: [row, ...DEFAULT_MATRIX.rows] });
    const asked = { source: { partyId: '4100' }, subscription: ofReseller };
    expect(decide(factsAbout('payment', asked), matrix)).toMatchObject({ responsible: theProvider, stays: true });
  });

  it('lets the first row that matches win, whatever facts the rows ask for', () => {
    const asks: readonly Conditions[] = [{ offerId: ['payroll-suite'] }, { country: ['DE'] }, { severity: ['A'] }, { asker: ['customer'], country: ['DE'] }];
    const rows = asks.map((when) => ({ ...extraRow, id: Object.keys(when).join('-and-'), when }));
    const orders = rows.map((_row, start) => [...rows.slice(start), ...rows.slice(0, start)]);
    for (const order of [...orders, ...orders.map((one) => one.toReversed())]) {
      const matrix = compile({ version: 'draft', rows: [...order, ...DEFAULT_MATRIX.rows] });
      const first = (asked: Asked, ...ids: string[]) =>
        expect(decide(factsAbout('break-fix', asked), matrix).variations).toEqual(order.map(({ id }) => id).filter((id) => ids.includes(id)).slice(0, 1));
      first({ severity: 'A', country: 'DE' }, 'offerId', 'country', 'severity', 'asker-and-country');
      first({ severity: 'A', offer: null }, 'severity');
      first({ severity: 'B', country: 'DE', offer: anOffer({ id: 'else' }) }, 'country', 'asker-and-country');
      first({ severity: 'A', country: 'FR' }, 'offerId', 'severity');
      first({ severity: 'A', country: 'FR', offer: null }, 'severity');
    }
  });

  it('names a party once, though a row calls it by two names', () => {
    const row: Row = { ...extraRow, when: { area: ['training'] }, then: { escalation: ['csp-partner', 'handover-partner', 'microsoft', 'microsoft'] } };
    const { escalation } = decide(factsAbout('training'), compile({ version: 'draft', rows: [row, ...DEFAULT_MATRIX.rows] }));
    expect(escalation).toEqual([thePartner, microsoft]);
  });

  it('takes the CSP partner for responsible before the areas have answered', () => {
    const gate = (responsible: 'csp-partner' | 'microsoft'): Row => ({ ...extraRow, stage: 'gate', when: { responsible: [responsible] }, then: { queue: 'triage' } });
    const queueBy = (row: Row) => decide(factsAbout('offer-management'), compile({ version: 'draft', rows: [row, ...DEFAULT_MATRIX.rows] })).queue;
    expect(queueBy(gate('csp-partner'))).toBe('triage');
    expect(queueBy(gate('microsoft'))).not.toBe('triage');
  });

  it('may leave out the gate for unclassified tickets, which are triaged all the same', () => {
    const matrix = compile({ version: 'draft', rows: DEFAULT_MATRIX.rows.filter(({ stage }) => stage !== 'gate') });
    expect(decide(factsAbout(null), matrix)).toMatchObject({
      queue: 'triage',
      row: 'not-classified',
      reasons: [{ code: 'not-classified' }],
    });
  });

  it('does not apply a row for a publisher to a product that nobody named', () => {
    const matrix = compile({
      version: 'draft',
      rows: [
        { ...extraRow, when: { publisherId: ['northwind'] } },
        { ...extraRow, id: 'b', when: { offerId: ['x'] } },
        ...DEFAULT_MATRIX.rows,
      ],
    });
    expect(decide(factsAbout('break-fix', { offer: null }), matrix).variations).toEqual([]);
  });

  it('is refused with all its errors at once, but not for a warning', () => {
    expect(() => compile(withRow({ id: '', stage: wrong('mood') }))).toThrow(MatrixError);
    expect(() => compile(withRow({ id: '', stage: wrong('mood') }))).toThrow(/id.*needs an id.*'mood' is not one of/);
    expect(compile(withRow({ when: { sourceIsResponsible: true }, stage: 'source' })).rows).toContainEqual(
      expect.objectContaining({ id: 'gold-publisher' }),
    );
  });

  it('may be written in any order of stages', () => {
    const shuffled = compile({
      ...DEFAULT_MATRIX,
      rows: DEFAULT_MATRIX.rows
        .toReversed()
        .filter(({ stage }) => stage === 'area')
        .concat(DEFAULT_MATRIX.rows.filter(({ stage }) => stage !== 'area')),
    });
    expect(decide(factsAbout('payment'), shuffled)).toEqual(decide(factsAbout('payment'), defaultMatrix()));
  });
});

describe('explaining a decision', () => {
  it('gives the decision and every row that was looked at, with why', () => {
    const facts = factsAbout('payment', { asker: 'indirect-reseller' });
    const { rows, ...decision } = explain(facts, defaultMatrix());
    expect(decision).toEqual(decide(facts, defaultMatrix()));
    expect(rows.filter(({ matched }) => matched)).toMatchObject([
      { id: 'payment', stage: 'area', matched: true, because: 'every condition holds' },
    ]);
    expect(rows).toContainEqual({
      id: 'cloud-china',
      stage: 'gate',
      matched: false,
      because: 'cloud is public; the row is for china',
      message: 'considered.mismatch',
      params: { condition: 'cloud', actual: 'public', wanted: 'china' },
    });
    expect(rows).toContainEqual(
      expect.objectContaining({
        id: 'partner-asks-microsoft',
        because: 'asker is indirect-reseller; the row is for direct-bill-partner or indirect-provider',
      }),
    );
  });

  it('ends with the gate that stops a ticket', () => {
    const { rows } = explain(factsAbout(null, { cloud: 'china' }), defaultMatrix());
    expect(rows.map(({ id, matched }) => [id, matched])).toEqual([['cloud-china', true]]);
  });

  it('says where a fact was not known', () => {
    const { rows } = explain(factsAbout('azure-deployment', { offer: { publisherId: 'northwind' } }), defaultMatrix());
    expect(rows).toContainEqual(
      expect.objectContaining({ id: 'azure-infrastructure', because: expect.stringContaining('kind is not known') }),
    );
  });
});

describe('comparing two matrices', () => {
  it('lists the tickets that would be decided differently, and in what', () => {
    const changed = compile({ version: 'next', rows: DEFAULT_MATRIX.rows.filter(({ id }) => id !== 'partner-first') });
    const tickets = [factsAbout('payment'), factsAbout('break-fix', { preferences: { partnerFirst: true } })];
    const differences = compare(defaultMatrix(), changed, tickets);
    expect(differences.map(({ facts }) => facts)).toEqual([tickets[1]]);
    expect(differences[0]).toMatchObject({
      changed: ['firstContact', 'informed', 'contacts', 'queue'],
      before: { queue: 'partner/3100' },
      after: { queue: 'isv/northwind' },
    });
  });

  const outage = { id: 'n-1', offerId: 'payroll-suite' };
  const shared = [anAgreement([{ assignedTo: 'shared', accountable: 'provider' }])];

  it.each<[field: ComparedField, then: Partial<Outcome>]>([
    ['responsible', { responsible: 'microsoft' }],
    ['firstContact', { firstContact: 'microsoft' }],
    ['accountable', { responsible: 'microsoft' }],
    ['informed', { informed: ['microsoft'] }],
    ['handsOver', { handsOver: true }],
    ['escalation', { escalation: ['isv-publisher'] }],
    ['contacts', { escalation: ['isv-publisher'] }],
    ['queue', { firstContact: 'microsoft' }],
    ['attachedTo', { attach: true }],
    ['stays', { stays: true }],
    ['informationOnly', { informationOnly: true }],
  ])('sees that a row changes %s', (field, then) => {
    const row: Row = { ...extraRow, stage: 'outage', when: { area: ['payment'] }, then };
    const after = compile({ version: 'next', rows: [row, ...DEFAULT_MATRIX.rows] });
    const ticket = factsAbout('payment', { subscription: ofReseller, agreements: shared, openHealthNotices: [outage] });
    expect(compare(defaultMatrix(), after, [ticket]).flatMap(({ changed }) => changed)).toContain(field);
  });

  it('lists nothing for a matrix compared with itself', () => {
    expect(
      compare(
        defaultMatrix(),
        compile(DEFAULT_MATRIX),
        AREA_ROWS.map(({ when }) => factsAbout(when.area?.[0] ?? null)),
      ),
    ).toEqual([]);
  });
});
