import { AFFECTED_CUSTOMERS_MAX } from '@handoff/contracts';
import { DEMO_DIRECTORY } from '../directory/demo-directory.fixture.js';
import type { Customer, SoldBy, Subscription } from '../directory/directory.js';
import { affectedBy, affectedEvent, type ToTell } from './affected.decision.js';

const at = '2026-11-02T08:00:00.000Z';
const subscription = (overrides: Partial<Subscription> = {}): Subscription => ({ id: 's', customerId: 'woodgrove', offerId: 'contoso-crm', channel: 'csp', ...overrides });
const customer = (overrides: Partial<Customer> = {}): Customer => ({ id: 'woodgrove', name: 'Woodgrove Bank', ...overrides });
const indirect: SoldBy = { model: 'indirect', providerId: '1001', resellerId: '2002' };
const direct: SoldBy = { model: 'direct-bill', partnerId: '3001' };
const partnersOf = (sale: Parameters<typeof affectedBy>[0]) => affectedBy(sale, at).map(({ partnerId }) => partnerId);

describe('whom an outage concerns', () => {
  it('is the provider and the reseller through whom a subscription was sold', () => {
    expect(affectedBy({ subscription: subscription({ soldBy: indirect }), customer: customer({ soldBy: direct }) }, at)).toEqual([{ partnerId: '1001', customerId: 'woodgrove' }, { partnerId: '2002', customerId: 'woodgrove' }]);
  });

  it('is, where the subscription names nobody, every partner that serves the customer at that time, once', () => {
    const relationships = [{ soldBy: indirect }, { soldBy: direct }, { soldBy: { model: 'direct-bill' as const, partnerId: '4001' }, to: '2026-01-01' }, { soldBy: { model: 'direct-bill' as const, partnerId: '5001' }, from: '2027-01-01' }];
    expect(partnersOf({ subscription: subscription(), customer: customer({ soldBy: direct, relationships }) })).toEqual(['3001', '1001', '2002']);
  });

  it('is nobody for a customer who bought without a partner, or whom the directory does not know', () => {
    expect(partnersOf({ subscription: subscription({ channel: 'customer-direct' }), customer: customer({ soldBy: direct }) })).toEqual([]);
    expect(partnersOf({ subscription: subscription(), customer: undefined })).toEqual([]);
  });
});

describe('what a partner is told', () => {
  const notice = { id: 'outage-7', offerId: 'contoso-crm', summary: 'Down.', startedAt: at, endedAt: null };
  const partner = DEMO_DIRECTORY.partners.find(({ id }) => id === '2002');
  const toTell = (overrides: Partial<ToTell> = {}): ToTell => ({ partnerId: '2002', partner, customers: [{ customerId: 'woodgrove', name: 'Woodgrove Bank' }], customersTotal: 1, isFirst: true, ...overrides });
  const facts = { notice, version: 1, offer: DEMO_DIRECTORY.offers[0], publisher: DEMO_DIRECTORY.publishers[0], at };

  it('has the outage, its own customers and its contact', () => {
    expect(affectedEvent(toTell(), facts).data).toEqual({
      noticeId: 'outage-7', noticeVersion: 1, offerId: 'contoso-crm', offerName: 'Contoso CRM', publisherName: 'Contoso Software', summary: 'Down.', startedAt: at, endedAt: null,
      partnerId: '2002', destination: 'partner/2002', partnerName: 'Fabrikam Reseller', name: 'Fabrikam service desk', email: 'desk@fabrikam.example', language: null,
      customers: [{ customerId: 'woodgrove', name: 'Woodgrove Bank' }], customersTotal: 1, isFirst: true,
    });
  });

  it('has the same id whenever it is made, another for each version and partner, and one key for a partner', () => {
    const event = affectedEvent(toTell(), facts);
    const later = affectedEvent(toTell({ isFirst: false }), { ...facts, version: 2, at: '2026-11-02T09:00:00.000Z' });
    const other = affectedEvent(toTell({ partnerId: '1001' }), facts);
    expect(affectedEvent(toTell(), { ...facts, at: '2026-11-02T09:00:00.000Z' }).id).toBe(event.id);
    expect(new Set([event.id, later.id, other.id]).size).toBe(3);
    expect([later.subject === event.subject, other.subject === event.subject]).toEqual([true, false]);
  });

  it('names no more customers than an event holds, and nothing that is not known', () => {
    const customers = Array.from({ length: AFFECTED_CUSTOMERS_MAX + 1 }, (_, index) => ({ customerId: `c-${index}`, name: `C ${index}` }));
    const { data } = affectedEvent(toTell({ partner: undefined, customers, customersTotal: 5_000 }), { ...facts, offer: undefined, publisher: undefined });
    expect(data.customers).toHaveLength(AFFECTED_CUSTOMERS_MAX);
    expect(data).toMatchObject({ customersTotal: 5_000, offerName: null, publisherName: null, partnerName: null, email: null });
  });
});
