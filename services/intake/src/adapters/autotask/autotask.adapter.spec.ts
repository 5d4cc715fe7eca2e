import { createHmac } from 'node:crypto';
import { codeOf, describeAdapterContract, type Unsigned } from '../adapter.contract.js';
import { aMapContext, aRequest, aTrust, RECEIVED_AT } from '../webhook.samples.js';
import { autotaskAdapter } from './autotask.adapter.js';
import { anAutotaskWebhook } from './autotask.samples.js';

function sign({ body }: Pick<Unsigned, 'body'>, secret: string): Record<string, string> {
  return { 'x-hook-signature': `sha1=${createHmac('sha1', secret).update(body).digest('base64')}` };
}

describeAdapterContract('Autotask', {
  adapter: autotaskAdapter, sign, created: anAutotaskWebhook(), another: anAutotaskWebhook({ SequenceNumber: 43 }),
  samples: [anAutotaskWebhook({ Action: 'Update', Fields: [{ Name: 'Title', Value: 'x' }, { name: 'Status', value: 5 }] }), anAutotaskWebhook({ EntityType: 'TicketNote', Id: 45, Fields: { TicketID: '100', Title: 'Answer', Description: 'It happens again.', Publish: '1' } }), anAutotaskWebhook({ Action: 'Delete' })],
  protectedHeaders: ['x-hook-signature'], requiredPaths: ['Action', 'Id'],
});

const context = aMapContext();
const requestOf = (body: object): ReturnType<typeof aRequest> => aRequest({ rawBody: Buffer.from(JSON.stringify(body)) });
const map = (body: object): ReturnType<typeof autotaskAdapter.map> => autotaskAdapter.map(autotaskAdapter.read(requestOf(body))[0], context);

describe('a secret of Autotask', () => {
  it('has at most 64 characters', () => {
    expect([autotaskAdapter.secret?.generate().length, autotaskAdapter.secret?.problem('x'.repeat(64)), autotaskAdapter.secret?.problem('x'.repeat(65))]).toEqual([64, null, expect.any(String)]);
  });
});

describe('the time of a webhook of Autotask', () => {
  const verify = (body: object, toleranceSeconds: number | null): string => {
    const text = JSON.stringify(body);
    return codeOf(() => autotaskAdapter.verify(aRequest({ headers: sign({ body: text }, 'the-secret-of-adatum'), rawBody: Buffer.from(text) }), aTrust({ secrets: ['the-secret-of-adatum'], now: RECEIVED_AT, toleranceSeconds })));
  };

  it.each([[{ EventTime: '2026-11-02T07:59:00Z' }, 'accepted'], [{ eventtime: '2026-11-02T07:59:00Z' }, 'accepted'], [{ EventTime: '2026-11-02T07:54:59Z' }, '401 timestamp-stale'], [{}, '401 timestamp-stale'], [{ EventTime: 'yesterday' }, '401 timestamp-stale']])('is looked at only where the source asks: %j is then %s', (body, outcome) => {
    expect([verify(body, null), verify(body, 300)]).toEqual(['accepted', outcome]);
  });
});

describe('the name of an event of Autotask', () => {
  const keyOf = (body: object): string => autotaskAdapter.recognise(requestOf(body), autotaskAdapter.read(requestOf(body))[0]);

  it('is its number within the webhook, and for the ticket', () => {
    expect(keyOf(anAutotaskWebhook())).toBe(keyOf(anAutotaskWebhook({ PersonID: 1 })));
    for (const other of [{ Guid: 'other' }, { Id: 2 }, { SequenceNumber: '43' }]) expect(keyOf(anAutotaskWebhook(other))).not.toBe(keyOf(anAutotaskWebhook()));
  });

  it('is the body where it has no number', () => {
    expect(keyOf(anAutotaskWebhook({ SequenceNumber: null }))).toBe(keyOf(anAutotaskWebhook({ SequenceNumber: null })));
    expect(keyOf(anAutotaskWebhook({ SequenceNumber: null }))).not.toBe(keyOf(anAutotaskWebhook({ SequenceNumber: null, EventTime: '2026-11-02T08:00:00Z' })));
  });
});

describe('a webhook of Autotask', () => {
  it('tells what it has', () => {
    expect(map(anAutotaskWebhook())).toEqual({
      externalId: 'T-1', externalUrl: null, change: 'created', occurredAt: '2026-11-02T07:59:58.000Z', actor: '29682885',
      fields: { subject: 'Sign-in fails', description: 'Error 500 after the password.', status: '1', severity: 'B' },
    });
  });

  it('is read whatever the case of its keys, and from fields in a list', () => {
    expect(map({ action: 'create', guid: 'g', entitytype: 'ticket', id: 7, eventTime: '2026-11-02T07:59:58Z', sequencenumber: 1, personId: 5, fields: { title: 'x', description: null } })).toMatchObject({ externalId: '7', change: 'created', actor: '5', fields: { subject: 'x', description: null } });
    expect(map(anAutotaskWebhook({ Fields: [{ Name: 'Title', Value: 'x' }, { name: 'Status', value: 5 }, 'noise', null] }))).toMatchObject({ fields: { subject: 'x', status: '5' } });
  });

  it.each([
    ['Create', { Title: 'x' }, true], ['Create', { Title: 'x', Description: 'y' }, undefined], ['Create', { Title: 'x', Description: null }, undefined],
    ['Update', { Status: '7' }, true], ['Update', { Status: '7', Title: 'x' }, undefined], ['Delete', {}, undefined],
  ])('of %s with %j is thin: %s', (Action, Fields, isThin) => {
    expect((map(anAutotaskWebhook({ Action, Fields })) as { isThin?: true }).isThin).toBe(isThin);
  });

  it.each([['Update', { Status: '5' }, 'closed'], ['Update', { Status: 5 }, 'closed'], ['Update', { Status: 'Complete' }, 'closed'], ['Update', { Status: '15' }, 'updated'], ['Update', null, 'updated'], ['Delete', null, 'closed'], ['Create', { Status: '5' }, 'created']])('of %s with %j says that the ticket was %s', (Action, Fields, change) => {
    expect(map(anAutotaskWebhook({ Action, Fields }))).toMatchObject({ change });
  });

  it.each([['4', 'A'], [1, 'B'], ['2', 'B'], [3, 'C'], ['Critical', 'A'], ['low', 'C'], ['77', undefined]])('of priority %j has severity %s', (Priority, severity) => {
    expect((map(anAutotaskWebhook({}, { Priority })) as { fields: { severity?: string } }).fields.severity).toBe(severity);
  });

  it('about a note is a comment on its ticket', () => {
    const note = { EntityType: 'TicketNote', Id: 45, Fields: { TicketID: '100', Title: 'Answer', Description: 'It happens again.', Publish: '1' } };
    expect(map(anAutotaskWebhook(note))).toMatchObject({ externalId: '100', change: 'commented', isThin: true, fields: { comment: { author: null, body: 'It happens again.', isPublic: true } } });
    expect(map(anAutotaskWebhook({ ...note, Fields: { ticketID: 100, description: 'x', publish: 2 } }))).toMatchObject({ fields: { comment: { isPublic: false } } });
    expect(map(anAutotaskWebhook({ ...note, Action: 'Delete' }))).toMatchObject({ ignored: true });
    expect(codeOf(() => map(anAutotaskWebhook({ ...note, Fields: {} })))).toBe('422 field-missing');
  });

  it.each([[{ Action: 'Deactivated' }], [{ EntityType: 'Account' }], [{ EntityType: 'InstalledProduct' }]])('with %j changes no ticket', (parts) => {
    expect(map(anAutotaskWebhook(parts))).toMatchObject({ ignored: true });
  });
});
