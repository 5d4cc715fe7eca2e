import fc from 'fast-check';
import { compile } from './compile.js';
import type { CompiledMatrix } from './compile.js';
import { decide } from './decide.js';
import type { Decision } from './decision.js';
import { DEFAULT_MATRIX } from './default-matrix.js';
import type { ExplainRequest } from './explain-request.js';
import type { Facts } from './facts.js';
import { explain } from './explain.js';
import { factsOf } from './facts-of.js';
import { ROW_PARTIES, STAGES } from './matrix.js';
import type { Matrix, Row } from './matrix.js';
import { inLanguage } from './messages/in-language.js';
import { defaultMatrix, NOW } from './question.builder.js';
import { AREAS, ASKERS, CHANNELS, CLOUDS, OFFER_KINDS, OWNERSHIPS, QUEUE_KINDS, SEVERITIES, TECHNICAL_AREAS } from './vocabulary.js';

const oneOf = <T>(values: readonly T[]) => fc.constantFrom(...values);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
/** How many questions a property is put to; mutation tests, which repeat all of it, set fewer. */
const RUNS = fc.readConfigureGlobal().numRuns ?? 600;
const some = <T>(values: T[]) => fc.subarray(values, { minLength: 1 });
const ids = oneOf(['4100', '5200', '3100', 'northwind', 'microsoft', '']);
const contact = fc.record({
  name: oneOf(['', 'Someone']),
  email: oneOf(['', 'a@b.example']),
  phone: oneOf(['', '+49 1']),
  url: oneOf(['', 'https://b.example']),
});
const entry = fc.record({
  area: maybe(oneOf([...AREAS, 'all' as const])),
  severity: maybe(oneOf(SEVERITIES)),
  offerId: maybe(oneOf(['suite', 'crm'])),
  assignedTo: oneOf(['provider', 'reseller', 'shared'] as const),
  accountable: maybe(oneOf(['provider', 'reseller'] as const)),
});

const question: fc.Arbitrary<ExplainRequest> = fc.record({
  ticket: fc.record({
    area: maybe(oneOf(AREAS)),
    severity: maybe(oneOf(SEVERITIES)),
    asker: maybe(oneOf(ASKERS)),
    cloud: maybe(oneOf(CLOUDS)),
    country: maybe(oneOf(['DE', 'TR'])),
    language: maybe(oneOf(['de-AT', 'tr'])),
    source: maybe(fc.record({ partyId: ids })),
  }),
  offer: maybe(
    fc.record({
      id: oneOf(['suite', 'crm']),
      publisherId: oneOf(['northwind', '']),
      ownership: maybe(oneOf(OWNERSHIPS)),
      kind: maybe(oneOf(OFFER_KINDS)),
      contacts: maybe(
        fc.record({ customerSupport: maybe(contact), cspProgram: maybe(contact), engineering: maybe(contact) }),
      ),
      governmentSupportUrl: oneOf(['', 'https://gov.example']),
    }),
  ),
  subscription: maybe(
    fc.record({
      channel: maybe(oneOf(CHANNELS)),
      partner: maybe(
        fc.oneof(
          fc.record({ model: fc.constant('direct-bill' as const), partnerId: oneOf(['3100', '']) }),
          fc.record({
            model: fc.constant('indirect' as const),
            providerId: oneOf(['4100', '']),
            resellerId: oneOf(['5200', '']),
          }),
        ),
      ),
      customerResellerId: oneOf(['', '5300']),
      supportContact: maybe(oneOf(['provider', 'reseller'] as const)),
    }),
  ),
  agreements: fc.array(
    fc.record({
      providerId: fc.constant('4100'),
      resellerId: oneOf(['5200', '5300']),
      from: oneOf(['2025-01-01', '2026-03-01']),
      to: oneOf([null, '2026-06-01']),
      entries: fc.array(entry, { maxLength: 3 }),
    }),
    { maxLength: 2 },
  ),
  preferences: fc.record({ partnerFirst: fc.boolean() }),
  openHealthNotices: fc.array(fc.record({ id: fc.constant('n'), offerId: oneOf(['suite', 'crm']) }), { maxLength: 1 }),
});

type Decided = Readonly<{ matrix: CompiledMatrix; facts: Facts; decision: Decision }>;

function everyDecision(holds: (given: Decided) => void, numRuns = RUNS): void {
  const matrix = defaultMatrix();
  fc.assert(
    fc.property(question, (asked) => {
      const facts = factsOf(asked, NOW);
      holds({ matrix, facts, decision: decide(facts, matrix) });
    }),
    { numRuns },
  );
}

describe('whatever is asked', () => {
  it('there is exactly one answer, the same each time, with a reason in words and a queue', () => {
    everyDecision(({ matrix, facts, decision }) => {
      expect(decide(facts, matrix)).toEqual(decision);
      expect(QUEUE_KINDS).toContain(decision.queue.split('/')[0]);
      expect(decision.reasons.length).toBeGreaterThan(0);
      for (const { text, source } of decision.reasons) {
        expect(text).toMatch(/^[A-Z].*\.$/);
        expect(source).not.toBe('');
      }
    });
  });

  it('a customer is never shown more than a support site', () => {
    everyDecision(({ decision }) => {
      for (const contact of decision.contacts.filter((shown) => shown.for === 'customer')) {
        expect(contact).toMatchObject({ kind: 'customer-support', fields: ['url'] });
      }
    });
  });

  it('nobody is shown a contact unless asker or partner, and never an empty one', () => {
    everyDecision(({ facts, decision }) => {
      const audiences = decision.contacts.map((shown) => shown.for);
      expect(audiences.includes('customer') && facts.ticket.asker !== 'customer').toBe(false);
      expect(audiences.includes('microsoft') && facts.ticket.asker !== 'microsoft').toBe(false);
      for (const { fields } of decision.contacts) expect(fields).not.toHaveLength(0);
    });
  });

  it('Microsoft is never responsible for the fault of a third-party product', () => {
    everyDecision(({ facts, decision }) => {
      const isFault = ['break-fix', 'service-health', 'user-support', 'service-level'].includes(
        facts.ticket.area ?? '',
      );
      const isThirdParty = facts.offer?.ownership !== 'first-party';
      expect(isFault && isThirdParty && decision.responsible?.role === 'microsoft').toBe(false);
    });
  });

  it('a reseller never hands anything to Microsoft', () => {
    everyDecision(({ decision }) => {
      expect(decision.handsOver?.role).not.toBe('indirect-reseller');
      expect(decision.handsOver === null || decision.responsible?.role === 'microsoft').toBe(true);
    });
  });

  it('a customer that bought through CSP never has Microsoft as first contact, unless the ticket is there already', () => {
    everyDecision(({ facts, decision }) => {
      const isCspCustomer = facts.ticket.asker === 'customer' && facts.subscription?.channel !== 'customer-direct';
      expect(isCspCustomer && !decision.stays && decision.firstContact?.role === 'microsoft').toBe(false);
    });
  });

  it('no partner hears of what was bought outside CSP, unless it asked itself', () => {
    everyDecision(({ facts, decision }) => {
      const isDirect = facts.subscription?.channel === 'customer-direct';
      expect(isDirect && facts.ticket.asker === 'customer' && decision.informed.length > 0).toBe(false);
      expect(isDirect && decision.queue.startsWith('partner/') && facts.ticket.asker === 'customer').toBe(false);
    });
  });

  it('only a known party has a queue of its own, and the queue is the first contact’s', () => {
    everyDecision(({ decision: { firstContact, queue } }) => {
      const [kind, name] = queue.split('/');
      if (kind === 'isv' || kind === 'partner') expect(firstContact).toMatchObject({ partyId: name });
      if (kind === 'microsoft') expect(firstContact).toEqual({ role: 'microsoft' });
    });
  });

  it('the first contact is not informed a second time, and nobody twice', () => {
    everyDecision(({ decision: { firstContact, informed } }) => {
      expect(informed).not.toContainEqual(firstContact);
      expect(new Set(informed.map((party) => JSON.stringify(party))).size).toBe(informed.length);
    });
  });

  it('the explanation is the decision, and compiling again changes nothing', () => {
    const again = compile(compile(DEFAULT_MATRIX));
    expect(again).toEqual(defaultMatrix());
    everyDecision(({ facts, decision }) => {
      const { rows, ...explained } = explain(facts, again);
      expect(explained).toEqual(decision);
      expect(rows.length).toBeGreaterThan(0);
    });
  });
});

/** A rule of the house, as narrow or as wide as it comes. */
const ownRow: fc.Arbitrary<Omit<Row, 'id'>> = fc
  .record({
    stage: oneOf(STAGES.filter((stage) => stage !== 'gate' && stage !== 'area')),
    when: fc.record(
      {
        area: some([...AREAS]),
        asker: some(ASKERS.filter((asker) => asker !== 'partner')),
        severity: some([...SEVERITIES]),
        kind: some([...OFFER_KINDS]),
        country: fc.oneof(some(['DE', 'TR']), fc.constant({ not: ['DE'] })),
        language: some(['de', 'tr']),
        publisherId: fc.oneof(some(['northwind', 'adatum']), fc.constant({ not: ['adatum'] })),
        offerId: some(['suite', 'crm']),
        providerId: some(['4100', '4200']),
        responsible: some([...ROW_PARTIES]),
        until: oneOf(['2026-01-01', '2027-01-01']),
      },
      { requiredKeys: [] },
    ),
    then: fc.record(
      {
        responsible: oneOf(ROW_PARTIES),
        firstContact: oneOf(ROW_PARTIES),
        escalation: fc.subarray([...ROW_PARTIES]),
        informed: fc.subarray([...ROW_PARTIES]),
        purpose: oneOf(['technical', 'business'] as const),
        disclose: oneOf([
          { 'csp-partner': { 'customer-support': ['email', 'url'] as const, engineering: ['phone'] as const } },
          { 'csp-partner': { 'customer-support': [] } },
          { customer: { 'customer-support': [] } },
        ]),
      },
      { requiredKeys: [] },
    ),
  })
  .map((row) => ({ ...row, code: 'matrix-row', text: 'A rule of the house.', basis: 'default', source: 'House rules' }));

const withOwn = (rows: readonly Omit<Row, 'id'>[]): Matrix => ({
  version: 'own',
  rows: [...rows.map((row, index) => ({ ...row, id: `own-${index}` })), ...DEFAULT_MATRIX.rows],
});

/** For any rows that somebody adds: what must hold of some questions. `prepare` does its work once a matrix. */
function everyMatrix(prepare: (matrix: Matrix) => (given: Decided) => void): void {
  fc.assert(
    fc.property(
      fc.array(ownRow, { maxLength: 8 }),
      fc.array(question, { minLength: 5, maxLength: 10 }),
      (rows, asked) => {
        const matrix = withOwn(rows);
        const compiled = compile(matrix);
        const holds = prepare(matrix);
        for (const one of asked) {
          const facts = factsOf(one, NOW);
          holds({ matrix: compiled, facts, decision: decide(facts, compiled) });
        }
      },
    ),
    { numRuns: Math.ceil(RUNS / 20) },
  );
}

describe('whatever rows somebody adds', () => {
  it('the explanation finds row by row what the decision looks up', () => {
    everyMatrix(() => ({ matrix, facts, decision }) => {
      const { rows, ...explained } = explain(facts, matrix);
      expect(explained).toEqual(decision);
      const places = rows.map(({ id }) => matrix.rows.findIndex((row) => row.id === id));
      expect(places).toEqual(places.toSorted((one, other) => one - other));
    });
  });

  it('compiling the compiled changes nothing', () => {
    everyMatrix((matrix) => {
      const [once, twice] = [compile(matrix), compile(compile(matrix))];
      expect([twice.version, twice.rows]).toEqual([once.version, once.rows]);
      return ({ facts, decision }) => expect(decide(facts, twice)).toEqual(decision);
    });
  });

  it('the order of stages in the list does not matter, nor that of rows which no ticket can match together', () => {
    everyMatrix((matrix) => {
      const isArea = ({ stage }: Row) => stage === 'area';
      const rows = [...matrix.rows.filter((row) => !isArea(row)), ...matrix.rows.filter(isArea).toReversed()];
      const reordered = compile({ ...matrix, rows });
      return ({ facts, decision }) => expect(decide(facts, reordered)).toEqual(decision);
    });
  });

  it('a customer is shown the support site at most', () => {
    everyMatrix(() => ({ decision }) => {
      for (const shown of decision.contacts.filter(({ for: audience }) => audience === 'customer')) {
        expect(shown).toMatchObject({ kind: 'customer-support', fields: ['url'] });
      }
    });
  });
});

describe('whatever is decided', () => {
  it('can be said in Turkish, and goes back into the same English', () => {
    everyDecision(({ matrix, facts }) => {
      const explained = explain(facts, matrix);
      const turkish = inLanguage(explained, 'tr');
      if (turkish.language === null) throw new Error(turkish.refused);
      for (const { text } of turkish.answer.reasons) expect(text).toMatch(/^\p{Lu}[^{}]*\.$/u);
      expect(inLanguage(turkish.answer, 'en')).toEqual({ language: 'en', answer: explained });
    }, Math.ceil(RUNS / 4));
  });

  it('Microsoft is not the first to hear of a fault of a third-party product', () => {
    everyDecision(({ facts, decision }) => {
      const isFault = (TECHNICAL_AREAS as readonly (string | null)[]).includes(facts.ticket.area);
      const isThirdParty = facts.offer?.ownership !== 'first-party';
      expect(isFault && isThirdParty && decision.firstContact?.role === 'microsoft').toBe(false);
    });
  });

  it('what a reseller has in hand passes its provider before it reaches Microsoft', () => {
    everyDecision(({ decision: { responsible, firstContact, escalation } }) => {
      const roles = escalation.map(({ role }) => role);
      const isResellers = responsible?.role === 'indirect-reseller' || firstContact?.role === 'indirect-reseller';
      if (!isResellers || responsible?.role === 'shared' || !roles.includes('microsoft')) return;
      expect(roles.indexOf('indirect-provider')).toBeGreaterThanOrEqual(0);
      expect(roles.indexOf('indirect-provider')).toBeLessThan(roles.indexOf('microsoft'));
    });
  });
});
