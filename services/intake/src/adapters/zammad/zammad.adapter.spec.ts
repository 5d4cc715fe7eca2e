import { createHmac } from 'node:crypto';
import { codeOf, describeAdapterContract, type Unsigned } from '../adapter.contract.js';
import { aMapContext, aRequest, aTrust } from '../webhook.samples.js';
import { zammadAdapter } from './zammad.adapter.js';
import { anExpandedZammadTicket, aZammadArticle, aZammadTicket, aZammadUpdate, aZammadWebhook } from './zammad.samples.js';

const context = aMapContext();
const requiredPaths = ['ticket.id', 'ticket.title'];

function sign({ id, body }: Unsigned, secret: string): Record<string, string> {
  return { 'x-hub-signature': `sha1=${createHmac('sha1', secret).update(body).digest('hex')}`, 'x-zammad-delivery': id, 'x-zammad-trigger': 'Handoff' };
}

describeAdapterContract('Zammad, signed', { adapter: zammadAdapter, sign, created: aZammadWebhook(), samples: [aZammadUpdate(), aZammadUpdate({ state: 'closed' }, null), aZammadWebhook({ ticket: anExpandedZammadTicket() })], protectedHeaders: ['x-hub-signature'], requiredPaths });
describeAdapterContract('Zammad, by a secret', { adapter: zammadAdapter, sign: (_webhook, secret) => ({ 'x-handoff-secret': secret }), created: aZammadWebhook(), another: aZammadUpdate(), protectedHeaders: ['x-handoff-secret'], requiredPaths, protectsBody: false });

describe('trust in a webhook of Zammad', () => {
  const secret = 'the-token-of-this-test';
  const body = Buffer.from('{}');
  const verify = (headers: Record<string, string>): string => codeOf(() => zammadAdapter.verify(aRequest({ headers, rawBody: body }), aTrust({ secrets: [secret] })));

  it('may rest on a Bearer token or a password, and on nothing less where it is signed', () => {
    expect(verify({ authorization: `Bearer ${secret}` })).toBe('accepted');
    expect(verify({ authorization: `Basic ${Buffer.from(`zammad:${secret}`).toString('base64')}` })).toBe('accepted');
    expect(verify({ authorization: `Bearer ${secret}`, 'x-hub-signature': 'sha1=0' })).toBe('401 signature-invalid');
  });
});

describe('the name of an event of Zammad', () => {
  const recognise = (payload: object, headers: Record<string, string> = {}): string => zammadAdapter.recognise(aRequest({ headers, rawBody: Buffer.from(JSON.stringify(payload)) }), payload);

  it('is the delivery, which stays through all tries; without it, the state of the ticket, else the body', () => {
    expect(recognise(aZammadWebhook(), { 'x-zammad-delivery': 'a' })).toBe('delivery:a');
    expect(recognise(aZammadWebhook())).toBe('state:T-1:2026-11-02T07:59:58.333Z');
    expect(recognise({ ticket: { id: 1 } })).toMatch(/^sha256:/);
  });
});

describe('a webhook of Zammad', () => {
  it('tells all of a new ticket, and its first article as the description', () => {
    expect(zammadAdapter.map(aZammadWebhook(), context)).toEqual({
      externalId: 'T-1', externalUrl: 'https://zammad.adatum.example/#ticket/zoom/T-1', change: 'created', occurredAt: '2026-11-02T07:59:58.333Z', actor: '8',
      fields: { subject: 'Sign-in fails', description: 'Error 500 after the password.\n\nPlease help.', status: 'open', severity: 'B', requester: { name: 'Ada Brown', email: 'ada@wingtip.example' }, attachments: [{ name: 'image1.jpeg', url: 'https://zammad.adatum.example/api/v1/ticket_attachment/81/104/174' }] },
    });
  });

  it.each([
    [aZammadUpdate(), 'commented'], [aZammadUpdate({}, null), 'updated'], [aZammadUpdate({}, {}), 'updated'], [aZammadUpdate({ state: 'closed' }), 'closed'], [aZammadUpdate({ state: 'Closed successful' }, null), 'closed'], [aZammadUpdate({ state: 'merged' }, null), 'closed'],
    [aZammadUpdate({ state: 'pending close' }, null), 'updated'], [aZammadUpdate({ state: { id: 4, name: 'closed' } }, null), 'closed'], [aZammadUpdate({ article_count: 1 }, null), 'updated'], [{ ...aZammadUpdate(), event: 'created' }, 'created'], [{ ...aZammadWebhook(), change: 'updated' }, 'commented'],
  ])('%j says that the ticket was %s', (payload, change) => {
    expect(zammadAdapter.map(payload, context)).toMatchObject({ change });
  });

  it.each([
    [{}, { author: 'Ada Brown', isPublic: true }, '8'],
    [{ internal: true, sender: 'Agent', from: '"Ben Field via Desk" <desk@adatum.example>', created_by_id: 3 }, { author: 'Ben Field via Desk', isPublic: false }, '3'],
    [{ from: null, sender: 'Agent' }, { author: 'Ada Brown', isPublic: true }, '8'],
    [{ internal: undefined, from: 'Ada' }, { author: 'Ada', isPublic: false }, '8'],
    [{ sender: 'System' }, undefined, '8'],
    [{ body: '<p>&nbsp;</p>' }, undefined, '8'],
  ])('with the article %j has its comment, and who wrote it', (article, comment, actor) => {
    const { fields, actor: found } = zammadAdapter.map(aZammadUpdate({}, aZammadArticle(article)), context) as { fields: { comment?: object }; actor: string };
    if (comment === undefined) expect(fields.comment).toBeUndefined();
    else expect(fields.comment).toMatchObject(comment);
    expect(found).toBe(actor);
  });

  it('leaves an article as it is that is plain text', () => {
    expect(zammadAdapter.map(aZammadUpdate({}, aZammadArticle({ content_type: 'text/plain', body: 'a <b> c' })), context)).toMatchObject({ fields: { comment: { body: 'a <b> c' } } });
  });

  it.each([[{ priority: { name: '3 high' } }, 'A'], [{ priority: '1 low' }, 'C'], [{ priority: null, priority_id: 3 }, 'A'], [{ priority: { name: '4 very high' } }, undefined]])('with %j has severity %s', (ticket, severity) => {
    expect((zammadAdapter.map(aZammadUpdate(ticket), context) as { fields: { severity?: string } }).fields.severity).toBe(severity);
  });

  it.each([[null, null], ['ada@wingtip.example', { name: null, email: 'ada@wingtip.example' }], ['ada', { name: 'ada', email: null }], [{ firstname: 'Ada', lastname: null, email: '' }, { name: 'Ada', email: null }], [undefined, undefined]])('from the customer %j has the requester %j', (customer, requester) => {
    expect((zammadAdapter.map(aZammadUpdate({ customer }), context) as { fields: { requester?: unknown } }).fields.requester).toEqual(requester);
  });

  it('that is a ticket alone is read as well', () => {
    expect(zammadAdapter.map(anExpandedZammadTicket({ tags: 'crm, vip' }), context)).toMatchObject({ externalId: '81', change: 'updated', actor: '3', fields: { subject: 'Sign-in fails', severity: 'A', labels: ['crm', 'vip'] } });
    expect(zammadAdapter.map({ ticket: aZammadTicket({ tags: ['crm'] }) }, context)).toMatchObject({ fields: { labels: ['crm'] } });
  });
});
