import { createHmac } from 'node:crypto';
import { codeOf, describeAdapterContract, type Unsigned } from '../adapter.contract.js';
import { aMapContext, aRequest, aTrust } from '../webhook.samples.js';
import { zendeskAdapter } from './zendesk.adapter.js';
import { aZendeskEvent, aZendeskTrigger } from './zendesk.samples.js';

const TEST_SECRET = 'dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ==';
const now = new Date('2026-11-02T08:00:00.000Z');
const context = aMapContext({ receivedAt: now });

function sign({ id, body, sentAt }: Unsigned, secret: string): Record<string, string> {
  const timestamp = sentAt.toISOString();
  const signature = createHmac('sha256', secret).update(`${timestamp}${body}`).digest('base64');
  return { 'x-zendesk-webhook-signature': signature, 'x-zendesk-webhook-signature-timestamp': timestamp, 'x-zendesk-webhook-invocation-id': id };
}

describeAdapterContract('Zendesk', {
  adapter: zendeskAdapter, sign, created: aZendeskEvent(),
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

  it('is body and time of signing where there is no invocation: two updates of one minute with the same body stay two', () => {
    const signedAt = (time: string): string => recognise(aZendeskTrigger(), { 'x-zendesk-webhook-signature-timestamp': time });
    expect(signedAt('2026-11-02T08:00:00Z')).toBe(signedAt('2026-11-02T08:00:00Z'));
    expect(signedAt('2026-11-02T08:00:00Z')).not.toBe(signedAt('2026-11-02T08:00:01Z'));
  });
});

describe('an event of Zendesk', () => {
  it('tells what it knows of a new ticket; the requester is only a number there', () => {
    expect(zendeskAdapter.map(aZendeskEvent(), context)).toEqual({
      externalId: 'T-1', externalUrl: null, change: 'created', occurredAt: '2026-11-02T07:59:59.672Z',
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

  it('without a ticket id is refused by the name of the field', () => {
    expect(codeOf(() => zendeskAdapter.map({ ticket_title: 'x' }, context))).toBe('422 field-missing');
  });
});
