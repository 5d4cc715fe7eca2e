import type { EventOf, Gap, TicketFields, TicketReceived } from '@handoff/contracts';
import { AREAS, ASKERS, CLOUDS, problemsOf } from '@handoff/contracts';
import { compile, DEFAULT_MATRIX } from '@handoff/matrix';
import { aTicketReceived } from '@handoff/testing';
import fc from 'fast-check';
import { DEMO_DIRECTORY } from '../directory/demo-directory.fixture.js';
import type { Customer, DirectorySlice, Offer, Partner, Subscription } from '../directory/directory.js';
import { mergeTicket } from '../tickets/merge-ticket.decision.js';
import { rerouteTicket, saysOther } from './reroute-ticket.decision.js';
import { type Routed, routeTicket } from './route-ticket.decision.js';

const MATRIX = compile(DEFAULT_MATRIX);
const NOW = '2026-11-02T08:00:01.000Z';

const byId = <T extends { readonly id: string }>(entries: readonly T[]): ReadonlyMap<string, T> => new Map(entries.map((entry) => [entry.id, entry]));
const DEMO: DirectorySlice = {
  publishers: byId(DEMO_DIRECTORY.publishers), offers: byId(DEMO_DIRECTORY.offers), partners: byId(DEMO_DIRECTORY.partners), customers: byId(DEMO_DIRECTORY.customers),
  subscriptions: byId(DEMO_DIRECTORY.subscriptions), agreements: DEMO_DIRECTORY.agreements, calendars: new Map(), healthNotices: [],
};
const without = <K extends 'publishers' | 'offers' | 'partners' | 'customers' | 'subscriptions'>(kind: K, ...ids: string[]): DirectorySlice =>
  ({ ...DEMO, [kind]: new Map([...(DEMO[kind] as ReadonlyMap<string, unknown>)].filter(([id]) => !ids.includes(id))) });
const withEntry = (kind: 'offers' | 'partners' | 'customers' | 'subscriptions', entry: Offer | Partner | Customer | Subscription, directory = DEMO): DirectorySlice =>
  ({ ...directory, [kind]: new Map<string, unknown>([...directory[kind], [entry.id, entry]]) });

type Told = Partial<Omit<TicketReceived, 'ticket'>> & { readonly ticket?: TicketFields };
const NOTHING = { offerId: null, customerId: null, subscriptionId: null };

function route(told: Told, directory = DEMO): Routed {
  const event = aTicketReceived(told as Parameters<typeof aTicketReceived>[0]);
  return routeTicket({ former: null, event, state: mergeTicket(null, event.data), directory, matrix: MATRIX, now: NOW });
}

function gapsAfter(told: Told, directory = DEMO): { readonly queue: string; readonly gaps: readonly Gap[]; readonly sentTo: readonly string[] } {
  const { ticket, events } = route(told, directory);
  const [routed] = events as [EventOf<'handoff.ticket.routed.v1'>];
  expect(problemsOf(routed.type, routed.data)).toEqual([]);
  return { queue: ticket.decision.queue, gaps: ticket.decision.gaps ?? [], sentTo: routed.data.recipients.map(({ purpose, destination }) => `${purpose} ${destination}`) };
}

const named = (gaps: readonly Gap[]) => gaps.map(({ code, kind, key, queue }) => [code, kind, key, queue]);

describe('what a decision lacked', () => {
  it('is nothing where the directory knows all that the ticket names', () => {
    expect(gapsAfter({ ticket: { area: 'break-fix', subscriptionId: 'wingtip-crm' } }).gaps).toEqual([]);
  });

  it('is the offer that the ticket names and the directory lacks', () => {
    const { gaps } = gapsAfter({ ticket: { area: 'break-fix', offerId: 'unheard-of' } });
    expect(named(gaps)).toEqual([['offer-unknown', 'offer', 'unheard-of', 'unassigned']]);
    expect(gaps[0]?.remedy).toContain('PUT /v1/offers/unheard-of');
  });

  it('is an unknown offer also where the partner acts without it', () => {
    expect(named(gapsAfter({ ticket: { area: 'payment', offerId: 'unheard-of' } }).gaps)).toEqual([['offer-unknown', 'offer', 'unheard-of', 'partner/3001']]);
  });

  it('is an offer at all, where its publisher must act and none is named', () => {
    expect(named(gapsAfter({ ticket: { area: 'break-fix', offerId: null } }).gaps)).toEqual([['offer-not-named', 'ticket', 'offerId', 'unassigned']]);
    expect(gapsAfter({ ticket: { area: 'payment', offerId: null } }).gaps).toEqual([]);
  });

  it('is the customer that the directory lacks', () => {
    const { gaps, queue } = gapsAfter({ ticket: { area: 'payment', customerId: 'a-stranger' } });
    expect(queue).toBe('unassigned');
    expect(named(gaps)).toContainEqual(['customer-unknown', 'customer', 'a-stranger', 'unassigned']);
  });

  it('is the customer also where the partner is known by the system that told of it', () => {
    expect(named(gapsAfter({ sourceParty: 'partner/3001', ticket: { area: 'payment', customerId: 'a-stranger' } }).gaps)).toEqual([['customer-unknown', 'customer', 'a-stranger', 'partner/3001']]);
  });

  it('is the subscription that the directory lacks', () => {
    expect(named(gapsAfter({ ticket: { area: 'break-fix', subscriptionId: 'S-0' } }).gaps)).toEqual([['subscription-unknown', 'subscription', 'S-0', 'isv/contoso']]);
  });

  it('is who is right, where the subscription belongs to another customer', () => {
    const { gaps, sentTo } = gapsAfter({ ticket: { area: 'payment', customerId: 'wingtip', subscriptionId: 'proseware-crm' } });
    expect(named(gaps)).toEqual([['subscription-of-another-customer', 'subscription', 'proseware-crm', 'unassigned']]);
    expect(sentTo).toEqual([]);
  });

  it('is who is right, where another partner sold the subscription: that partner is not shown the ticket', () => {
    const { gaps, sentTo } = gapsAfter({ sourceParty: 'partner/3001', ticket: { area: 'payment', customerId: null, subscriptionId: 'woodgrove-crm' } });
    expect(named(gaps)).toEqual([['subscription-of-another-partner', 'subscription', 'woodgrove-crm', 'unassigned']]);
    expect(sentTo).toEqual([]);
  });

  it('is who is right about the customer as well, where the ticket names both', () => {
    const { gaps, sentTo } = gapsAfter({ sourceParty: 'partner/3001', ticket: { area: 'payment', customerId: 'woodgrove', subscriptionId: 'woodgrove-crm' } });
    expect(named(gaps)).toEqual([['subscription-of-another-partner', 'subscription', 'woodgrove-crm', 'unassigned'], ['customer-of-another-partner', 'customer', 'woodgrove', 'unassigned']]);
    expect(sentTo).toEqual([]);
  });

  it('is who is right, where the customer buys from others than the partner whose system told of it', () => {
    const ticket = { area: 'payment', customerId: 'woodgrove', subscriptionId: null, offerId: null } as const;
    const { gaps, sentTo } = gapsAfter({ sourceParty: 'partner/3001', ticket });
    expect(named(gaps)).toEqual([['customer-of-another-partner', 'customer', 'woodgrove', 'unassigned']]);
    expect(sentTo).toEqual([]);
    for (const sourceParty of ['partner/1001', 'partner/2002', null]) expect(gapsAfter({ sourceParty, ticket }).gaps).toEqual([]);
    const customer = DEMO.customers.get('woodgrove') as Customer;
    const alsoTheirs = withEntry('customers', { ...customer, relationships: [{ soldBy: { model: 'direct-bill', partnerId: '3001' } }] });
    expect(gapsAfter({ sourceParty: 'partner/3001', ticket }, alsoTheirs).gaps).toEqual([]);
  });

  it('does not stop a ticket whose answer does not hang on the disputed subscription, and still keeps it from the other partner', () => {
    const { gaps, sentTo } = gapsAfter({ sourceParty: 'partner/3001', ticket: { area: 'break-fix', customerId: null, subscriptionId: 'woodgrove-crm' } });
    expect(named(gaps)).toEqual([['subscription-of-another-partner', 'subscription', 'woodgrove-crm', 'isv/contoso']]);
    expect(sentTo).toEqual(['act isv/contoso', 'inform partner/3001']);
  });

  it('is no dispute where provider and reseller share the sale, or the sale names no reseller', () => {
    for (const sourceParty of ['partner/1001', 'partner/2002']) expect(gapsAfter({ sourceParty, ticket: { area: 'payment', customerId: 'woodgrove', subscriptionId: 'woodgrove-crm' } }).gaps).toEqual([]);
    const directory = withEntry('subscriptions', { id: 'open', customerId: 'woodgrove', offerId: 'contoso-crm', channel: 'csp', soldBy: { model: 'indirect', providerId: '1001' } });
    expect(gapsAfter({ sourceParty: 'partner/2003', ticket: { area: 'payment', customerId: 'woodgrove', subscriptionId: 'open' } }, directory).gaps).toEqual([]);
  });

  it('is a contact of the offer', () => {
    const offer = DEMO.offers.get('contoso-crm') as Offer;
    const { gaps } = gapsAfter({ ticket: { area: 'break-fix' } }, withEntry('offers', { ...offer, listing: {} }));
    expect(named(gaps)).toEqual([['offer-without-contact', 'offer', 'contoso-crm', 'unassigned']]);
  });

  it('is the provider of a reseller that nobody names', () => {
    const { gaps } = gapsAfter({ sourceParty: 'partner/2002', ticket: { ...NOTHING, area: 'commerce-transaction', customerId: 'a-stranger' } });
    expect(named(gaps)).toEqual(expect.arrayContaining([
      ['provider-unknown', 'partner', '2002', 'unassigned'], ['customer-unknown', 'customer', 'a-stranger', 'unassigned'], ['partner-not-named', 'customer', 'a-stranger', 'unassigned'],
    ]));
  });

  it('is the publisher of the offer', () => {
    expect(named(gapsAfter({ ticket: { area: 'break-fix' } }, without('publishers', 'contoso')).gaps)).toEqual([['publisher-unknown', 'publisher', 'contoso', 'isv/contoso']]);
  });

  it('is the partner that the sale names', () => {
    expect(named(gapsAfter({ ticket: { area: 'payment' } }, without('partners', '3001')).gaps)).toEqual([['partner-unknown', 'partner', '3001', 'partner/3001']]);
  });

  it('is the partner that owns the source, where nothing else says who sold it', () => {
    const { gaps } = gapsAfter({ sourceParty: 'partner/9', ticket: { ...NOTHING, area: 'payment' } });
    expect(named(gaps)).toContainEqual(['partner-unknown', 'partner', '9', 'unassigned']);
  });

  it('is a contact of the partner', () => {
    const partner = DEMO.partners.get('3001') as Partner;
    expect(named(gapsAfter({ ticket: { area: 'payment' } }, withEntry('partners', { ...partner, contacts: {} })).gaps)).toEqual([['partner-without-contact', 'partner', '3001', 'partner/3001']]);
  });

  it('is customer and subscription, where neither is named and a partner must act', () => {
    expect(named(gapsAfter({ ticket: { ...NOTHING, area: 'payment' } }).gaps)).toEqual([['sale-not-named', 'ticket', 'customerId', 'unassigned']]);
  });

  it('is nothing that could be entered, in the cloud that 21Vianet operates: the remedy says where to go', () => {
    const { gaps } = gapsAfter({ ticket: { area: 'break-fix', cloud: 'china', offerId: 'unheard-of' } });
    expect(named(gaps)).toEqual([['cloud-not-served', 'ticket', 'cloud', 'unassigned']]);
    expect(gaps[0]?.remedy).toContain('21Vianet');
  });

  it('is the area, where nobody has classified the ticket', () => {
    const { gaps } = gapsAfter({ ticket: { area: null } });
    expect(named(gaps)).toEqual([['not-classified', 'ticket', 'area', 'triage']]);
    expect(gaps[0]?.remedy).toContain('/classify');
  });

  it('always has a remedy where no party is named, whatever a ticket says and the directory lacks', () => {
    const id = (...ids: string[]) => fc.constantFrom(null, 'unheard-of', ...ids);
    const ticket = fc.record({
      area: fc.constantFrom(null, ...AREAS), asker: fc.constantFrom(...ASKERS), cloud: fc.constantFrom(...CLOUDS), offerId: id(...DEMO.offers.keys()),
      customerId: id(...DEMO.customers.keys()), subscriptionId: id(...DEMO.subscriptions.keys()),
    });
    const directory = fc.constantFrom(DEMO, without('publishers', 'contoso'), without('partners', '1001', '2002', '3001'), without('customers', 'wingtip', 'woodgrove'), without('subscriptions', 'wingtip-crm'));
    const sourceParty = fc.constantFrom(null, 'partner/1001', 'partner/2002', 'partner/3001', 'partner/9', 'isv/contoso');
    fc.assert(fc.property(ticket, directory, sourceParty, (facts, slice, party) => {
      const { decision } = route({ sourceParty: party, ticket: facts as TicketFields }, slice).ticket;
      const isOpen = decision.queue === 'unassigned' || decision.queue === 'triage' || [decision.firstContact, decision.responsible].some((one) => one !== null && one.role !== 'microsoft' && one.role !== 'shared' && one.partyId == null);
      const gaps = decision.gaps ?? [];
      expect(gaps.every(({ reason, remedy, queue }) => reason.length > 20 && remedy.length > 20 && queue === decision.queue)).toBe(true);
      expect(gaps.length > 0 || !isOpen).toBe(true);
    }), { numRuns: 500 });
  });
});

describe('a ticket that is routed again when the directory learns something', () => {
  const again = (told: Told, before: DirectorySlice, after = DEMO) => {
    const { ticket } = route(told, before);
    const routed = rerouteTicket({ ticket, cause: { eventId: 'x', type: 'directory-changed', at: NOW }, directory: after, matrix: MATRIX, now: NOW });
    return { ticket, routed, data: (routed.events[0] as EventOf<'handoff.ticket.routed.v1'>).data };
  };

  it('goes to the publisher that is known now, and says what led to it', () => {
    const { ticket, routed, data } = again({ ticket: { area: 'break-fix' } }, without('offers', 'contoso-crm'));
    expect(data).toMatchObject({ ticketVersion: 2, change: 'updated', cause: 'directory-changed', previousQueue: 'unassigned', decision: { queue: 'isv/contoso', gaps: [] } });
    expect(data.recipients.map(({ destination }) => destination)).toEqual(['isv/contoso', 'partner/3001']);
    expect(saysOther(ticket.decision, routed.ticket.decision)).toBe(true);
  });

  it('is told to a partner whose contact was not known before, although the decision is the same', () => {
    const { data } = again({ ticket: { area: 'payment' } }, without('partners', '3001'));
    expect(data.recipients.map(({ purpose, email }) => [purpose, email])).toEqual([['act', 'support@adatum.example']]);
  });

  it('says nothing new where what was learnt changes nothing', () => {
    const { ticket, routed } = again({ ticket: { area: 'break-fix' } }, DEMO);
    expect(saysOther(ticket.decision, routed.ticket.decision)).toBe(false);
  });
});
