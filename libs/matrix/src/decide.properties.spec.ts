import fc from 'fast-check';
import { compile } from './compile.js';
import { decide } from './decide.js';
import { DEFAULT_MATRIX } from './default-matrix.js';
import type { ExplainRequest } from './explain-request.js';
import { explain } from './explain.js';
import { factsOf } from './facts-of.js';
import { defaultMatrix, NOW } from './question.builder.js';
import { AREAS, ASKERS, CHANNELS, CLOUDS, OFFER_KINDS, OWNERSHIPS, QUEUE_KINDS, SEVERITIES } from './vocabulary.js';

const oneOf = <T>(values: readonly T[]) => fc.constantFrom(...values);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
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

function everyDecision(holds: (given: ReturnType<typeof decided>) => void): void {
  fc.assert(
    fc.property(question, (asked) => holds(decided(asked))),
    { numRuns: 600 },
  );
}

function decided(asked: ExplainRequest) {
  const facts = factsOf(asked, NOW);
  return { facts, decision: decide(facts, defaultMatrix) };
}

describe('whatever is asked', () => {
  it('there is exactly one answer, the same each time, with a reason in words and a queue', () => {
    everyDecision(({ facts, decision }) => {
      expect(decide(facts, defaultMatrix)).toEqual(decision);
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
    expect(again).toEqual(defaultMatrix);
    everyDecision(({ facts, decision }) => {
      const { rows, ...explained } = explain(facts, again);
      expect(explained).toEqual(decision);
      expect(rows.length).toBeGreaterThan(0);
    });
  });
});
