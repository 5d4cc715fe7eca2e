import { decide } from './decide.js';
import type { Party } from './decision.js';
import { factsOf } from './facts-of.js';
import {
  anAgreement,
  decisionOn,
  defaultMatrix,
  microsoft,
  NOW,
  ofReseller,
  thePartner,
  theProvider,
  thePublisher,
  theReseller,
} from './question.builder.js';
import { AREAS } from './vocabulary.js';
import type { Area } from './vocabulary.js';

type Line = readonly [
  sentence: string,
  area: Area,
  responsible: Party,
  firstContact: Party,
  escalation: readonly Party[],
  queue: string,
];

const asCustomerOfDirectBill: readonly Line[] = [
  [
    'questions about the bill are the partner’s, which may ask Microsoft',
    'customer-billing',
    thePartner,
    thePartner,
    [microsoft],
    'partner/3100',
  ],
  [
    'cancelling a subscription is the partner’s',
    'subscription-management',
    thePartner,
    thePartner,
    [microsoft],
    'partner/3100',
  ],
  [
    'setting up the account is the partner’s, with help from publisher and Microsoft',
    'account-setup',
    thePartner,
    thePartner,
    [thePublisher, microsoft],
    'partner/3100',
  ],
  ['payment is the partner’s', 'payment', thePartner, thePartner, [microsoft], 'partner/3100'],
  ['how-to questions go to the publisher', 'user-support', thePublisher, thePublisher, [thePublisher], 'isv/northwind'],
  ['a broken product goes to its publisher', 'break-fix', thePublisher, thePublisher, [thePublisher], 'isv/northwind'],
  ['an outage goes to the publisher', 'service-health', thePublisher, thePublisher, [thePublisher], 'isv/northwind'],
  ['a broken commitment goes to the publisher', 'service-level', thePublisher, thePublisher, [], 'isv/northwind'],
  [
    'documentation is asked of the publisher by the partner',
    'documentation',
    thePublisher,
    thePartner,
    [],
    'partner/3100',
  ],
  ['training is asked of the publisher by the partner', 'training', thePublisher, thePartner, [], 'partner/3100'],
  [
    'activation is the publisher’s, heard first by the partner',
    'activation',
    thePublisher,
    thePartner,
    [microsoft],
    'partner/3100',
  ],
  [
    'licences per user are the publisher’s, heard first by the partner',
    'licence-management',
    thePublisher,
    thePartner,
    [],
    'partner/3100',
  ],
  [
    'a customer’s question on an offer’s listing reaches Microsoft through the partner',
    'offer-management',
    microsoft,
    thePartner,
    [],
    'partner/3100',
  ],
  [
    'a failing order is Microsoft’s, handed over by the partner',
    'commerce-transaction',
    microsoft,
    thePartner,
    [],
    'partner/3100',
  ],
  [
    'a partner’s invoice is Microsoft’s, even where a customer asks through the partner',
    'partner-billing',
    microsoft,
    thePartner,
    [],
    'partner/3100',
  ],
  [
    'a Partner Center account is Microsoft’s, even where a customer asks through the partner',
    'account-support',
    microsoft,
    thePartner,
    [],
    'partner/3100',
  ],
  [
    'a failing Azure deployment is Microsoft’s, with the publisher for the application',
    'azure-deployment',
    microsoft,
    thePartner,
    [thePublisher],
    'partner/3100',
  ],
  ['everything else is the partner’s', 'other', thePartner, thePartner, [], 'partner/3100'],
];

describe('the responsibility matrix, as the customer of a direct-bill partner asks', () => {
  it.each(asCustomerOfDirectBill)('%s', (...[, area, responsible, firstContact, escalation, queue]) => {
    expect(decisionOn(area)).toMatchObject({
      responsible,
      firstContact,
      escalation,
      queue,
      row: area,
      accountable: null,
    });
  });

  it('has a tested line for every area', () => {
    expect(asCustomerOfDirectBill.map(([, area]) => area)).toEqual([...AREAS]);
  });

  it('names the partner that hands over exactly where Microsoft is responsible', () => {
    for (const area of AREAS) {
      const { responsible, handsOver } = decisionOn(area);
      expect(handsOver).toEqual(responsible?.role === 'microsoft' ? thePartner : null);
    }
  });

  it('informs the partner of what goes to the publisher directly, and of nothing else', () => {
    const informing = AREAS.filter((area) => decisionOn(area).informed.length > 0);
    expect(informing).toEqual(['user-support', 'break-fix', 'service-health', 'service-level']);
    expect(decisionOn('break-fix').informed).toEqual([thePartner]);
  });
});

describe('the matrix for an indirect pair whose agreement gives everything to the reseller', () => {
  const agreed = { subscription: ofReseller, agreements: [anAgreement([{ assignedTo: 'reseller' }])] };
  const escalations: readonly (readonly [Area, readonly Party[]])[] = [
    ['payment', [theProvider, microsoft]],
    ['account-setup', [theProvider, thePublisher, microsoft]],
    ['other', [theProvider]],
    ['activation', [theProvider, microsoft]],
    ['commerce-transaction', []],
  ];

  it.each(escalations)(
    'the reseller hears first of %s, and Microsoft is asked through the provider',
    (area, escalation) => {
      expect(decisionOn(area, agreed)).toMatchObject({ firstContact: theReseller, escalation, queue: 'partner/5200' });
    },
  );

  it('lets the provider, not the reseller, hand a failing order over', () => {
    expect(decisionOn('commerce-transaction', agreed).handsOver).toEqual(theProvider);
  });
});

describe('a question that names nothing but its area', () => {
  const alone = (area: Area) => decide(factsOf({ ticket: { area } }, NOW), defaultMatrix());

  it('is answered with the roles, and waits for a person since nobody is known', () => {
    expect(alone('payment')).toMatchObject({
      responsible: { role: 'direct-bill-partner', partyId: null },
      firstContact: { role: 'direct-bill-partner', partyId: null },
      queue: 'unassigned',
      missing: ['subscription'],
    });
    expect(alone('break-fix')).toMatchObject({
      responsible: { role: 'isv-publisher', partyId: null },
      informed: [],
      queue: 'unassigned',
      missing: ['offer', 'subscription'],
    });
  });

  it('says what it did not know', () => {
    expect(alone('payment').reasons.map(({ code }) => code)).toContain('partner-unknown');
    expect(alone('break-fix').reasons.map(({ code }) => code)).toContain('offer-unknown');
  });

  it('takes a missing part of what was given as not known', () => {
    const facts = factsOf({ ticket: { area: 'break-fix' }, offer: {}, subscription: {} }, NOW);
    expect(decide(facts, defaultMatrix()).missing).toEqual([
      'offer.publisherId',
      'offer.contacts',
      'subscription.partner',
    ]);
  });
});
