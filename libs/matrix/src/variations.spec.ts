import type { Decision } from './decision.js';
import {
  anAgreement,
  anOffer,
  boughtDirectly,
  codesOf,
  decisionOn,
  directBill,
  microsoft,
  ofReseller,
  thePartner,
  theProvider,
  thePublisher,
  theReseller,
} from './question.builder.js';
import type { Asked } from './question.builder.js';
import type { Area } from './vocabulary.js';

type Case = readonly [
  sentence: string,
  area: Area | null,
  asked: Asked,
  expected: object,
  code: Decision['reasons'][number]['code'],
];

const firstParty = anOffer({ ownership: 'first-party', publisherId: null, contacts: {} });
const outage = {
  id: 'n-1',
  offerId: 'payroll-suite',
  startedAt: '2026-05-04T08:00:00Z',
  endedAt: '2026-05-04T12:00:00Z',
};
const partnerFirst = { partnerFirst: true };

function describeCases(title: string, cases: readonly Case[]): void {
  describe(title, () => {
    it.each(cases)('%s', (...[, area, asked, expected, code]) => {
      const decision = decisionOn(area, asked);
      expect(decision).toMatchObject(expected);
      expect(codesOf(decision)).toContain(code);
    });
  });
}

describeCases('bought directly', [
  [
    'billing goes to Microsoft’s customer support, as information for the asker',
    'customer-billing',
    { subscription: boughtDirectly },
    {
      responsible: microsoft,
      firstContact: microsoft,
      informationOnly: true,
      handsOver: null,
      informed: [],
      escalation: [],
      contacts: [],
      missing: [],
      queue: 'microsoft/customer-billing',
    },
    'bought-directly',
  ],
  [
    'all other support is Microsoft’s customer support’s too, for there is no partner',
    'other',
    { subscription: boughtDirectly },
    { responsible: microsoft, informationOnly: true },
    'bought-directly',
  ],
  [
    'a partner named on the subscription still has no part in billing',
    'payment',
    { subscription: { ...directBill, channel: 'customer-direct' }, asker: 'partner' },
    { responsible: microsoft, informationOnly: true, informed: [], handsOver: null },
    'bought-directly',
  ],
  [
    'break-fix stays the publisher’s, with no partner informed',
    'break-fix',
    { subscription: { ...directBill, channel: 'customer-direct' } },
    { responsible: thePublisher, firstContact: thePublisher, informed: [], escalation: [], queue: 'isv/northwind' },
    'bought-directly',
  ],
  [
    'activation goes to the publisher without a partner between them',
    'activation',
    { subscription: boughtDirectly },
    { responsible: thePublisher, firstContact: thePublisher, escalation: [] },
    'bought-directly',
  ],
  [
    'partner-first does not apply, for no partner sold it',
    'break-fix',
    { subscription: { ...directBill, channel: 'customer-direct' }, preferences: partnerFirst },
    { firstContact: thePublisher },
    'bought-directly',
  ],
  [
    'a customer’s failing order is told to Microsoft’s customer support',
    'commerce-transaction',
    { subscription: boughtDirectly },
    { firstContact: microsoft, informationOnly: true, handsOver: null },
    'bought-directly',
  ],
  [
    'a publisher still asks Microsoft about its offer',
    'offer-management',
    { subscription: boughtDirectly, asker: 'isv-publisher' },
    { firstContact: microsoft, informationOnly: false },
    'asked-by-publisher',
  ],
  [
    'Microsoft’s own product has nobody but Microsoft',
    'break-fix',
    { subscription: boughtDirectly, offer: firstParty },
    { responsible: microsoft, firstContact: microsoft, informationOnly: true, handsOver: null },
    'bought-directly',
  ],
  [
    'an outage attaches the ticket, and informs no partner',
    'break-fix',
    { subscription: { ...directBill, channel: 'customer-direct' }, openHealthNotices: [outage] },
    { attachedTo: 'n-1', informed: [] },
    'attached-to-outage',
  ],
]);

describeCases('Microsoft’s own products', [
  [
    'the partner hears first of a malfunction and hands it to Microsoft',
    'break-fix',
    { offer: firstParty },
    {
      responsible: microsoft,
      firstContact: thePartner,
      handsOver: thePartner,
      escalation: [],
      informed: [],
      queue: 'partner/3100',
    },
    'first-party-product',
  ],
  [
    'the partner checks an outage before Microsoft hears of it',
    'service-health',
    { offer: firstParty, subscription: ofReseller },
    { responsible: microsoft, firstContact: theProvider, handsOver: theProvider },
    'first-party-product',
  ],
  [
    'how-to questions are the partner’s',
    'user-support',
    { offer: firstParty },
    { responsible: thePartner, firstContact: thePartner, escalation: [microsoft] },
    'first-party-product',
  ],
  [
    'licences are the partner’s',
    'licence-management',
    { offer: firstParty },
    { responsible: thePartner, escalation: [microsoft] },
    'first-party-product',
  ],
  [
    'account set-up involves no publisher',
    'account-setup',
    { offer: firstParty },
    { responsible: thePartner, escalation: [microsoft] },
    'first-party-product',
  ],
  [
    'a deployment involves no publisher',
    'azure-deployment',
    { offer: firstParty },
    { responsible: microsoft, escalation: [], contacts: [{ party: thePartner }] },
    'first-party-product',
  ],
  [
    'a reseller’s malfunction goes to its provider first',
    'break-fix',
    { offer: firstParty, subscription: ofReseller, asker: 'indirect-reseller' },
    { firstContact: theProvider, handsOver: theProvider },
    'asked-by-reseller',
  ],
  [
    'partner-first changes nothing, for the partner is first anyway',
    'user-support',
    { offer: firstParty, preferences: partnerFirst },
    { variations: ['first-party-first-line'] },
    'first-party-product',
  ],
  [
    'an open outage attaches the ticket, and nothing is handed over again',
    'break-fix',
    { offer: firstParty, openHealthNotices: [outage] },
    { attachedTo: 'n-1', handsOver: null, firstContact: thePartner },
    'attached-to-outage',
  ],
]);

describeCases('partner-first support', [
  [
    'the partner hears first of break-fix, and the publisher stays responsible',
    'break-fix',
    { preferences: partnerFirst },
    {
      responsible: thePublisher,
      firstContact: thePartner,
      informed: [],
      queue: 'partner/3100',
      row: 'break-fix',
      variations: ['partner-first'],
    },
    'partner-first',
  ],
  [
    'the reseller hears first where the agreement names it',
    'user-support',
    { preferences: partnerFirst, subscription: ofReseller, agreements: [anAgreement([{ assignedTo: 'reseller' }])] },
    { responsible: thePublisher, firstContact: theReseller },
    'partner-first',
  ],
  [
    'it holds for a publisher',
    'break-fix',
    { preferences: { partnerFirst: [{ publisherId: 'northwind' }] } },
    { firstContact: thePartner },
    'partner-first',
  ],
  [
    'it holds for an offer and a partner',
    'break-fix',
    { preferences: { partnerFirst: [{ offerId: 'payroll-suite', partnerId: '3100' }] } },
    { firstContact: thePartner },
    'partner-first',
  ],
  [
    'another publisher’s preference does not count',
    'break-fix',
    { preferences: { partnerFirst: [{ publisherId: 'contoso' }] } },
    { firstContact: thePublisher },
    'matrix-row',
  ],
  [
    'another offer’s preference does not count',
    'break-fix',
    { preferences: { partnerFirst: [{ offerId: 'contoso' }] } },
    { firstContact: thePublisher },
    'matrix-row',
  ],
  [
    'another partner’s preference does not count',
    'break-fix',
    { preferences: { partnerFirst: [{ partnerId: '9' }] } },
    { firstContact: thePublisher },
    'matrix-row',
  ],
  [
    'an outage goes to the publisher at once all the same',
    'service-health',
    { preferences: partnerFirst },
    { firstContact: thePublisher, informed: [thePartner] },
    'partner-first-not-for-area',
  ],
  [
    'the partner’s own ticket goes to the publisher all the same',
    'break-fix',
    { preferences: partnerFirst, asker: 'partner' },
    { firstContact: thePublisher },
    'asked-by-partner',
  ],
  [
    'an open outage outranks it, and the partner is told',
    'break-fix',
    { preferences: partnerFirst, openHealthNotices: [outage] },
    { firstContact: thePublisher, informed: [thePartner], attachedTo: 'n-1' },
    'attached-to-outage',
  ],
]);

describeCases('who asks', [
  [
    'a partner asks the publisher directly',
    'break-fix',
    { asker: 'partner' },
    { firstContact: thePublisher, informed: [], queue: 'isv/northwind' },
    'asked-by-partner',
  ],
  [
    'a reseller asks the publisher directly as well',
    'user-support',
    { asker: 'indirect-reseller', subscription: ofReseller },
    { firstContact: thePublisher, informed: [] },
    'asked-by-partner',
  ],
  [
    'a reseller asks the publisher about activation, and its provider comes before Microsoft',
    'activation',
    { asker: 'indirect-reseller', subscription: ofReseller },
    { firstContact: thePublisher, escalation: [theProvider, microsoft] },
    'escalated-through',
  ],
  [
    'a partner asks the publisher for documentation directly',
    'documentation',
    { asker: 'direct-bill-partner' },
    { firstContact: thePublisher, reachedBy: 'csp-program' },
    'asked-by-partner',
  ],
  [
    'a direct-bill partner asks Microsoft itself',
    'partner-billing',
    { asker: 'direct-bill-partner' },
    { firstContact: microsoft, handsOver: thePartner, queue: 'microsoft/partner-billing' },
    'asked-by-partner',
  ],
  [
    'a provider asks Microsoft itself',
    'commerce-transaction',
    { asker: 'indirect-provider', subscription: ofReseller },
    { firstContact: microsoft, handsOver: theProvider },
    'asked-by-partner',
  ],
  [
    'a generic partner of an indirect pair is taken for the reseller',
    'partner-billing',
    { asker: 'partner', subscription: ofReseller },
    { firstContact: theProvider, handsOver: theProvider },
    'asked-by-reseller',
  ],
  [
    'a generic partner whose system is the provider’s is the provider',
    'partner-billing',
    { asker: 'partner', subscription: ofReseller, source: { partyId: '4100' } },
    { firstContact: microsoft, handsOver: theProvider },
    'asked-by-partner',
  ],
  [
    'a generic partner of a provider without a reseller is the provider',
    'partner-billing',
    { asker: 'partner', subscription: { partner: { model: 'indirect', providerId: '4100' } } },
    { firstContact: microsoft, handsOver: theProvider },
    'asked-by-partner',
  ],
  [
    'a generic partner, of a pair whose provider nobody knows, is taken for the reseller',
    'partner-billing',
    { asker: 'partner', subscription: { partner: { model: 'indirect', resellerId: '5200' } } },
    { firstContact: { role: 'indirect-provider', partyId: null }, handsOver: { role: 'indirect-provider', partyId: null } },
    'asked-by-reseller',
  ],
  [
    'a generic partner without a subscription is taken for one that bills directly',
    'partner-billing',
    { asker: 'partner', subscription: null },
    { firstContact: microsoft, handsOver: { role: 'direct-bill-partner', partyId: null } },
    'asked-by-partner',
  ],
  [
    'a provider without a subscription is a provider',
    'payment',
    { asker: 'indirect-provider', subscription: null },
    { responsible: { role: 'indirect-provider', partyId: null } },
    'partner-unknown',
  ],
  [
    'a reseller nobody knows the provider of is still sent to a provider',
    'commerce-transaction',
    { asker: 'indirect-reseller', subscription: null },
    { firstContact: { role: 'indirect-provider', partyId: null }, queue: 'unassigned' },
    'partner-unknown',
  ],
  [
    'a publisher asks Microsoft about commerce',
    'commerce-transaction',
    { asker: 'isv-publisher' },
    { firstContact: microsoft, handsOver: null, queue: 'microsoft/commerce-transaction' },
    'asked-by-publisher',
  ],
  [
    'a publisher’s note on its own outage stays the publisher’s, and the partner is informed',
    'service-health',
    { asker: 'isv-publisher' },
    { firstContact: thePublisher, informed: [thePartner] },
    'asker-is-responsible',
  ],
  [
    'a partner’s question about its own billing is its own',
    'customer-billing',
    { asker: 'direct-bill-partner' },
    { firstContact: thePartner, escalation: [microsoft] },
    'asker-is-responsible',
  ],
  [
    'Microsoft asks the publisher, by its engineering contact',
    'break-fix',
    { asker: 'microsoft' },
    { firstContact: thePublisher, reachedBy: 'engineering', informed: [] },
    'asked-by-microsoft',
  ],
  [
    'Microsoft’s question about its own matter is its own',
    'offer-management',
    { asker: 'microsoft' },
    { firstContact: microsoft, handsOver: null },
    'asked-by-microsoft',
  ],
  [
    'a customer never asks Microsoft itself',
    'account-support',
    {},
    { firstContact: thePartner, handsOver: thePartner },
    'customer-never-asks-microsoft',
  ],
]);

describeCases('licensing model and cloud', [
  ['the publisher activates software as a service', 'activation', {}, { responsible: thePublisher }, 'licensing-model'],
  [
    'quota of a virtual machine is a question for Azure support',
    'azure-deployment',
    { offer: anOffer({ kind: 'virtual-machine' }) },
    { responsible: microsoft, firstContact: thePartner, handsOver: thePartner },
    'licensing-model',
  ],
  [
    'China waits for a person and says so',
    'break-fix',
    { cloud: 'china' },
    { responsible: null, firstContact: null, contacts: [], queue: 'unassigned', row: 'cloud-china' },
    'cloud-not-served',
  ],
  [
    'an unclassified ticket in China is not triaged first',
    null,
    { cloud: 'china' },
    { queue: 'unassigned', missing: ['ticket.area'] },
    'cloud-not-served',
  ],
  [
    'an unclassified ticket goes to triage',
    null,
    {},
    { responsible: null, queue: 'triage', row: 'not-classified', missing: ['ticket.area'] },
    'not-classified',
  ],
  [
    'an offer that is not listed for the cloud is remarked on',
    'payment',
    { cloud: 'us-government', offer: anOffer({ clouds: ['public'] }) },
    { firstContact: thePartner },
    'offer-not-in-cloud',
  ],
]);

describeCases('an open outage', [
  [
    'how-to questions join it too',
    'user-support',
    { openHealthNotices: [outage] },
    { attachedTo: 'n-1' },
    'attached-to-outage',
  ],
  [
    'it counts from its first moment',
    'break-fix',
    { openHealthNotices: [outage], at: '2026-05-04T08:00:00Z' },
    { attachedTo: 'n-1' },
    'attached-to-outage',
  ],
  [
    'it no longer counts at its end',
    'break-fix',
    { openHealthNotices: [outage], at: '2026-05-04T12:00:00Z' },
    { attachedTo: null },
    'matrix-row',
  ],
  [
    'it does not count before it began',
    'break-fix',
    { openHealthNotices: [outage], at: '2026-05-04T07:59:59Z' },
    { attachedTo: null },
    'matrix-row',
  ],
  [
    'another offer’s outage does not count',
    'break-fix',
    { openHealthNotices: [{ ...outage, offerId: 'else' }] },
    { attachedTo: null },
    'matrix-row',
  ],
  [
    'one of no offer is not that of a ticket without an offer',
    'break-fix',
    { offer: null, openHealthNotices: [{ id: 'n-1' }] },
    { attachedTo: null },
    'offer-unknown',
  ],
  ['billing does not join it', 'payment', { openHealthNotices: [outage] }, { attachedTo: null }, 'matrix-row'],
  [
    'the partner’s own ticket joins it as well, and the partner is told',
    'break-fix',
    { openHealthNotices: [outage], asker: 'partner' },
    { attachedTo: 'n-1', informed: [thePartner] },
    'attached-to-outage',
  ],
  [
    'of two the earlier one counts',
    'break-fix',
    { openHealthNotices: [outage, { id: 'n-0', startedAt: null }] },
    { attachedTo: 'n-0' },
    'attached-to-outage',
  ],
  [
    'of two that began together the smaller id counts',
    'break-fix',
    { openHealthNotices: [outage, { ...outage, id: 'n-0' }] },
    { attachedTo: 'n-0' },
    'attached-to-outage',
  ],
  [
    'no contact is needed, for nobody is paged',
    'break-fix',
    { openHealthNotices: [outage], offer: anOffer({ contacts: {} }) },
    { queue: 'isv/northwind' },
    'attached-to-outage',
  ],
]);

describeCases('already there', [
  [
    'a ticket from the publisher’s own system stays with the publisher',
    'break-fix',
    { source: { partyId: 'northwind' } },
    { stays: true, firstContact: thePublisher, informed: [], queue: 'isv/northwind' },
    'already-there',
  ],
  [
    'it stays though the partner would hear first',
    'activation',
    { source: { partyId: 'northwind' } },
    { stays: true, firstContact: thePublisher, contacts: [{ party: thePublisher, for: 'customer' }] },
    'already-there',
  ],
  [
    'a ticket from the reseller’s system stays with a reseller that is responsible',
    'payment',
    { subscription: ofReseller, agreements: [anAgreement([{ assignedTo: 'reseller' }])], source: { partyId: '5200' } },
    { stays: true, firstContact: theReseller },
    'already-there',
  ],
  [
    'a ticket from the provider’s system stays, and the reseller is left alone',
    'payment',
    { subscription: ofReseller, source: { partyId: '4100' } },
    { stays: true, firstContact: theProvider, informed: [] },
    'already-there',
  ],
  [
    'a ticket from the partner’s system still goes to a publisher that is responsible',
    'break-fix',
    { source: { partyId: '3100' } },
    { stays: false, firstContact: thePublisher },
    'matrix-row',
  ],
  [
    'a ticket from Microsoft’s system stays with Microsoft',
    'commerce-transaction',
    { source: { partyId: 'microsoft' } },
    { stays: true, firstContact: microsoft, handsOver: null, queue: 'microsoft/commerce-transaction' },
    'already-there',
  ],
  [
    'an outage attaches it as well, and the partner is told',
    'break-fix',
    { source: { partyId: 'northwind' }, openHealthNotices: [outage] },
    { stays: true, attachedTo: 'n-1', informed: [thePartner] },
    'attached-to-outage',
  ],
  [
    'it needs no contact, for it is not sent',
    'break-fix',
    { source: { partyId: 'northwind' }, offer: anOffer({ contacts: {} }) },
    { queue: 'isv/northwind' },
    'already-there',
  ],
]);
