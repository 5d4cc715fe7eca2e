import { describeAdapterContract } from '../adapter.contract.js';
import { aMapContext, aRequest } from '../webhook.samples.js';
import { halopsaAdapter, TEMPLATE } from './halopsa.adapter.js';
import { aHaloAction, aHaloTicket, aHaloWebhook } from './halopsa.samples.js';

const context = aMapContext();
const harness = { adapter: halopsaAdapter, sign: (_webhook: unknown, secret: string) => ({ 'x-handoff-secret': secret }), protectedHeaders: ['x-handoff-secret'], protectsBody: false } as const;

describeAdapterContract('HaloPSA', { ...harness, created: aHaloWebhook(), another: aHaloWebhook({ ticket: aHaloTicket({ id: 'T-1', last_update: '2026-11-02T07:59:59Z' }) }), samples: [aHaloWebhook({ actions: [aHaloAction()] }), { tickets: [aHaloTicket()] }, aHaloWebhook({ ticket: aHaloTicket({ status_id: 9, deleted: true }) })], requiredPaths: [] });
describeAdapterContract('HaloPSA, a ticket alone', { ...harness, created: { event: 'created', id: 'T-1', summary: 'Sign-in fails' }, another: { event: 'updated', id: 'T-1' }, requiredPaths: ['id', 'summary'] });

const read = (body: unknown): readonly unknown[] => halopsaAdapter.read(aRequest({ rawBody: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)) }));

describe('what HaloPSA posts', () => {
  it('tells all of a new ticket', () => {
    expect(halopsaAdapter.map(aHaloWebhook(), context)).toEqual({
      externalId: 'T-1', externalUrl: null, change: 'created', occurredAt: '2026-11-02T07:59:58.120Z',
      fields: { subject: 'Sign-in fails', description: 'Error 500 after the password.', status: 'In Progress', severity: 'B', requester: { name: 'Ada Brown', email: 'ada@wingtip.example' }, labels: ['Software>Sign-in'] },
    });
  });

  it('by our template is read the same', () => {
    const [payload] = read(TEMPLATE.replace('<<ticket>>', JSON.stringify(aHaloTicket())));
    expect(halopsaAdapter.map(payload, context)).toMatchObject({ externalId: '4711', change: 'updated', fields: { subject: 'Sign-in fails', requester: { email: 'ada@wingtip.example' } } });
  });

  it('may be several tickets, each an event of its own', () => {
    const [one, two] = [aHaloTicket({ id: 1 }), { ticket: aHaloTicket({ id: 2 }), actions: [] }];
    for (const body of [[one, two], { tickets: [one, two] }]) expect(read(body)).toEqual([one, two]);
    expect(read([])).toEqual([]);
  });

  it.each([
    ['a method of its own', { ticket: { id: 4_711, summary: 'Mail is down', details: null, status: { id: 2, name: 'In Progress' }, priority: { id: 1, name: 'Critical' }, user: { name: 'Ada Brown', emailaddress: 'ada@wingtip.example' } } }],
    ['a flat body', { ticket_id: '4711', Subject: 'Mail is down', Status: 'In Progress', Priority: 'P1 - Critical', requester_name: 'Ada Brown', requester_email: 'ada@wingtip.example' }],
    ['an envelope with an id of its own', { id: 'b6f0', webhook_id: 'x', ticket: { id: 4_711, summary: 'Mail is down', status_name: 'In Progress', priority_id: '1', users_name: 'Ada Brown', user_email: 'ada@wingtip.example' } }],
  ])('from %s is read as well', (_what, payload) => {
    expect(halopsaAdapter.map(payload, context)).toMatchObject({ externalId: '4711', change: 'updated', fields: { subject: 'Mail is down', status: 'In Progress', severity: 'A', requester: { name: 'Ada Brown', email: 'ada@wingtip.example' } } });
  });

  it.each([
    ['New Ticket Logged', {}, 'created'], ['Ticket Status Changed', {}, 'updated'], ['Ticket Closed', {}, 'closed'], ['Ticket Reopened', {}, 'updated'], ['New Action Added', {}, 'commented'], ['Ticket Updated', { status_id: 9, status_name: undefined }, 'closed'],
    [undefined, { status_name: 'Resolved' }, 'closed'], [undefined, { status_name: undefined, status_id: '9' }, 'closed'], [undefined, { deleted: true }, 'closed'], [undefined, {}, 'updated'],
  ])('on %s, with %j, says that the ticket was %s', (event, fields, change) => {
    expect(halopsaAdapter.map(JSON.parse(JSON.stringify(aHaloWebhook({ event, ticket: aHaloTicket(fields) }))), context)).toMatchObject({ change });
  });

  it('closes by the statuses that the source names', () => {
    const payload = aHaloWebhook({ event: undefined, ticket: aHaloTicket({ status_name: null, status_id: 23 }) });
    expect(halopsaAdapter.map(payload, context)).toMatchObject({ change: 'updated' });
    expect(halopsaAdapter.map(payload, { ...context, settings: { closedStatusIds: [22, 23] } })).toMatchObject({ change: 'closed' });
  });

  it.each([
    [[aHaloAction()], { author: 'Ben Field', body: 'It happens again.', isPublic: false }, '3'],
    [[aHaloAction({ id: 4, note: 'older' }), aHaloAction({ hiddenfromuser: false, note: '' })], { author: 'Ben Field', body: 'It happens again.', isPublic: true }, '3'],
    [aHaloAction({ actionby_application_id: 'b3c1-app' }), { author: 'Ben Field', body: 'It happens again.', isPublic: false }, 'b3c1-app'],
  ])('with the actions %j has a comment, and who caused it', (actions, comment, actor) => {
    expect(halopsaAdapter.map(aHaloWebhook({ event: undefined, actions }), context)).toMatchObject({ change: 'commented', actor, fields: { comment } });
  });

  it.each([[1, 'A'], ['2', 'B'], [3, 'B'], [4, 'C'], [0, undefined], [9, undefined]])('of the priority %s has severity %s', (priority_id, severity) => {
    expect((halopsaAdapter.map(aHaloTicket({ priority_id }), context) as { fields: { severity?: string } }).fields.severity).toBe(severity);
  });
});

describe('the name of an event of HaloPSA', () => {
  const recognise = (payload: object): string => halopsaAdapter.recognise(aRequest(), payload);

  it('is the state of the ticket, whatever the envelope', () => {
    expect(recognise(aHaloTicket())).toBe('state:4711:2026-11-02T07:59:58.120Z');
    expect(recognise({ ticket: aHaloTicket(), actions: [] })).toBe(recognise(aHaloTicket()));
    expect(recognise(aHaloTicket({ last_update: undefined, lastactiondate: '2026-11-02T07:59:58.1200000' }))).toBe(recognise(aHaloTicket()));
  });

  it('is the whole of it where nothing says when the ticket was changed', () => {
    expect(recognise({ id: 1 })).toBe(recognise({ id: 1 }));
    expect(recognise({ id: 1 })).not.toBe(recognise({ id: 1, status_id: 9 }));
    expect(recognise({ id: 1, last_update: '0001-01-01T00:00:00' })).toMatch(/^sha256:/);
  });
});
