import type { DirectorySlice, Partner } from '../directory/directory.js';
import type { TicketState } from '../tickets/ticket.js';
import { questionOf } from './question.decision.js';

const at = '2026-11-01T09:00:00Z';
const times = { occurredAt: at, receivedAt: at };
const ticket: TicketState = { ticketId: 't', source: 's', sourceParty: 'partner/2002', externalId: '1', externalUrl: null, isClosed: false, occurredAt: at };
const partner = (id: string, more: Partial<Partner> = {}): Partner => ({ id, name: id, model: 'indirect-provider', contacts: {}, ...more });

const reseller = (more: Partial<Partner>): DirectorySlice => directoryOf({ partners: new Map([['2002', partner('2002', { model: 'indirect-reseller', ...more })]]) });

function directoryOf(known: Partial<DirectorySlice>): DirectorySlice {
  return { publishers: new Map(), offers: new Map(), partners: new Map(), customers: new Map(), subscriptions: new Map(), calendars: new Map(), agreements: [], healthNotices: [], ...known };
}

describe('the question that a ticket puts to the matrix', () => {
  it('names the only provider of the reseller whose system it came from', () => {
    expect(questionOf(ticket, reseller({ providers: [{ providerId: '1001' }] }), times).subscription?.partner).toEqual({ model: 'indirect', providerId: '1001', resellerId: '2002' });
  });

  it('leaves the provider open where the reseller has several, or none any more', () => {
    const of = (providers: Partner['providers']): unknown => questionOf(ticket, reseller({ providers: providers ?? [] }), times).subscription?.partner?.providerId;
    expect(of([{ providerId: '1001' }, { providerId: '1002' }])).toBeUndefined();
    expect(of([{ providerId: '1001', to: '2026-10-01' }])).toBeUndefined();
    expect(of([{ providerId: '1001', to: '2026-10-01' }, { providerId: '1002', from: '2026-10-01' }])).toBe('1002');
  });

  it('takes of a customer’s several partners the one whose system told of the ticket', () => {
    const customers = new Map([['c', { id: 'c', name: 'C', soldBy: { model: 'direct-bill', partnerId: '3001' }, relationships: [{ soldBy: { model: 'indirect', providerId: '1001', resellerId: '2002' } }] } as const]]);
    expect(questionOf({ ...ticket, customerId: 'c' }, directoryOf({ customers }), times).subscription?.partner).toEqual({ model: 'indirect', providerId: '1001', resellerId: '2002' });
    expect(questionOf({ ...ticket, customerId: 'c', sourceParty: null }, directoryOf({ customers }), times).subscription?.partner).toEqual({ model: 'direct-bill', partnerId: '3001' });
  });

  it('carries the order of contacts that the partner nearest to the customer prefers', () => {
    const partners = new Map([['1001', partner('1001', { contactOrder: ['customer-support'] })], ['2002', partner('2002', { model: 'indirect-reseller', providers: [{ providerId: '1001' }], contactOrder: ['csp-program'] })]]);
    expect(questionOf(ticket, directoryOf({ partners }), times).preferences?.contactOrder).toEqual(['csp-program']);
  });

  it('lets the publisher’s order of its own contacts outrank the partner’s', () => {
    const known = {
      ...reseller({ contactOrder: ['csp-program'] }),
      offers: new Map([['crm', { id: 'crm', publisherId: 'contoso', name: 'CRM', ownership: 'third-party', kind: 'saas', listing: {} } as const]]),
      publishers: new Map([['contoso', { id: 'contoso', name: 'Contoso', contactOrder: ['customer-support'] } as const]]),
    };
    expect(questionOf({ ...ticket, offerId: 'crm' }, known, times).preferences?.contactOrder).toEqual(['customer-support']);
    expect(questionOf(ticket, known, times).preferences?.contactOrder).toEqual(['csp-program']);
  });

  it('names the partners that do not want to be told of the area', () => {
    const known = reseller({ informed: ['break-fix'] });
    expect(questionOf({ ...ticket, area: 'user-support' }, known, times).preferences?.uninformed).toEqual(['2002']);
    expect(questionOf({ ...ticket, area: 'break-fix' }, known, times).preferences?.uninformed).toEqual([]);
    expect(questionOf(ticket, known, times).preferences?.uninformed).toEqual([]);
    expect(questionOf({ ...ticket, area: 'break-fix' }, reseller({}), times).preferences?.uninformed).toEqual([]);
  });
});
