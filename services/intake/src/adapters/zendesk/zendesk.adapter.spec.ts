import { createHmac } from 'node:crypto';
import { codeOf, describeAdapterContract, type Unsigned } from '../adapter.contract.js';
import { aMapContext, aRequest, aTrust } from '../webhook.samples.js';
import { TEMPLATE, zendeskAdapter } from './zendesk.adapter.js';
import { aZendeskEvent, aZendeskRecord, aZendeskTrigger } from './zendesk.samples.js';

const TEST_SECRET = 'dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ==';
const now = new Date('2026-11-02T08:00:00.000Z');
const context = aMapContext({ receivedAt: now });

function sign({ id, body, sentAt }: Unsigned, secret: string): Record<string, string> {
  const timestamp = sentAt.toISOString();
  const signature = createHmac('sha256', secret).update(`${timestamp}${body}`).digest('base64');
  return { 'x-zendesk-webhook-signature': signature, 'x-zendesk-webhook-signature-timestamp': timestamp, 'x-zendesk-webhook-invocation-id': id };
}

describeAdapterContract('Zendesk', {
  adapter: zendeskAdapter, sign, created: aZendeskEvent(), samples: [aZendeskTrigger(), aZendeskRecord(), { tickets: [aZendeskRecord()] }, aZendeskEvent({}, { type: 'zen:event-type:ticket.comment_added', event: { comment: { body: 'Again.', is_public: true, author: { id: '1', name: 'Ada' } } } })],
  protectedHeaders: ['x-zendesk-webhook-signature', 'x-zendesk-webhook-signature-timestamp'], requiredPaths: ['detail.id', 'detail.subject'],
});

describe('trust in a webhook of Zendesk', () => {
  const secret = zendeskAdapter.secret?.generate() ?? '';
  const verify = (sentAt: Date, by = secret): string => {
    const trust = aTrust({ secrets: [by], now, toleranceSeconds: zendeskAdapter.defaultToleranceSeconds });
    return codeOf(() => zendeskAdapter.verify(aRequest({ headers: sign({ id: '1', body: '{}', sentAt }, by), rawBody: Buffer.from('{}') }), trust));
  };
  const at = (seconds: number): Date => new Date(now.getTime() + seconds * 1_000);

  it.each([[-300, 'accepted'], [-301, '401 timestamp-stale'], [300, 'accepted'], [301, '401 timestamp-stale']])('ends five minutes away: %d seconds is %s', (seconds, outcome) => {
    expect(verify(at(seconds))).toBe(outcome);
  });

  it('is never given to the secret that Zendesk publishes for tests', () => {
    expect(zendeskAdapter.secret?.problem(TEST_SECRET)).toContain('published test secret');
    expect(verify(now, TEST_SECRET)).toBe('401 signature-invalid');
  });
});

describe('the name of an event of Zendesk', () => {
  const recognise = (payload: object, headers: Record<string, string> = {}): string => zendeskAdapter.recognise(aRequest({ headers, rawBody: Buffer.from(JSON.stringify(payload)) }), payload);

  it('is the id of the event, whatever the invocation', () => {
    expect(recognise(aZendeskEvent(), { 'x-zendesk-webhook-invocation-id': 'a' })).toBe(recognise(aZendeskEvent(), { 'x-zendesk-webhook-invocation-id': 'b' }));
  });

  it('is the invocation for a trigger, also where its body has an id of the customer’s', () => {
    const invoked = (id: string): string => recognise(aZendeskTrigger({ id: '7' }), { 'x-zendesk-webhook-invocation-id': id });
    expect(invoked('a')).toBe(invoked('a'));
    expect(invoked('a')).not.toBe(invoked('b'));
  });

  it('is the state of a record of the API, of which a body may have several', () => {
    expect(recognise(aZendeskRecord(), { 'x-zendesk-webhook-invocation-id': 'a' })).toBe('state:5158:2026-11-02T07:59:58.000Z');
  });

  it('is body and time of signing where there is no invocation: two updates of one minute with the same body stay two', () => {
    const signedAt = (time: string): string => recognise(aZendeskTrigger(), { 'x-zendesk-webhook-signature-timestamp': time });
    expect(signedAt('2026-11-02T08:00:00Z')).toBe(signedAt('2026-11-02T08:00:00Z'));
    expect(signedAt('2026-11-02T08:00:00Z')).not.toBe(signedAt('2026-11-02T08:00:01Z'));
  });
});

describe('an event of Zendesk', () => {
  it('tells what it knows of a new ticket; the requester is only a number there, and read from the API', () => {
    expect(zendeskAdapter.map(aZendeskEvent(), context)).toEqual({
      externalId: 'T-1', externalUrl: null, change: 'created', occurredAt: '2026-11-02T07:59:58.000Z', actor: '8447388090494', isThin: true,
      fields: { subject: 'Sign-in fails', description: 'Error 500 after the password.', status: 'OPEN', severity: 'B', labels: ['mobile', 'login'] },
    });
  });

  it.each([
    ['status_changed', { status: 'Solved' }, 'closed'],
    ['status_changed', { status: 'CLOSED' }, 'closed'],
    ['status_changed', { status: 'PENDING' }, 'updated'],
    ['soft_deleted', {}, 'closed'],
    ['tags_changed', {}, 'updated'],
    ['comment_added', { status: 'Solved' }, 'commented'],
    ['created', { status: 'NEW' }, 'created'],
  ])('%s with %j says that the ticket was changed so: %s', (name, detail, change) => {
    expect(zendeskAdapter.map(aZendeskEvent(detail, { type: `zen:event-type:ticket.${name}` }), context)).toMatchObject({ change });
  });

  it('hands a comment on with its author and whether it is public', () => {
    const event = { comment: { body: 'Any news?', is_public: false, author: { id: '1', name: 'Ben Field' } } };
    expect(zendeskAdapter.map(aZendeskEvent({}, { type: 'zen:event-type:ticket.comment_added', event }), context)).toMatchObject({ fields: { comment: { author: 'Ben Field', body: 'Any news?', isPublic: false } } });
  });

  it.each([['URGENT', 'A'], ['high', 'B'], ['Normal', 'B'], ['LOW', 'C']])('of priority %s has severity %s', (priority, severity) => {
    expect(zendeskAdapter.map(aZendeskEvent({ priority }), context)).toMatchObject({ fields: { severity } });
  });

  it.each([
    [{}, {}, '2026-11-02T07:59:58.000Z', '8447388090494'],
    [{ updated_at: null, actor_id: null }, {}, '2026-11-02T07:59:59.672Z', undefined],
    [{ actor_id: 1 }, { event: { actor_id: 2 } }, '2026-11-02T07:59:58.000Z', '2'],
  ])('with %j and %j happened when the ticket was changed, and was caused by whom it names', (detail, envelope, occurredAt, actor) => {
    const ticket = zendeskAdapter.map(aZendeskEvent(detail, envelope), context) as { occurredAt: string; actor?: string };
    expect([ticket.occurredAt, ticket.actor]).toEqual([occurredAt, actor]);
  });

  it('about something else than a ticket is ignored, and says so', () => {
    expect(zendeskAdapter.map({ type: 'zen:event-type:user.created', detail: {} }, context)).toMatchObject({ ignored: true });
  });
});

describe('the body of a trigger of Zendesk', () => {
  it('is read by the names of Zendesk’s examples; a date for people gives way to the time of receipt', () => {
    expect(zendeskAdapter.map(aZendeskTrigger(), context)).toEqual({
      externalId: '7', externalUrl: 'https://northwind.zendesk.example/agent/tickets/7', change: 'updated', occurredAt: now.toISOString(),
      fields: { subject: 'Sign-in fails', description: 'Error 500 after the password.', status: 'Open', severity: 'B', requester: { name: 'Ada Brown', email: null }, labels: ['change_address', 'login', 'order'] },
    });
  });

  it.each([[{ ticket_status: 'New' }, 'created'], [{ ticket_status: 'solved' }, 'closed'], [{ change: 'Created' }, 'created'], [{ change: 'commented', ticket_status: 'Solved' }, 'commented'], [{ change: 'nonsense' }, 'updated']])('with %j says that the ticket was %s', (body, change) => {
    expect(zendeskAdapter.map(aZendeskTrigger(body), context)).toMatchObject({ change });
  });

  it('by our template makes a ticket of all that Zendesk fills in', () => {
    const values: Record<string, string> = {
      'ticket.id': '7', 'ticket.title': 'The "export" fails', 'ticket.description': 'Line one\nLine two', 'ticket.url': 'northwind.zendesk.example/agent/tickets/7', 'ticket.status': 'Open', 'ticket.priority': 'Urgent', 'ticket.tags': 'crm vip',
      'ticket.requester.name': 'Ada Brown', 'ticket.requester.email': 'ada@wingtip.example', 'ticket.latest_comment': 'Any news?', 'ticket.latest_comment.is_public': 'true', 'ticket.updated_at_with_timestamp': '2026-11-02T07:59:58Z', 'current_user.id': '42',
    };
    const body = JSON.stringify(TEMPLATE).replaceAll(/\{\{([\w.]+)\}\}/g, (_placeholder, name: string) => JSON.stringify(values[name] ?? '').slice(1, -1));
    expect(zendeskAdapter.map(zendeskAdapter.read(aRequest({ rawBody: Buffer.from(body) }))[0], context)).toEqual({
      externalId: '7', externalUrl: 'https://northwind.zendesk.example/agent/tickets/7', change: 'updated', occurredAt: '2026-11-02T07:59:58.000Z', actor: '42',
      fields: { subject: 'The "export" fails', description: 'Line one\nLine two', status: 'Open', severity: 'A', requester: { name: 'Ada Brown', email: 'ada@wingtip.example' }, labels: ['crm', 'vip'], comment: { author: null, body: 'Any news?', isPublic: true } },
    });
  });

  it.each([
    ['plain names', { id: 7, subject: 'Sign-in fails', status: 'open', requester: { name: 'Ada Brown', email: 'ada@wingtip.example' }, last_updated_at: '2026-11-02T07:00:00Z' }],
    ['an envelope', { event: 'ticket.updated', ticket: { id: '7', title: 'Sign-in fails', status: 'open', requester_name: 'Ada Brown', requester_email: 'ada@wingtip.example', updated_at: '2026-11-02T07:00:00Z' } }],
    ['camel case', { ticketId: '7', ticketTitle: 'Sign-in fails', ticketStatus: 'open', requesterName: 'Ada Brown', requesterEmail: 'ada@wingtip.example', updatedAt: '2026-11-02T07:00:00Z' }],
  ])('with %s is read as well', (_what, body) => {
    expect(zendeskAdapter.map(body, context)).toMatchObject({ externalId: '7', change: 'updated', occurredAt: '2026-11-02T07:00:00.000Z', fields: { subject: 'Sign-in fails', status: 'open', requester: { name: 'Ada Brown', email: 'ada@wingtip.example' } } });
  });

  it('may be tickets of the API, which scripts pass on', () => {
    const [record] = zendeskAdapter.read(aRequest({ rawBody: Buffer.from(JSON.stringify({ tickets: [aZendeskRecord(), aZendeskRecord()], end_of_stream: true })) }));
    expect(zendeskAdapter.map(record, context)).toMatchObject({ externalId: '5158', externalUrl: 'https://northwind.zendesk.example/agent/tickets/5158', change: 'updated', fields: { subject: 'Sign-in fails', severity: 'B', labels: ['mobile', 'login'] } });
  });

  it('without a ticket id is refused by the name of the field', () => {
    expect(codeOf(() => zendeskAdapter.map({ ticket_title: 'x' }, context))).toBe('422 field-missing');
  });
});
