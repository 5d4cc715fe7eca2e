import type { ServiceRequestStatus } from '@handoff/contracts';
import { aTicketReceived } from '@handoff/testing';
import type { Ticket, TicketState } from '../tickets/ticket.js';
import { readingOf, serviceRequestChanged, serviceRequestOpened } from './service-request.decision.js';

const AT = '2026-11-02T10:00:00.000Z';
const ticket = (state: Partial<TicketState> = {}) => ({ state: { ticketId: 't', isClosed: false, ...state }, version: 1, decision: { handsOver: { role: 'indirect-provider', partyId: '1001' } } }) as Ticket;
const opened = (of: Ticket, number = '2611020040001234', party: string | null = null) => serviceRequestOpened(of, { number, party, by: 'ada', at: AT, traceparent: null });
const known = { number: '2611020040001234', status: 'open', party: 'partner/1001', by: 'ada', at: AT, changedAt: '2026-11-02T10:30:00.000Z' } as const;
const changed = (of: Ticket, { number = known.number as string, status = 'closed' as ServiceRequestStatus, changedAt = '2026-11-03T10:00:00.000Z' } = {}) =>
  serviceRequestChanged(of, { number, eventId: 'e', standing: { status, changedAt } }, { at: AT, traceparent: null });
const hears = (news: ReturnType<typeof changed>, destination: string) => news?.cause.hears?.({ destination } as never);

describe('a service request that was opened', () => {
  it('is kept with whose it is: who told it, or else who hands over', () => {
    expect(opened(ticket(), known.number, 'partner/2002')?.state.serviceRequest).toMatchObject({ number: known.number, party: 'partner/2002', by: 'ada', status: null });
    expect(opened(ticket())?.state.serviceRequest).toMatchObject({ party: 'partner/1001' });
  });

  it('is told to the others', () => {
    const news = opened(ticket(), known.number, 'partner/1001');
    expect([hears(news, 'partner/1001'), hears(news, 'partner/2002')]).toEqual([false, true]);
  });

  it('is told once, and another number takes its place', () => {
    expect(opened(ticket({ serviceRequest: known }))).toBeNull();
    expect(opened(ticket({ serviceRequest: known }), '9999')?.state.serviceRequest).toMatchObject({ number: '9999', status: null });
  });
});

describe('what Partner Center says of it', () => {
  it('is news to all where the status is another one', () => {
    const news = changed(ticket({ serviceRequest: known }), {});
    expect(news?.state.serviceRequest).toEqual({ ...known, status: 'closed', changedAt: '2026-11-03T10:00:00.000Z' });
    expect([hears(news, 'partner/1001'), hears(news, 'isv/contoso')]).toEqual([true, true]);
  });

  it.each([
    ['the same status', { status: 'open' }],
    ['another number than the ticket has now', { number: '9999' }],
    ['something older than what is known', { changedAt: '2026-11-02T10:29:00.000Z' }],
  ] as const)('is left out where it is %s', (_what, change) => {
    expect(changed(ticket({ serviceRequest: known }), change)).toBeNull();
  });

  it('is kept and told to nobody where it is open as expected, or the ticket is closed', () => {
    const first = changed(ticket({ serviceRequest: { ...known, status: null, changedAt: null } }), { status: 'open' });
    expect([first?.state.serviceRequest?.status, hears(first, 'partner/1001')]).toEqual(['open', false]);
    expect(hears(changed(ticket({ serviceRequest: known, isClosed: true }), {}), 'partner/1001')).toBe(false);
  });
});

describe('an event of Partner Center', () => {
  const event = (more: object) => aTicketReceived({ externalId: known.number, sourceParty: 'partner/1001', ...more } as never);

  it('tells how a service request of the owner of its source stands', () => {
    expect(readingOf(event({ ticket: { serviceRequest: { status: 'closed' } } }))).toMatchObject({ party: 'partner/1001', number: known.number, standing: { status: 'closed', changedAt: '2026-11-02T08:00:00.000Z' } });
    expect(readingOf(event({ ticket: { serviceRequest: { status: null } } }))?.standing).toBeNull();
  });

  it('tells nothing of one where its source belongs to nobody, or the ticket is no service request', () => {
    expect(readingOf(event({ sourceParty: null, ticket: { serviceRequest: { status: 'closed' } } }))).toBeNull();
    expect(readingOf(event({}))).toBeNull();
  });
});
