import { indexAgreements } from './agreement-index.js';
import { decide } from './decide.js';
import type { AgreementEntryInput } from './explain-request.js';
import {
  anAgreement,
  codesOf,
  decisionOn,
  defaultMatrix,
  factsAbout,
  microsoft,
  ofReseller,
  theProvider,
  thePublisher,
  theReseller,
} from './question.builder.js';
import type { Asked } from './question.builder.js';

const toReseller: AgreementEntryInput = { assignedTo: 'reseller' };
const toProvider: AgreementEntryInput = { assignedTo: 'provider' };

/** Decided by agreements as a list, and the same by an index of them. */
function billing(agreements: Asked['agreements'], asked: Asked = {}) {
  const facts = factsAbout('customer-billing', { subscription: ofReseller, agreements, ...asked });
  const decision = decide(facts, defaultMatrix());
  expect(decide({ ...facts, agreements: [], agreementIndex: indexAgreements(facts.agreements) }, defaultMatrix())).toEqual(decision);
  return decision;
}

describe('the more specific entry wins', () => {
  const told: Asked = {
    subscription: { ...ofReseller, customerId: 'tenant-1', supportPlan: 'gold' },
    country: 'de',
    severity: 'A',
  };
  const conditions: readonly (readonly [string, Partial<AgreementEntryInput>])[] = [
    ['an area', { area: 'customer-billing' }],
    ['a customer', { customerId: 'tenant-1' }],
    ['a support plan', { supportPlan: 'gold' }],
    ['a publisher', { publisherId: 'northwind' }],
    ['an offer', { offerId: 'payroll-suite' }],
    ['a product kind', { kind: 'saas' }],
    ['a country', { country: 'DE' }],
    ['a severity', { severity: 'A' }],
  ];

  it.each(conditions)('an entry for %s beats one for everything, wherever it stands', (_name, condition) => {
    const special = { ...condition, ...toReseller };
    expect(billing([anAgreement([toProvider, special])], told).responsible).toEqual(theReseller);
    expect(
      billing([anAgreement([special]), anAgreement([toProvider], { from: '2026-04-01' })], told).responsible,
    ).toEqual(theReseller);
  });

  it.each([
    ['an area', { area: 'payment' }],
    ['a customer', { customerId: 'tenant-2' }],
    ['a support plan', { supportPlan: 'silver' }],
    ['a publisher', { publisherId: 'contoso' }],
    ['an offer', { offerId: 'crm' }],
    ['a product kind', { kind: 'container' }],
    ['a country', { country: 'FR' }],
    ['a severity', { severity: 'C' }],
  ] as const)('an entry for another value of %s does not count', (_name, condition) => {
    expect(billing([anAgreement([{ ...condition, ...toReseller }])], told).responsible).toEqual(theProvider);
  });

  it('an entry for all areas is no more specific than one that names none', () => {
    const agreements = [
      anAgreement([toProvider], { from: '2026-02-01' }),
      anAgreement([{ area: 'all', ...toReseller }]),
    ];
    expect(billing(agreements).responsible).toEqual(theProvider);
  });

  it('with as many conditions the later agreement wins, in whatever order they are stored', () => {
    const earlier = anAgreement([{ area: 'customer-billing', ...toProvider }]);
    const later = anAgreement([{ offerId: 'payroll-suite', ...toReseller }], { from: '2026-03-01T00:00:00+02:00' });
    expect(billing([earlier, later]).responsible).toEqual(theReseller);
    expect(billing([later, earlier]).responsible).toEqual(theReseller);
  });

  it('with as many conditions the later agreement wins, though the earlier has the one that decides more', () => {
    const earlier = anAgreement([{ customerId: 'tenant-1', ...toProvider }]);
    const later = anAgreement([{ country: 'DE', ...toReseller }], { from: '2026-03-01' });
    expect(billing([earlier, later], told).responsible).toEqual(theReseller);
  });

  it('two conditions decide more than one, whichever they are', () => {
    const entries = [{ customerId: 'tenant-1', ...toProvider }, { severity: 'A', country: 'DE', ...toReseller } as const];
    expect(billing([anAgreement(entries)], told).responsible).toEqual(theReseller);
  });

  it.each([
    ['a customer', 'a support plan', { customerId: 'tenant-1' }, { supportPlan: 'gold' }],
    ['a support plan', 'an offer', { supportPlan: 'gold' }, { offerId: 'payroll-suite' }],
    ['an offer', 'a publisher', { offerId: 'payroll-suite' }, { publisherId: 'northwind' }],
    ['a publisher', 'a product kind', { publisherId: 'northwind' }, { kind: 'saas' }],
    ['a product kind', 'an area', { kind: 'saas' }, { area: 'customer-billing' }],
    ['an area', 'a severity', { area: 'customer-billing' }, { severity: 'A' }],
    ['a severity', 'a country', { severity: 'A' }, { country: 'DE' }],
  ] as const)('within one agreement %s decides more than %s', (_more, _less, more, less) => {
    const entries = [{ ...less, ...toProvider }, { ...more, ...toReseller }];
    expect(billing([anAgreement(entries)], told).responsible).toEqual(theReseller);
    expect(billing([anAgreement(entries.toReversed())], told).responsible).toEqual(theReseller);
  });

  it('a customer that is called like all areas is one customer', () => {
    expect(billing([anAgreement([{ customerId: 'all', ...toReseller }])], told).responsible).toEqual(theProvider);
  });

  it('of two agreements alike in everything the smaller id wins, so that storage never decides', () => {
    const first = anAgreement([toReseller], { id: 'a-1' });
    const second = anAgreement([toProvider], { id: 'a-2' });
    expect(billing([second, first]).responsible).toEqual(theReseller);
    expect(billing([first, second]).reasons).toContainEqual(
      expect.objectContaining({ source: 'Agreement a-1 from 2026-01-01, entry 1' }),
    );
  });

  it('of two alike of which one has no id, that one wins', () => {
    const [named, unnamed] = [anAgreement([toProvider], { id: 'A-1' }), anAgreement([toReseller])];
    expect(billing([named, unnamed]).responsible).toEqual(theReseller);
    expect(billing([unnamed, named]).responsible).toEqual(theReseller);
  });
});

describe('agreements that nothing tells apart', () => {
  it('hold in the order in which they are given', () => {
    const [toTheReseller, toTheProvider] = [anAgreement([toReseller]), anAgreement([toProvider])];
    expect(billing([toTheReseller, toTheProvider]).responsible).toEqual(theReseller);
    expect(billing([toTheProvider, toTheReseller]).responsible).toEqual(theProvider);
  });
});

describe('an agreement whose period cannot be read', () => {
  const unreadable = [{ from: 'spring' }, { to: 'autumn' }] as const;

  it.each(unreadable)('holds for no ticket (%j)', (period) => {
    expect(billing([anAgreement([toReseller], period)]).responsible).toEqual(theProvider);
  });

  it.each(unreadable)('is not looked up, since no order could have a place for it (%j)', (period) => {
    const { agreements } = factsAbout('payment', { agreements: [anAgreement([toReseller], period)] });
    expect([...indexAgreements(agreements).pairs]).toEqual([['4100', new Map([['5200', []]])]]);
  });
});

describe('an agreement holds for its pair and its period', () => {
  const untilMay = [anAgreement([toReseller], { from: '2026-05-01', to: '2026-05-04' })];

  it.each([
    ['is not in force before its first day', '2026-04-30T23:59:59Z', theProvider],
    ['is in force from the first moment of its first day', '2026-05-01T00:00:00Z', theReseller],
    ['is in force up to its end', '2026-05-03T23:59:59.999Z', theReseller],
    ['is no longer in force at its end', '2026-05-04T00:00:00Z', theProvider],
    ['reads the offset of the ticket’s time', '2026-05-04T01:30:00+02:00', theReseller],
    ['reads a time without an offset as UTC', '2026-05-03T23:30:00', theReseller],
    ['is in no force at a time that is none', 'yesterday', theProvider],
  ])('%s', (_sentence, at, responsible) => {
    expect(billing(untilMay, { at }).responsible).toEqual(responsible);
  });

  it('is another pair’s where either partner is another', () => {
    expect(billing([anAgreement([toReseller], { providerId: '4101' })]).responsible).toEqual(theProvider);
    expect(billing([anAgreement([toReseller], { resellerId: '5201' })]).responsible).toEqual(theProvider);
  });
});

describe('the pair is that of the subscription', () => {
  const withoutReseller = { partner: { model: 'indirect', providerId: '4100' } } as const;

  it('the reseller associated with the customer counts where the subscription names none', () => {
    const subscription = { ...withoutReseller, customerResellerId: '5200' };
    expect(billing([anAgreement([toReseller])], { subscription }).responsible).toEqual(theReseller);
  });

  it('the reseller of record outranks the one associated with the customer', () => {
    const subscription = { ...ofReseller, customerResellerId: '5999' };
    expect(billing([anAgreement([toReseller])], { subscription }).responsible).toEqual(theReseller);
  });

  it('without any reseller the provider acts alone', () => {
    const decision = billing([anAgreement([toReseller])], { subscription: withoutReseller });
    expect(decision).toMatchObject({ responsible: theProvider, informed: [] });
    expect(codesOf(decision)).toContain('no-reseller-known');
  });

  it('without a known provider no agreement can be found', () => {
    const subscription = { partner: { model: 'indirect', resellerId: '5200' } } as const;
    expect(billing([anAgreement([toReseller])], { subscription })).toMatchObject({
      responsible: { role: 'indirect-provider', partyId: null },
      informed: [theReseller],
      queue: 'unassigned',
    });
  });
});

describe('a shared matter', () => {
  const shared = (accountable?: 'provider' | 'reseller') =>
    billing([anAgreement([{ assignedTo: 'shared', accountable }])]);

  it('is both partners’, and goes to the accountable one first while the other is told', () => {
    expect(shared('reseller')).toMatchObject({
      responsible: { role: 'shared', parties: [theReseller, theProvider] },
      accountable: theReseller,
      firstContact: theReseller,
      informed: [theProvider],
      escalation: [microsoft],
      queue: 'partner/5200',
    });
    expect(codesOf(shared('reseller'))).toContain('shared-by-agreement');
  });

  it('is the provider’s to answer for where nobody is named', () => {
    expect(shared()).toMatchObject({ accountable: theProvider, firstContact: theProvider, informed: [theReseller] });
  });

  it('is told to both where the publisher is responsible and the partner hears first', () => {
    const decision = decisionOn('activation', {
      subscription: ofReseller,
      agreements: [anAgreement([{ assignedTo: 'shared', accountable: 'provider' }])],
    });
    expect(decision).toMatchObject({
      responsible: thePublisher,
      accountable: null,
      firstContact: theProvider,
      informed: [theReseller],
    });
  });

  it('stays where it is if it came from the accountable partner’s system', () => {
    const agreements = [anAgreement([{ assignedTo: 'shared', accountable: 'provider' }])];
    expect(billing(agreements, { source: { partyId: '4100' } }).stays).toBe(true);
    expect(billing(agreements, { source: { partyId: '5200' } }).stays).toBe(false);
  });
});

describe('without an agreement in force', () => {
  it('the support contact designated on the subscription acts', () => {
    const decision = billing([], { subscription: { ...ofReseller, supportContact: 'reseller' } });
    expect(decision).toMatchObject({ responsible: theReseller, escalation: [theProvider, microsoft], informed: [] });
    expect(codesOf(decision)).toEqual(expect.arrayContaining(['no-agreement-in-force', 'support-contact-designated']));
  });

  it('a designated provider acts, and the reseller is told to ask it', () => {
    const decision = billing([], { subscription: { ...ofReseller, supportContact: 'provider' } });
    expect(decision).toMatchObject({ responsible: theProvider, informed: [theReseller] });
    expect(codesOf(decision)).toContain('support-contact-designated');
  });

  it('the provider is the default, and the reason says so', () => {
    expect(codesOf(billing([]))).toContain('provider-by-default');
  });

  it('an agreement in force outranks the designated support contact', () => {
    const subscription = { ...ofReseller, supportContact: 'provider' } as const;
    expect(billing([anAgreement([toReseller])], { subscription }).responsible).toEqual(theReseller);
  });
});
