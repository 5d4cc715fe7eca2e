import { aTicketReceived } from '@handoff/testing';
import { PostgresNoticeStore } from '../tell-health-notice/told-notices.postgres.js';
import { startTicketCalls, type TicketCalls } from '../tickets/ticket-calls.fixture.js';
import { AttachController } from './attach.controller.js';
import { AttachTicketHandler } from './attach-ticket.handler.js';

describe('attaching a ticket to an outage over HTTP', () => {
  let calls: TicketCalls;

  beforeAll(async () => {
    calls = await startTicketCalls(AttachController, (ports) => [{ provide: AttachTicketHandler, useValue: new AttachTicketHandler({ ...ports, notices: new PostgresNoticeStore() }) }]);
    const { transactions, directory } = calls.ports;
    await transactions.run((tx) => directory.saveHealthNotice(tx, { id: 'outage-7', offerId: 'contoso-crm', summary: 'Sign-in is down', startedAt: '2026-11-02T09:30:00.000Z', endedAt: null }));
  });
  afterAll(() => calls?.close());

  const receive = (externalId: string) => calls.receive(aTicketReceived({ externalId, ticket: { customerId: 'woodgrove', area: 'break-fix' } }));
  const call: TicketCalls['call'] = (...call) => calls.call(...call);

  it('is kept with who and why, in the ticket, its timeline and the outbox, and so is detaching it', async () => {
    const id = await receive('A-1');
    const attached = await call('POST', `${id}/attach`, { noticeId: 'outage-7', reason: 'The same error.' }, { 'x-handoff-actor': 'ada', 'if-match': '"1"' });
    expect(attached).toMatchObject({ status: 200, etag: '"3"', body: { noticeWord: { noticeId: 'outage-7', isAttached: true, by: 'ada', reason: 'The same error.' }, decision: { attachedTo: 'outage-7' } } });
    expect(await call('POST', `${id}/attach`, { noticeId: 'outage-7', reason: 'The same error.' })).toMatchObject({ status: 200, etag: '"3"' });
    const detached = await call('POST', `${id}/detach`, { reason: 'Their own network.', by: 'bea' });
    expect(detached).toMatchObject({ status: 200, etag: '"5"', body: { noticeWord: { isAttached: false, by: 'bea' }, decision: { attachedTo: null } } });
    expect((await call('GET', id)).body).toMatchObject({ decisions: [{ cause: null }, { cause: { type: 'attached', by: 'ada', note: 'The same error.' } }, { cause: { type: 'detached', by: 'bea' } }] });
    const events = await calls.outbox(id);
    expect(events.map(({ value }) => JSON.parse(String(value)) as object)).toMatchObject([
      { ticketVersion: 1 }, { ticketVersion: 2, cause: 'attached' }, { ticketVersion: 3, noticeId: 'outage-7', by: 'ada' }, { ticketVersion: 4, noticeId: 'outage-7', by: 'bea' }, { ticketVersion: 5, cause: 'detached' },
    ]);
  });

  it.each([
    ['to no outage', 'attach', { reason: 'x' }, {}, 422, 'invalid-content'],
    ['without a reason', 'attach', { noticeId: 'outage-7' }, {}, 422, 'invalid-content'],
    ['with an empty reason', 'detach', { reason: '  ' }, {}, 422, 'field-invalid'],
    ['to an outage that nobody reported', 'attach', { noticeId: 'outage-1', reason: 'x' }, {}, 404, 'notice-unknown'],
    ['of a version that is over', 'attach', { noticeId: 'outage-7', reason: 'x' }, { 'if-match': '"7"' }, 412, 'ticket-changed'],
  ])('is refused %s', async (what, verb, body, headers, status, code) => {
    const id = await receive(`refused ${what}`);
    expect(await call('POST', `${id}/${verb}`, body, headers)).toMatchObject({ status, body: { code } });
    expect((await call('GET', id)).body).toMatchObject({ ticketVersion: 1, noticeWord: null });
  });
});
