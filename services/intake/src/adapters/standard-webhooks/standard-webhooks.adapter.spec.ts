import { Webhook } from 'standardwebhooks';
import type { WebhookRequest } from '../adapter.js';
import { codeOf, describeAdapterContract, problemOf, type Unsigned } from '../adapter.contract.js';
import { aMapContext, aRequest, aTrust } from '../webhook.samples.js';
import { standardWebhooksAdapter } from './standard-webhooks.adapter.js';

const ticket = {
  externalId: 'T-1', externalUrl: 'https://desk.example/T-1', change: 'created', occurredAt: '2026-11-02T08:59:00+01:00', subject: 'Sign-in fails', description: null, area: 'break-fix', severity: 'B', asker: 'customer',
  requester: { name: 'Ada Brown', email: null }, offerId: 'contoso-crm', customerId: 'woodgrove', subscriptionId: 'woodgrove-crm', cloud: 'public', country: 'DE', language: 'de', labels: ['login'], comment: { author: 'Ada', body: 'Hello', isPublic: true },
};

/** Signs with the library of the standard. */
function sign({ id, body, sentAt }: Unsigned, secret: string): Record<string, string> {
  return { 'webhook-signature': new Webhook(secret).sign(id, sentAt, body), 'webhook-id': id, 'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1_000)) };
}

describeAdapterContract('Standard Webhooks', {
  adapter: standardWebhooksAdapter, sign, created: ticket, samples: [{ externalId: '1', change: 'closed' }, { externalId: '1', change: 'commented', comment: { body: 'x', isPublic: false } }],
  protectedHeaders: ['webhook-signature', 'webhook-id', 'webhook-timestamp'], requiredPaths: ['externalId', 'subject'],
});

describe('a ticket in our own format', () => {
  it('that has far more values than a ticket can have is refused as a whole, before each of them is looked at', () => {
    const labels = Array<string>(10_000).fill('a');
    expect(problemOf(() => standardWebhooksAdapter.map({ ...ticket, labels }, aMapContext()))).toMatchObject({ status: 422, code: 'field-invalid', fields: [{ field: '', detail: 'must have at most 10000 values in all' }] });
  });
});

describe('the published example of Standard Webhooks', () => {
  const body = '{"test": 2432232314}';
  const good = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';
  const request = (signature: string): WebhookRequest => (aRequest({ headers: { 'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek', 'webhook-timestamp': '1614265330', 'webhook-signature': signature }, rawBody: Buffer.from(body) }));
  const trust = aTrust({ secrets: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'], now: new Date(1_614_265_330_000), toleranceSeconds: 300 });
  const verify = (signature: string): string => codeOf(() => standardWebhooksAdapter.verify(request(signature), trust));

  it('is believed', () => {
    expect(verify(good)).toBe('accepted');
  });

  it('is believed in a list, where others and unknown versions are skipped', () => {
    expect(verify(`v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc= v2,${good.slice(3)} ${good}`)).toBe('accepted');
  });

  it.each([good.replace('1OE=', '1OA='), good.replace('v1,', 'v1a,'), good.replace('=', ''), good.slice(3), 'v1,'])('is refused with the signature %s', (signature) => {
    expect(verify(signature)).toBe('401 signature-invalid');
  });

  it.each([[300, 'accepted'], [301, '401 timestamp-stale'], [-301, '401 timestamp-stale']])('is %d seconds later %s', (seconds, outcome) => {
    expect(codeOf(() => standardWebhooksAdapter.verify(request(good), { ...trust, now: new Date(1_614_265_330_000 + seconds * 1_000) }))).toBe(outcome);
  });
});

describe('an id with a dot in it', () => {
  it('is refused although signed: the text could be read as another id and time', () => {
    const secret = standardWebhooksAdapter.secret?.generate() ?? '';
    const now = new Date('2026-11-02T08:00:00Z');
    const headers = sign({ id: 'msg.1', body: '{}', sentAt: now }, secret);
    expect(codeOf(() => standardWebhooksAdapter.verify(aRequest({ headers, rawBody: Buffer.from('{}') }), aTrust({ secrets: [secret], now, toleranceSeconds: 300 })))).toBe('401 signature-invalid');
  });
});

describe('a secret of Standard Webhooks', () => {
  it.each(['whsec_', 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', `whsec_${Buffer.alloc(23, 1).toString('base64')}`, `whsec_${Buffer.alloc(65, 1).toString('base64')}`, 'whsec_not base64 not base64 not base64'])("is not '%s'", (secret) => {
    expect(standardWebhooksAdapter.secret?.problem(secret)).not.toBeNull();
  });

  it('may lack its padding', () => {
    expect(standardWebhooksAdapter.secret?.problem(`whsec_${Buffer.alloc(25, 1).toString('base64').replaceAll('=', '')}`)).toBeNull();
  });
});

describe('a ticket in our own format', () => {
  const context = aMapContext();

  it('is taken as it is, with times in UTC', () => {
    const { externalId, externalUrl, change, occurredAt, ...fields } = ticket;
    expect(standardWebhooksAdapter.map(ticket, context)).toEqual({ externalId, externalUrl, change, occurredAt: new Date(occurredAt).toISOString(), fields: { ...fields, areaBasis: 'source' } });
  });

  it('tells nothing about what it does not have', () => {
    expect(standardWebhooksAdapter.map({ externalId: '1', change: 'closed' }, context)).toEqual({ externalId: '1', externalUrl: null, change: 'closed', occurredAt: '2026-11-02T08:00:00.000Z', fields: {} });
  });

  it.each([
    [{ area: 'nonsense' }, 'area'], [{ requester: { name: 7 } }, 'requester.name'], [{ comment: { body: 'x' } }, 'comment.isPublic'], [{ externalUrl: 'javascript:alert(1)' }, 'externalUrl'],
    [{ occurredAt: 'yesterday' }, 'occurredAt'], [{ subjct: 'typo' }, 'subjct'], [{ country: 'Germany' }, 'country'], [{ labels: 'login' }, 'labels'], [{ area: { constructor: 1 } }, 'area.constructor'],
  ])('with %j is refused by the name of the field', (wrong, field) => {
    const problem = problemOf(() => standardWebhooksAdapter.map({ ...ticket, ...wrong }, context));
    expect([problem?.code, problem?.fields[0]?.field]).toEqual(['field-invalid', field]);
  });

  it('nested a hundred thousand levels deep is refused, and nothing breaks', () => {
    const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`) as unknown;
    expect(codeOf(() => standardWebhooksAdapter.map({ ...ticket, labels: deep }, context))).toBe('422 field-invalid');
  });
});
