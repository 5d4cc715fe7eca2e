import { createHmac } from 'node:crypto';
import type { AdapterSettings, ReportedTicket, Trust } from '../adapter.js';
import { describeAdapterContract } from '../adapter.contract.js';
import { signingKeyUnavailable } from '../signature.js';
import { describeReading } from '../source-api.contract.js';
import { anApi } from '../source-api.samples.js';
import { aMapContext, aRequest, aTrust, RECEIVED_AT } from '../webhook.samples.js';
import { aKey, aToken, ENTRA_KEY, keysAt, NEXT_KEY, theClaims } from './entra.samples.js';
import { saasFulfilmentAdapter as adapter } from './saas-fulfilment.adapter.js';
import { saasFulfilmentApi } from './saas-fulfilment.api.js';
import { anOperation, APPLICATION, aSubscription, SETTINGS_OF_SOURCE, TENANT } from './saas-fulfilment.samples.js';

describeAdapterContract('Marketplace SaaS fulfilment', {
  adapter, sign: () => ({ authorization: `Bearer ${aToken()}` }), created: anOperation(), another: anOperation({ status: 'Failed' }), samples: [anOperation({ action: 'ChangePlan', status: 'InProgress' }), anOperation({ action: 'Transfer', subscription: null })], settings: SETTINGS_OF_SOURCE, download: keysAt(ENTRA_KEY),
  protectedHeaders: ['authorization'], requiredPaths: ['id', 'action', 'subscriptionId'], protectsBody: false,
});

async function verdict(authorization: string | undefined, parts: Partial<Trust> = {}): Promise<string> {
  const request = aRequest({ headers: { authorization }, rawBody: Buffer.from(JSON.stringify(anOperation())) });
  const trust = aTrust({ settings: SETTINGS_OF_SOURCE, toleranceSeconds: 300, download: keysAt(ENTRA_KEY), ...parts });
  return Promise.resolve(adapter.verify(request, trust)).then(() => 'accepted', (error: { status: number; code: string }) => `${error.status} ${error.code}`);
}

const verdictOn = (claims: object, parts: Partial<Trust> = {}): Promise<string> => verdict(`Bearer ${aToken(theClaims(claims))}`, parts);
const seconds = (from: number): number => RECEIVED_AT.getTime() / 1_000 + from;

describe('a token of Microsoft Entra', () => {
  it('may have either version', async () => {
    expect(await verdictOn({ iss: `https://login.microsoftonline.com/${TENANT}/v2.0`, appid: undefined, azp: '20e940b3-4c77-4b0b-9a53-9e16a1b010a7', ver: '2.0' })).toBe('accepted');
    expect(await verdict(`Bearer ${aToken()}`, { settings: { tenantId: TENANT.toUpperCase(), applicationId: APPLICATION.toUpperCase() } })).toBe('accepted');
  });

  it.each<[string, object]>([
    ['another application', { aud: 'other' }], ['several applications, of which this is none', { aud: ['a', 'b'] }], ['nobody', { aud: undefined }],
    ['the publisher, issued by another tenant', { iss: 'https://sts.windows.net/1d2e3f40-0000-4000-8000-000000000001/' }], ['the publisher, issued by a stranger', { iss: `https://sts.windows.net.evil.example/${TENANT}/` }], ['the publisher, by nobody', { iss: undefined }],
    ['the publisher, of another tenant', { tid: '1d2e3f40-0000-4000-8000-000000000001' }], ['the publisher, of no tenant', { tid: undefined }],
    ['the publisher, asked for by another application', { appid: '1d2e3f40-0000-4000-8000-000000000001' }], ['the publisher, asked for by nobody', { appid: undefined }], ['the publisher, asked for by two', { azp: '1d2e3f40-0000-4000-8000-000000000001' }],
    ['the publisher, for ever', { exp: undefined }], ['the publisher, with an end that is no number', { exp: '2099' }],
  ])('for %s is not believed', async (_whom, claims) => {
    expect(await verdictOn(claims)).toBe('401 signature-invalid');
  });

  it('holds until its end and from its beginning, give or take the tolerance, also where no clocks are compared', async () => {
    expect([await verdictOn({ exp: seconds(-299) }), await verdictOn({ exp: seconds(-301) }), await verdictOn({ nbf: seconds(299) }), await verdictOn({ nbf: seconds(301) })]).toEqual(['accepted', '401 timestamp-stale', 'accepted', '401 timestamp-stale']);
    expect([await verdictOn({ exp: seconds(-301) }, { toleranceSeconds: null }), await verdictOn({ exp: seconds(-31) }, { toleranceSeconds: 30 })]).toEqual(['401 timestamp-stale', '401 timestamp-stale']);
  });

  it.each<[string, () => string]>([
    ['without a signature', () => `${aToken(theClaims(), { header: { alg: 'none' } }).split('.').slice(0, 2).join('.')}.`],
    ['that says that it has no algorithm', () => aToken(theClaims(), { header: { alg: 'none' } })],
    ['signed with the public key as if it were a secret', () => {
      const signed = aToken(theClaims(), { header: { alg: 'HS256' } }).split('.').slice(0, 2).join('.');
      return `${signed}.${createHmac('sha256', JSON.stringify(ENTRA_KEY.published)).update(signed).digest('base64url')}`;
    }],
    ['of another algorithm', () => aToken(theClaims(), { header: { alg: 'RS512' } })],
    ['that names no key of the tenant', () => aToken(theClaims(), { key: NEXT_KEY })],
    ['signed by another key of the same name', () => aToken(theClaims(), { key: { ...NEXT_KEY, id: ENTRA_KEY.id } })],
    ['that brings its own key', () => aToken(theClaims(), { key: NEXT_KEY, header: { jwk: NEXT_KEY.published, jku: 'https://evil.example/keys', kid: undefined } })],
    ['that is none', () => 'x.y.z'], ['that is missing', () => ''], ['with a part too many', () => `${aToken()}.x`],
  ])('%s is not believed', async (_how, token) => {
    expect(await verdict(`Bearer ${token()}`)).toBe('401 signature-invalid');
  });

  it.each(['', 'Basic abc', 'Bearer', undefined])('is not %j', async (authorization) => {
    expect(await verdict(authorization)).toBe('401 signature-invalid');
  });
});

describe('the keys of Microsoft Entra', () => {
  it('may change: the next one is believed beside the one before', async () => {
    const both = { download: keysAt(ENTRA_KEY, NEXT_KEY) };
    expect([await verdict(`Bearer ${aToken()}`, both), await verdict(`Bearer ${aToken(theClaims(), { key: NEXT_KEY })}`, both)]).toEqual(['accepted', 'accepted']);
  });

  it.each(['Not Found', '<html>maintenance</html>', '', '{}', '{"keys":{}}', 'null'])('say nothing about a token while %j is there in their place, nor where they cannot be had', async (answer) => {
    expect(await verdict(`Bearer ${aToken()}`, { download: () => Promise.resolve(Buffer.from(answer)) })).toBe('503 signing-key-unavailable');
    expect(await verdict(`Bearer ${aToken()}`, { download: () => Promise.reject(signingKeyUnavailable(null)) })).toBe('503 signing-key-unavailable');
  });

  it('are asked for at the place of the tenant alone, and not for what is no token', async () => {
    const asked: string[] = [];
    const download: Trust['download'] = (url) => (asked.push(url), keysAt(ENTRA_KEY)(url));
    await verdict('Bearer nonsense', { download });
    await verdict(`Bearer ${aToken(theClaims({ iss: 'https://evil.example/' }))}`, { download });
    expect(asked).toEqual([`https://login.microsoftonline.com/${TENANT}/discovery/v2.0/keys`]);
  });

  it('that are too short are not believed', async () => {
    const short = aKey('short', 1_024);
    expect(await verdict(`Bearer ${aToken(theClaims(), { key: short })}`, { download: keysAt(short) })).not.toBe('accepted');
  });
});

describe('the settings of a publisher', () => {
  it.each([[{}], [{ tenantId: TENANT }], [{ tenantId: 'contoso', applicationId: APPLICATION }], [{ ...SETTINGS_OF_SOURCE, tenantId: '../common' }], [{ ...SETTINGS_OF_SOURCE, actions: ['a b'] }]])('are not %j', (settings) => {
    expect(adapter.settings.safeParse(settings).success).toBe(false);
  });
});

describe('a webhook of the Marketplace', () => {
  const map = (parts: object = {}, settings: AdapterSettings = {}): ReportedTicket => adapter.map(anOperation(parts), aMapContext({ settings: { ...SETTINGS_OF_SOURCE, ...settings } })) as ReportedTicket;

  it('is a ticket about the subscription, whose operation is still to be confirmed', () => {
    expect(map()).toEqual({
      externalId: 'T-1', externalUrl: null, change: 'created', occurredAt: '2026-11-02T07:59:58.614Z', isThin: true,
      fields: {
        subject: "The subscription 'CRM for sales' was suspended: it was not paid for", status: 'Succeeded', area: 'payment', areaBasis: 'source', severity: 'B', requester: { name: null, email: 'ada@woodgrove.example' },
        description: 'Action: Suspend\nSubscription: s-1\nOffer: contoso-crm\nPlan: gold\nSeats: 25\nBought by: buy@northwind.example\nUsed by: ada@woodgrove.example\nState: Suspended',
        offerId: 'contoso-crm', subscriptionId: 's-1', customerId: '0c1d2e3f-1111-4222-8333-944455556666', labels: ['Suspend', 'csp'],
      },
    });
  });

  it.each([
    ['Suspend', 'Succeeded', 'payment', 'created'], ['Suspended', 'Succeeded', 'payment', 'created'], ['Unsubscribe', 'Succeeded', 'subscription-management', 'created'], ['unsubscribed', 'Succeeded', 'subscription-management', 'created'],
    ['Renew', 'Succeeded', 'subscription-management', 'created'], ['Subscribe', 'Succeeded', 'activation', 'created'], ['ChangePlan', 'InProgress', 'subscription-management', 'created'], ['ChangePlan', 'Succeeded', 'subscription-management', 'closed'],
    ['ChangeQuantity', 'NotStarted', 'subscription-management', 'created'], ['ChangeQuantity', 'Failed', 'subscription-management', 'updated'], ['Reinstate', 'InProgress', 'activation', 'created'], ['Reinstate', 'Conflict', 'activation', 'updated'], ['Reinstate', null, 'activation', 'created'],
  ])('about %s with the status %s is about %s, and %s', (action, status, area, change) => {
    expect(map({ action, status })).toMatchObject({ change, fields: { area } });
  });

  it('without the subscription tells what it has', () => {
    expect(map({ subscription: null, action: 'Unsubscribe' })).toMatchObject({ fields: { subject: "The subscription 's-1' was cancelled", description: 'Action: Unsubscribe\nSubscription: s-1\nOffer: contoso-crm\nPlan: gold\nSeats: 25', labels: ['Unsubscribe'] } });
    expect(map({ subscription: null }).fields).not.toHaveProperty('customerId');
  });

  it.each<[object, readonly string[]]>([[{ allowedCustomerOperations: ['Read', 'Update', 'Delete'] }, ['Suspend']], [{ purchaser: undefined }, ['Suspend']], [{ purchaser: aSubscription()['beneficiary'] }, ['Suspend']], [{ isTest: true }, ['Suspend', 'csp', 'test']]])('with %j has the labels %j', (parts, labels) => {
    expect(map({ subscription: aSubscription(parts) }).fields.labels).toEqual(labels);
  });

  it('changes no ticket where its action is new, or left out by the source', () => {
    expect([map({ action: 'Transfer' }), map({ action: 'Renew' }, { actions: ['suspend'] })]).toEqual([{ ignored: true, reason: "The action 'Transfer' changes no ticket." }, { ignored: true, reason: "The action 'Renew' changes no ticket." }]);
    expect(map({ action: 'Transfer' }, { actions: ['Transfer'] })).toMatchObject({ change: 'created', fields: { subject: "The subscription 'CRM for sales' has the action Transfer" } });
  });

  it('is named by its operation, with action and status', () => {
    const keyOf = (parts: object): string => adapter.recognise(aRequest(), anOperation(parts));
    expect(keyOf({ timeStamp: 'later' })).toBe(keyOf({}));
    expect(new Set([{}, { id: 'T-2' }, { action: 'Renew' }, { status: 'Failed' }].map(keyOf)).size).toBe(4);
  });

  it('is answered as Microsoft asks for', () => {
    expect(adapter.answer?.(aRequest())).toEqual({ status: 200, headers: {}, body: '' });
  });
});

describe('an operation of the Marketplace', () => {
  const ticket = adapter.map(anOperation(), aMapContext({ settings: SETTINGS_OF_SOURCE })) as ReportedTicket;
  const { subscription: _, ...operation } = anOperation();
  const complete = (answers: Readonly<Record<string, unknown>>, of = ticket): { read: unknown; asked: string[] } => {
    const { context, asked } = anApi((path) => answers[path], { settings: SETTINGS_OF_SOURCE });
    return { read: adapter.api?.complete(of, context), asked };
  };
  const place = '/api/saas/subscriptions/s-1';

  it('is confirmed with its subscription before anybody acts on it', async () => {
    const { read, asked } = complete({ [`${place}/operations/T-1?api-version=2018-08-31`]: { ...operation, action: 'Renew' }, [`${place}?api-version=2018-08-31`]: aSubscription({ name: 'CRM for all' }) });
    expect(await read).toMatchObject({ externalId: 'T-1', change: 'created', updatedAt: '2026-11-02T07:59:58.614Z', fields: { subject: "The subscription 'CRM for all' was renewed", area: 'subscription-management', labels: ['Renew', 'csp'] }, payload: { subscription: { name: 'CRM for all' } } });
    expect(asked).toEqual([`GET ${place}/operations/T-1?api-version=2018-08-31`, `GET ${place}?api-version=2018-08-31`]);
  });

  it('that the Marketplace does not know is none', async () => {
    expect(await complete({}).read).toBeNull();
    expect(await complete({}, { ...ticket, fields: {} }).read).toBeNull();
  });

  it('is read also where its subscription is gone', async () => {
    expect(await complete({ [`${place}/operations/T-1?api-version=2018-08-31`]: operation }).read).toMatchObject({ fields: { subject: "The subscription 's-1' was suspended: it was not paid for" } });
  });
});

describeReading('Marketplace SaaS fulfilment', {
  api: saasFulfilmentApi, externalId: 'T-1', fields: { subscriptionId: 's-1' },
  context: () => anApi((path) => (path.includes('/operations/') ? anOperation({ subscription: undefined }) : aSubscription()), { settings: SETTINGS_OF_SOURCE }).context,
});
