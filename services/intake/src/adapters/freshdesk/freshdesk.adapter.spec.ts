import { codeOf, describeAdapterContract } from '../adapter.contract.js';
import { aMapContext, aRequest, aTrust } from '../webhook.samples.js';
import { freshdeskAdapter, TEMPLATE } from './freshdesk.adapter.js';
import { aFreshdeskBody, aFreshdeskRecord } from './freshdesk.samples.js';

const context = aMapContext();
const harness = { adapter: freshdeskAdapter, sign: (_webhook: unknown, secret: string) => ({ 'x-handoff-secret': secret }), protectedHeaders: ['x-handoff-secret'], protectsBody: false } as const;

describeAdapterContract('Freshdesk', { ...harness, created: aFreshdeskBody(), another: aFreshdeskBody({ triggered_event: '{status:{from:2,to:4}}' }), samples: [aFreshdeskBody({ triggered_event: '{note_type:private}', ticket_latest_private_comment: '<p>x</p>' }), aFreshdeskRecord(), { tickets: [aFreshdeskRecord()] }], requiredPaths: [] });
describeAdapterContract('Freshdesk, in words of a customer', { ...harness, created: { ticket_id: 'T-1', subject: 'Sign-in fails', event: 'created' }, another: { ticket_id: 'T-1', subject: 'Sign-in fails', event: 'updated' }, requiredPaths: ['ticket_id'] });

describe('the secret of Freshdesk', () => {
  it.each([['Basic aGFuZG9mZjp0aGUtc2VjcmV0LW9mLXRoaXMtdGVzdA==', 'accepted'], ['Basic dGhlLXNlY3JldC1vZi10aGlzLXRlc3Q=', '401 signature-invalid'], ['Bearer the-secret-of-this-test', 'accepted'], ['Bearer another', '401 signature-invalid']])('may come as %s: %s', (authorization, outcome) => {
    expect(codeOf(() => freshdeskAdapter.verify(aRequest({ headers: { authorization } }), aTrust({ secrets: ['the-secret-of-this-test'] })))).toBe(outcome);
  });
});

/** Freshdesk puts values into the texts of JSON, escaped. */
function filled(values: Readonly<Record<string, string>>): Buffer {
  return Buffer.from(JSON.stringify(TEMPLATE).replaceAll(/\{\{([\w.]+)\}\}/g, (_placeholder, name: string) => JSON.stringify(values[name] ?? '').slice(1, -1)));
}

describe('the template for Freshdesk', () => {
  it('makes a ticket of all that Freshdesk fills in', () => {
    const rawBody = filled({
      'triggered_event': '{note_type:public}', 'ticket.id': '11', 'ticket.url': 'https://northwind.freshdesk.example/helpdesk/tickets/11', 'ticket.subject': 'The "export" fails', 'ticket.description': '<div>Line one</div>\n<div>Line two</div>', 'ticket.status': 'Open', 'ticket.priority': 'Urgent', 'ticket.tags': 'crm, vip customer',
      'ticket.requester.name': 'Ada Brown', 'ticket.requester.email': 'ada@wingtip.example', 'ticket.latest_public_comment': '<p>Any news?</p>', 'ticket.modified_on': '2026-11-02T07:59:58Z',
    });
    expect(freshdeskAdapter.map(freshdeskAdapter.read(aRequest({ rawBody }))[0], context)).toEqual({
      externalId: '11', externalUrl: 'https://northwind.freshdesk.example/helpdesk/tickets/11', change: 'commented', occurredAt: '2026-11-02T07:59:58.000Z',
      fields: { subject: 'The "export" fails', description: 'Line one\nLine two', status: 'Open', severity: 'A', requester: { name: 'Ada Brown', email: 'ada@wingtip.example' }, labels: ['crm', 'vip customer'], comment: { author: null, body: 'Any news?', isPublic: true } },
    });
  });
});

describe('the name of an event of Freshdesk', () => {
  const recognise = (payload: object): string => freshdeskAdapter.recognise(aRequest({ rawBody: Buffer.from(JSON.stringify(payload)) }), payload);

  it('is ticket, trigger and time of the update, whatever else the body says', () => {
    expect(recognise(aFreshdeskBody({ ticket_subject: 'Another' }))).toBe(recognise(aFreshdeskBody()));
    for (const other of [{ ticket_id: '12' }, { triggered_event: '{ticket_action:update}' }, { ticket_updated_at: '2026-11-02T07:59:59Z' }]) expect(recognise(aFreshdeskBody(other))).not.toBe(recognise(aFreshdeskBody()));
  });

  it.each([undefined, null, ''])('is the whole body where the time of the update is %p: a status may go back and forth', (ticket_updated_at) => {
    const body = (parts: object): object => aFreshdeskBody({ ticket_updated_at, triggered_event: '{status:{from:2,to:4}}', ...parts });
    expect(recognise(body({}))).toBe(recognise(body({})));
    expect(recognise(body({}))).not.toBe(recognise(body({ ticket_priority: 'Low' })));
  });
});

describe('a webhook of Freshdesk', () => {
  it('tells all of a new ticket, its description as plain text', () => {
    expect(freshdeskAdapter.map(aFreshdeskBody(), context)).toEqual({
      externalId: 'T-1', externalUrl: 'http://northwind.freshdesk.example/helpdesk/tickets/11', change: 'created', occurredAt: '2026-11-02T07:59:58.000Z',
      fields: { subject: 'Sign-in fails ☃', description: 'Error 500 after the password.\nPlease help.', status: 'Pending', severity: 'B', requester: { name: 'Ada Brown', email: 'ada@wingtip.example' }, labels: ['login', 'single sign-on'] },
    });
  });

  it.each([
    ['{ticket_action:created}', 'Open', 'created'], ['{ticket_action:update}', 'Open', 'updated'], ['{ticket_action:deleted}', 'Open', 'closed'], ['{"ticket_action":"created"}', 'Open', 'created'],
    ['{status:{from:2,to:4}}', 'Gelöst', 'closed'], ['{status: {from: 2, to: 5}}', 'Geschlossen', 'closed'], ['{status:{from:4,to:2}}', 'Open', 'updated'], ['{status:{from:4,to:6}}', 'Waiting on Customer', 'updated'],
    ['{priority:{from:1,to:4}}', 'Open', 'updated'], ['{note_type:public}', 'Open', 'commented'], ['{reply_sent:sent}', 'Open', 'commented'], ['{reply_sent:sent}', 'Resolved', 'closed'],
    [undefined, 'Open', 'updated'], [null, '5', 'closed'], ['', 'CLOSED', 'closed'], [7, 'Open', 'updated'],
  ])('that %s set off, with the status %s, says that the ticket was %s', (triggered_event, ticket_status, change) => {
    expect(freshdeskAdapter.map(aFreshdeskBody({ triggered_event, ticket_status }), context)).toMatchObject({ change });
  });

  it.each([
    ['{note_type:public}', { body: 'Any news?', isPublic: true }], ['{note_type:private}', { body: 'Known bug.', isPublic: false }], ['{reply_sent:sent}', { body: 'Any news?', isPublic: true }],
    [undefined, { body: 'Any news?', isPublic: true }], ['{status:{from:2,to:3}}', undefined],
  ])('that %s set off has the comment %j', (triggered_event, comment) => {
    const { fields } = freshdeskAdapter.map(aFreshdeskBody({ triggered_event, ticket_latest_public_comment: '<p>Any <b>news</b>?</p>', ticket_latest_private_comment: '<div>Known bug.</div>' }), context) as { fields: { comment?: object } };
    expect(fields.comment).toEqual(comment === undefined ? undefined : { author: null, ...comment });
  });

  it.each([['Urgent', 'A'], ['high', 'B'], ['MEDIUM', 'B'], ['Low', 'C'], [4, 'A'], ['1', 'C'], ['Dringend', undefined], [null, undefined]])('of priority %s has severity %s', (ticket_priority, severity) => {
    expect((freshdeskAdapter.map(aFreshdeskBody({ ticket_priority }), context) as { fields: { severity?: string } }).fields.severity).toBe(severity);
  });

  it.each([
    ['the simple content', { freshdesk_webhook: { ticket_id: 4711, ticket_subject: 'Mail is down', ticket_contact_name: 'Ada Brown', ticket_contact_email: 'ada@wingtip.example', ticket_status: 'Open' } }],
    ['a template of its own', { ticket: { id: '4711', subject: 'Mail is down', status: 'Open', requester: { name: 'Ada Brown', email: 'ada@wingtip.example' } } }],
    ['other capitals', { Event: 'ticket updated', ticket_Id: '4711', Subject: 'Mail is down', status: 'Open', contact_name: 'Ada Brown', contact_email: 'ada@wingtip.example' }],
    ['an app', { event: 'onTicketUpdate', timestamp: 1, data: { ticket: { id: 4_711, subject: 'Mail is down', status: 2 }, requester: { name: 'Ada Brown', email: 'ada@wingtip.example' } } }],
    ['a list of the API', freshdeskAdapter.read(aRequest({ rawBody: Buffer.from(JSON.stringify([aFreshdeskRecord({ id: 4_711, subject: 'Mail is down' })])) }))[0] as object],
    ['a record of the API', aFreshdeskRecord({ id: 4_711, subject: 'Mail is down' })],
  ])('from %s is read as well', (_what, payload) => {
    expect(freshdeskAdapter.map(payload, context)).toMatchObject({ externalId: '4711', change: 'updated', fields: { subject: 'Mail is down', status: 'Open', requester: { name: 'Ada Brown', email: 'ada@wingtip.example' } } });
  });
});
