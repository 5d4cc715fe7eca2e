import fc from 'fast-check';
import { ENTRY_CONDITIONS, indexAgreements } from './index.js';
import type { Agreement, AgreementEntry, Facts } from './index.js';
import { agreedEntry } from './agreement-split.js';
import { instantMs, isWithin } from './instants.js';
import { factsAbout, ofReseller } from './question.builder.js';

const PAIR = { providerId: '4100', resellerId: '5200' };
const oneOf = <T>(...values: readonly T[]) => fc.constantFrom(...values);

const entry: fc.Arbitrary<AgreementEntry> = fc.record({
  area: oneOf(null, 'all', 'payment', 'break-fix'),
  customerId: oneOf(null, null, 'c-1'),
  supportPlan: oneOf(null, null, 'premier'),
  publisherId: oneOf(null, null, 'northwind', 'adatum'),
  offerId: oneOf(null, null, 'payroll-suite'),
  kind: oneOf(null, null, 'saas', 'container'),
  country: oneOf(null, null, 'DE'),
  severity: oneOf(null, null, 'A', 'B'),
  assignedTo: oneOf('provider', 'reseller'),
  accountable: fc.constant(null),
});

const agreements: fc.Arbitrary<readonly Agreement[]> = fc.array(
  fc.record({
    id: oneOf(null, 'a-1', 'a-2', 'a-3'),
    providerId: oneOf('4100', '4100', '4200'),
    resellerId: oneOf('5200', '5200', '5300'),
    from: oneOf('2025-01-01', '2026-03-01', '2026-03-01T00:00:00+03:00', '2027-01-01', 'soon'),
    to: oneOf(null, null, '2026-06-01', '2026-01-01', 'later'),
    entries: fc.array(entry, { maxLength: 4 }),
  }),
  { maxLength: 6 },
);

const asked = fc.record({
  area: oneOf('payment' as const, 'break-fix' as const, 'other' as const),
  severity: oneOf('A' as const, 'B' as const, null),
  country: oneOf('DE', 'FR', null),
  customerId: oneOf('c-1', null),
  supportPlan: oneOf('premier', null),
  hasOffer: fc.boolean(),
});

function factsOf({ area, hasOffer, customerId, supportPlan, ...ticket }: typeof asked extends fc.Arbitrary<infer T> ? T : never): Facts {
  const subscription = { ...ofReseller, customerId, supportPlan };
  return factsAbout(area, { ...ticket, subscription, ...(hasOffer ? {} : { offer: null }) });
}

/** The rule as the page states it, without any regard to speed. */
function byTheRule(facts: Facts, all: readonly Agreement[]) {
  const told: Record<string, string | null | undefined> = {
    ...facts.ticket,
    offerId: facts.offer?.id,
    publisherId: facts.offer?.publisherId,
    kind: facts.offer?.kind,
    customerId: facts.subscription?.customerId,
    supportPlan: facts.subscription?.supportPlan,
  };
  const conditions = (one: AgreementEntry) =>
    ENTRY_CONDITIONS.filter((name) => one[name] !== null && !(name === 'area' && one.area === 'all'));
  const holding = all
    .filter(({ providerId, resellerId }) => providerId === PAIR.providerId && resellerId === PAIR.resellerId)
    .filter((agreement) => isWithin(facts.ticket.at, agreement))
    .flatMap((agreement) => agreement.entries.map((one) => ({ agreement, entry: one })))
    .filter((one) => conditions(one.entry).every((name) => one.entry[name] === told[name]));
  const most = Math.max(...holding.map((one) => conditions(one.entry).length));
  const specific = holding.filter((one) => conditions(one.entry).length === most);
  const latest = Math.max(...specific.map(({ agreement }) => instantMs(agreement.from)));
  const best = specific.filter(({ agreement }) => instantMs(agreement.from) === latest);
  const weight = (one: AgreementEntry) => conditions(one).map((name) => ENTRY_CONDITIONS.indexOf(name));
  const weightiest = best.map((one) => weight(one.entry).join()).toSorted()[0];
  const left = best.filter((one) => weight(one.entry).join() === weightiest);
  const firstId = left.map(({ agreement }) => agreement.id ?? '').toSorted()[0];
  return left.filter(({ agreement }) => (agreement.id ?? '') === firstId);
}

describe('whatever agreements there are', () => {
  it('the entry that holds is the one of the rule, listed or indexed or some of each', () => {
    fc.assert(
      fc.property(agreements, asked, fc.nat(6), (all, question, split) => {
        const facts = factsOf(question);
        const expected = byTheRule(facts, all);
        const listed = agreedEntry({ ...facts, agreements: all }, PAIR);
        const indexed = agreedEntry({ ...facts, agreementIndex: indexAgreements(all) }, PAIR);
        const mixed = agreedEntry(
          { ...facts, agreements: all.slice(0, split), agreementIndex: indexAgreements(all.slice(split)) },
          PAIR,
        );
        for (const found of [listed, indexed, mixed]) {
          expect(found === null).toBe(expected.length === 0);
          if (found === null) continue;
          expect(expected).toContainEqual({ agreement: found.agreement, entry: found.entry });
          expect(found.agreement.entries[found.entryNumber - 1]).toBe(found.entry);
        }
        expect(indexed?.entry).toBe(listed?.entry);
      }),
      { numRuns: fc.readConfigureGlobal().numRuns ?? 300 },
    );
  });

  it('an index knows how many it was made of', () => {
    fc.assert(fc.property(agreements, (all) => expect(indexAgreements(all).size).toBe(all.length)));
  });
});

describe('an index of agreements', () => {
  it('may be absent', () => {
    expect(agreedEntry({ ...factsAbout('payment'), agreementIndex: null }, PAIR)).toBeNull();
  });

  it('has nothing for a pair that it does not know', () => {
    const agreementIndex = indexAgreements([{ ...PAIR, id: 'a', from: '2026-01-01', to: null, entries: [] }]);
    expect(agreedEntry({ ...factsAbout('payment'), agreementIndex }, { ...PAIR, resellerId: '1' })).toBeNull();
    expect(agreedEntry({ ...factsAbout('payment'), agreementIndex }, { ...PAIR, providerId: '1' })).toBeNull();
  });
});
