import { aTicketReceived } from '@handoff/testing';
import { startTicketCalls, type TicketCalls } from '../tickets/ticket-calls.fixture.js';
import { ReassignController } from './reassign.controller.js';
import { ReassignTicketHandler } from './reassign-ticket.handler.js';

describe('moving a ticket over HTTP', () => {
  let calls: TicketCalls;

  beforeAll(async () => {
    calls = await startTicketCalls(ReassignController, (ports) => [{ provide: ReassignTicketHandler, useValue: new ReassignTicketHandler(ports) }]);
  });
  afterAll(() => calls?.close());

  const receive = (externalId: string) => calls.receive(aTicketReceived({ externalId, ticket: { customerId: 'woodgrove', area: 'break-fix' } }));
  const call: TicketCalls['call'] = (...call) => calls.call(...call);

  it('is kept with who and why, in the ticket, its timeline and the outbox', async () => {
    const id = await receive('M-1');
    const moved = await call('POST', `${id}/reassign`, { to: 'partner/2002', reason: 'They know it.' }, { 'x-handoff-actor': 'ada', 'if-match': '"1"' });
    expect(moved).toMatchObject({ status: 200, etag: '"3"', body: { queue: 'partner/2002', reassigned: { to: 'partner/2002', by: 'ada', reason: 'They know it.', at: '2026-11-02T10:00:00.000Z' } } });
    expect(moved.body['reassigned']).not.toHaveProperty('over');
    expect((await call('GET', id)).body).toMatchObject({ queue: 'partner/2002', decisions: [{ queue: 'isv/contoso', cause: null }, { queue: 'partner/2002', cause: { type: 'reassigned', by: 'ada', note: 'They know it.' } }] });
    const events = await calls.outbox(id);
    expect(events.map(({ value }) => JSON.parse(String(value)) as object)).toMatchObject([{ ticketVersion: 1 }, { ticketVersion: 2, from: 'isv/contoso', to: 'partner/2002', reason: 'They know it.' }, { ticketVersion: 3, cause: 'reassigned' }]);
    expect(await call('POST', `${id}/reassign`, { to: 'partner/2002', reason: 'They know it.' }, { 'x-handoff-actor': 'ada' })).toMatchObject({ status: 200, etag: '"3"' });
  });

  it.each([
    ['to no party', { to: 'triage', reason: 'x' }, {}, 422, 'invalid-content'],
    ['without a reason', { to: 'partner/2002' }, {}, 422, 'invalid-content'],
    ['with an empty reason', { to: 'partner/2002', reason: '  ' }, {}, 422, 'field-invalid'],
    ['to whom it does not concern', { to: 'partner/3001', reason: 'x' }, {}, 409, 'party-not-involved'],
    ['of a version that is over', { to: 'partner/2002', reason: 'x' }, { 'if-match': '"7"' }, 412, 'ticket-changed'],
  ])('refuses a move %s', async (what, body, headers, status, code) => {
    const id = await receive(`refused ${what}`);
    expect(await call('POST', `${id}/reassign`, body, headers)).toMatchObject({ status, body: { code } });
    expect((await call('GET', id)).body).toMatchObject({ ticketVersion: 1, reassigned: null });
  });
});
