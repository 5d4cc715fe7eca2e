import { createHmac } from 'node:crypto';
import { describeAdapterContract, type Unsigned } from '../adapter.contract.js';
import { aMapContext, aRequest } from '../webhook.samples.js';
import { intercomAdapter } from './intercom.adapter.js';
import { anIntercomConversation, anIntercomNotification, anIntercomPart, anIntercomTicket } from './intercom.samples.js';

const context = aMapContext();

function sign({ body }: Unsigned, secret: string): Record<string, string> {
  return { 'x-hub-signature': `sha1=${createHmac('sha1', secret).update(body).digest('hex')}` };
}

describeAdapterContract('Intercom', { adapter: intercomAdapter, sign, created: anIntercomNotification(), samples: [anIntercomNotification('ticket.note.created', anIntercomTicket({ ticket_parts: { ticket_parts: [anIntercomPart()] } })), anIntercomNotification('conversation.admin.closed', anIntercomConversation()), anIntercomNotification('ping', { type: 'ping' }), anIntercomTicket()], protectedHeaders: ['x-hub-signature'], requiredPaths: ['topic', 'data.item.id'] });

describe('a notification of Intercom', () => {
  it('tells of a new ticket all but who asks, and says that this is missing', () => {
    expect(intercomAdapter.map(anIntercomNotification(), context)).toEqual({
      externalId: 'T-1', externalUrl: 'https://app.intercom.com/a/inbox/abc123/inbox/conversation/T-1', change: 'created', occurredAt: new Date(1_793_606_398_000).toISOString(), actor: '991', isThin: true,
      fields: { subject: 'Sign-in fails', description: 'Error 500 after the password.', status: 'In progress', labels: ['Bug report'] },
    });
  });

  it('tells of a new conversation how it begins, and who asks', () => {
    expect(intercomAdapter.map(anIntercomNotification('conversation.user.created', anIntercomConversation()), context)).toMatchObject({
      externalId: '4711', change: 'created', actor: 'c-1', fields: { subject: 'Export fails.', description: 'Export fails.\n\nSince Monday.', status: 'open', requester: { name: 'Ada Brown', email: 'ada@wingtip.example' }, labels: ['crm'] },
    });
    expect(intercomAdapter.map(anIntercomNotification('conversation.user.created', anIntercomConversation()), context)).not.toHaveProperty('isThin');
  });

  it.each([
    ['ticket.state.updated', {}, 'updated'], ['ticket.state.updated', { ticket_state: { category: 'resolved', internal_label: 'Done' } }, 'closed'], ['ticket.state.updated', { ticket_state: 'resolved' }, 'closed'], ['ticket.closed', {}, 'closed'],
    ['ticket.admin.replied', {}, 'commented'], ['ticket.contact.replied', {}, 'commented'], ['ticket.note.created', {}, 'commented'], ['ticket.attribute.updated', {}, 'updated'], ['ticket.admin.assigned', {}, 'updated'], ['TICKET.CREATED', {}, 'created'],
  ])('on %s with %j says that the ticket was %s', (topic, fields, change) => {
    expect(intercomAdapter.map(anIntercomNotification(topic, anIntercomTicket(fields)), context)).toMatchObject({ change });
  });

  it.each([['conversation.admin.closed', 'closed'], ['conversation.deleted', 'closed'], ['conversation.user.replied', 'commented'], ['conversation.admin.single.created', 'created'], ['conversation.admin.opened', 'updated'], ['conversation.priority.updated', 'updated'], ['conversation_part.tag.created', 'updated']])('on %s says that the conversation was %s', (topic, change) => {
    expect(intercomAdapter.map(anIntercomNotification(topic, anIntercomConversation()), context)).toMatchObject({ change });
  });

  it.each(['ping', 'contact.created', 'company.updated'])('on %s changes no ticket, and says so', (topic) => {
    expect(intercomAdapter.map(anIntercomNotification(topic, { type: 'ping', message: 'hello' }), context)).toMatchObject({ ignored: true, reason: expect.stringMatching(/\.$/) });
  });

  const parts = (...ticket_parts: object[]): object => anIntercomTicket({ ticket_parts: { ticket_parts } });
  it.each([
    ['ticket.admin.replied', parts(anIntercomPart({ body: '<p>older</p>' }), anIntercomPart()), { author: 'Ben Field', body: 'It happens again.', isPublic: true }],
    ['ticket.note.created', parts(anIntercomPart({ part_type: 'note' })), { author: 'Ben Field', body: 'It happens again.', isPublic: false }],
    ['ticket.contact.replied', { ticket: anIntercomTicket(), ticket_part: anIntercomPart({ author: { id: 'c-1', type: 'user', name: null, email: 'ada@wingtip.example' } }) }, { author: 'ada@wingtip.example', body: 'It happens again.', isPublic: true }],
    ['conversation.admin.noted', anIntercomConversation({ id: 'T-1', conversation_parts: { conversation_parts: [anIntercomPart({ part_type: 'note' })] } }), { author: 'Ben Field', body: 'It happens again.', isPublic: false }],
    ['ticket.state.updated', parts(anIntercomPart()), undefined],
    ['ticket.admin.replied', parts(anIntercomPart({ body: null })), undefined],
  ])('on %s has the comment of its newest part', (topic, item, comment) => {
    const ticket = intercomAdapter.map(anIntercomNotification(topic, item), context) as { externalId: string; fields: { comment?: object } };
    expect([ticket.externalId, ticket.fields.comment]).toEqual(['T-1', comment]);
  });

  it.each([[{ ticket_attributes: { Priority: 'Urgent' } }, 'A'], [{ ticket_attributes: { severity: 'low' } }, 'C'], [{ priority: 'priority' }, 'B'], [{ priority: 'not_priority' }, undefined], [{}, undefined]])('with %j has severity %s', (fields, severity) => {
    expect((intercomAdapter.map(anIntercomNotification('ticket.created', anIntercomTicket(fields)), context) as { fields: { severity?: string } }).fields.severity).toBe(severity);
  });

  it('may be a ticket of the API, which a script passes on', () => {
    expect(intercomAdapter.map(anIntercomTicket(), context)).toMatchObject({ externalId: 'T-1', change: 'updated', fields: { subject: 'Sign-in fails' } });
  });

  it('leads to the inbox of its region', () => {
    expect(intercomAdapter.map(anIntercomNotification(), { ...context, settings: { region: 'eu' } })).toMatchObject({ externalUrl: 'https://app.eu.intercom.com/a/inbox/abc123/inbox/conversation/T-1' });
    expect(intercomAdapter.map(anIntercomNotification('ticket.created', anIntercomTicket(), { app_id: null }), context)).toMatchObject({ externalUrl: null });
  });
});

describe('the name of an event of Intercom', () => {
  it('is the id of the notification through all tries; without it, the body', () => {
    const recognise = (payload: object): string => intercomAdapter.recognise(aRequest({ rawBody: Buffer.from(JSON.stringify(payload)) }), payload);
    expect(recognise(anIntercomNotification('ticket.created', anIntercomTicket(), { delivery_attempts: 3 }))).toBe('notif_1');
    expect(recognise(anIntercomNotification('ping', {}, { id: null }))).toMatch(/^sha256:/);
    expect(recognise(anIntercomTicket())).toBe(`state:T-1:${new Date(1_793_606_398_000).toISOString()}`);
  });
});
