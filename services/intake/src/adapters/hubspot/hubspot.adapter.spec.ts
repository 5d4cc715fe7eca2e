import { createHmac } from 'node:crypto';
import { codeOf, describeAdapterContract, type Unsigned } from '../adapter.contract.js';
import type { AdapterSettings, ReportedTicket, WebhookRequest } from '../adapter.js';
import { aMapContext, aRequest, aTrust, RECEIVED_AT } from '../webhook.samples.js';
import { hubspotAdapter } from './hubspot.adapter.js';
import { aHubspotChange, aHubspotEvent } from './hubspot.samples.js';

const URL = 'https://intake.example/v1/sources/desk/webhooks';

function sign({ body, sentAt }: Pick<Unsigned, 'body' | 'sentAt'>, secret: string): Record<string, string> {
  const timestamp = String(sentAt.getTime());
  return { 'x-hubspot-signature-v3': createHmac('sha256', secret).update(`POST${URL}${body}${timestamp}`).digest('base64'), 'x-hubspot-request-timestamp': timestamp };
}

describeAdapterContract('HubSpot', {
  adapter: hubspotAdapter, sign, created: aHubspotEvent(), another: aHubspotEvent({ eventId: 1 }), samples: [aHubspotChange('hs_ticket_priority', 'HIGH'), aHubspotChange('hs_pipeline_stage', '4'), aHubspotEvent({ subscriptionType: 'ticket.merge', mergedObjectIds: [1, 2], newObjectId: 3 }), aHubspotEvent({ subscriptionType: 'ticket.deletion' })], encode: (payload) => JSON.stringify([payload]), url: URL,
  protectedHeaders: ['x-hubspot-signature-v3', 'x-hubspot-request-timestamp'], requiredPaths: ['subscriptionType', 'objectId'],
});

describe('the published examples of HubSpot', () => {
  const secret = 'yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy';
  const url = 'https://www.example.com/webhook_uri';
  const sentAt = new Date(1_693_657_560_000);
  const contact = '[{"eventId":1,"subscriptionId":12345,"portalId":62515,"occurredAt":1564113600000,"subscriptionType":"contact.creation","attemptNumber":0,"objectId":123,"changeSource":"CRM","changeFlag":"NEW","appId":54321}]';
  const third = { 'x-hubspot-signature-v3': 'K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y=', 'x-hubspot-request-timestamp': String(sentAt.getTime()) };
  const older = (version: string, signature: string): Record<string, string> => ({ 'x-hubspot-signature-version': version, 'x-hubspot-signature': signature });
  const verify = (parts: Partial<WebhookRequest>, settings: AdapterSettings, now = sentAt): string => codeOf(() => hubspotAdapter.verify(aRequest({ url, ...parts }), aTrust({ secrets: [secret], now, toleranceSeconds: 300, settings })));

  it.each<[string, Partial<WebhookRequest>]>([
    ['v1', { headers: older('v1', '232db2615f3d666fe21a8ec971ac7b5402d33b9a925784df3ca654d05f4817de'), rawBody: Buffer.from(contact) }],
    ['v2', { headers: older('v2', 'eee2dddcc73c94d699f5e395f4b9d454a069a6855fbfa152e91e88823087200e'), method: 'GET' }],
    ['v2', { headers: older('v2', '9569219f8ba981ffa6f6f16aa0f48637d35d728c7e4d93d0d52efaa512af7900'), rawBody: Buffer.from('{"example_field":"example_value"}') }],
    ['v3', { headers: third, rawBody: Buffer.from("{'example_field':'example_value'}") }],
  ])('of version %s are believed where the source takes it, with a bit changed never', (version, parts) => {
    expect(verify(parts, { signatures: [version] })).toBe('accepted');
    const names = Object.keys(parts.headers ?? {}).filter((name) => name.includes('signature') && !name.endsWith('version'));
    const changed = names.map((name) => ({ ...parts, headers: { ...parts.headers, [name]: String(parts.headers?.[name]).replace(/./, (first) => String.fromCharCode(first.charCodeAt(0) ^ 1)) } }));
    for (const other of [...changed, { ...parts, rawBody: Buffer.from(`${String(parts.rawBody ?? '')} `) }]) expect(verify(other, { signatures: [version] })).toBe('401 signature-invalid');
  });

  it('of versions 1 and 2 are believed nowhere else, and never beside one of version 3', () => {
    const first = { headers: older('v1', '232db2615f3d666fe21a8ec971ac7b5402d33b9a925784df3ca654d05f4817de'), rawBody: Buffer.from(contact) };
    expect([verify(first, {}), verify(first, { signatures: ['v2', 'v3'] }), verify({ ...first, headers: { ...first.headers, ...third } }, { signatures: ['v1', 'v3'] })]).toEqual(['401 signature-invalid', '401 signature-invalid', '401 signature-invalid']);
  });

  it.each([[300, 'accepted'], [301, '401 timestamp-stale'], [-301, '401 timestamp-stale']])('are %d seconds later %s', (seconds, outcome) => {
    expect(verify({ headers: third, rawBody: Buffer.from("{'example_field':'example_value'}") }, {}, new Date(sentAt.getTime() + seconds * 1_000))).toBe(outcome);
  });
});

describe('the address that HubSpot signs', () => {
  const signedFor = (uri: string, url: string, method = 'POST'): string => {
    const headers = { 'x-hubspot-signature-v3': createHmac('sha256', 'the-secret-of-adatum').update(`${method}${uri}[]${RECEIVED_AT.getTime()}`).digest('base64'), 'x-hubspot-request-timestamp': String(RECEIVED_AT.getTime()) };
    return codeOf(() => hubspotAdapter.verify(aRequest({ url, headers, rawBody: Buffer.from('[]') }), aTrust({ secrets: ['the-secret-of-adatum'], toleranceSeconds: 300 })));
  };

  it.each([
    [`${URL}?a=b:c/d`, `${URL}?a=b%3Ac%2Fd`, 'accepted'], [`${URL}?q=@!$'()*,;?`, `${URL}?q=%40%21%24%27%28%29%2a%2C%3b%3F`, 'accepted'], [`${URL}?a=%20%26`, `${URL}?a=%20%26`, 'accepted'],
    [`${URL}?a= &`, `${URL}?a=%20%26`, '401 signature-invalid'], ['https://other.example/v1/sources/desk/webhooks', URL, '401 signature-invalid'],
  ])('as %s is the one that came as %s: %s', (uri, url, outcome) => {
    expect(signedFor(uri, url)).toBe(outcome);
  });

  it('goes with the method', () => {
    expect(signedFor(URL, URL, 'PUT')).toBe('401 signature-invalid');
  });
});

describe('a webhook of HubSpot', () => {
  const requestOf = (...events: object[]): WebhookRequest => aRequest({ rawBody: Buffer.from(JSON.stringify(events)) });
  const read = (...events: object[]): readonly unknown[] => hubspotAdapter.read(requestOf(...events));
  const map = (event: object, settings: AdapterSettings = {}): ReportedTicket => hubspotAdapter.map(read(event)[0], aMapContext({ settings })) as ReportedTicket;
  const keyOf = (event: object): string => hubspotAdapter.recognise(requestOf(event), read(event)[0]);

  it('about a new ticket says which it is', () => {
    expect(map(aHubspotEvent({ objectId: 5_158 }))).toEqual({ externalId: '5158', externalUrl: 'https://app.hubspot.com/contacts/4711/record/0-5/5158', change: 'created', occurredAt: '2026-11-02T07:59:59.000Z', actor: 'userId:9271', fields: {}, isThin: true });
  });

  it('has several events, each with its own name, whatever the attempt', () => {
    expect(read(aHubspotEvent(), aHubspotEvent({ eventId: 2 }))).toHaveLength(2);
    expect(keyOf(aHubspotEvent({ attemptNumber: 3 }))).toBe(keyOf(aHubspotEvent()));
    for (const other of [{ eventId: 2 }, { portalId: 2 }, { subscriptionId: 2 }, { objectId: 2 }, { occurredAt: 2 }, { propertyName: 'subject' }]) expect(keyOf(aHubspotEvent(other))).not.toBe(keyOf(aHubspotEvent()));
    expect(codeOf(() => read(...Array.from({ length: 201 }, () => ({}))))).toBe('422 field-invalid');
  });

  it.each<[string, unknown, object]>([
    ['subject', 'Sign-in fails', { subject: 'Sign-in fails' }], ['content', null, { description: null }], ['hs_ticket_priority', 'HIGH', { severity: 'B' }], ['hs_ticket_priority', 'urgent', { severity: 'A' }], ['hs_ticket_priority', 'Low', { severity: 'C' }],
    ['hs_pipeline_stage', '2', { status: 'Waiting on contact' }], ['hs_pipeline_stage', '79437839', { status: '79437839' }], ['some_property', { a: 1 }, {}],
  ])('about a change of %s to %j tells it', (name, value, fields) => {
    expect(map(aHubspotChange(name, value))).toMatchObject({ change: 'updated', fields, isThin: true });
    expect(map(aHubspotChange(name, value)).fields).toEqual(fields);
  });

  it.each([
    [aHubspotChange('hs_pipeline_stage', '4'), 'closed'], [aHubspotChange('closed_date', '1793606399000'), 'closed'], [aHubspotChange('closed_date', ''), 'updated'], [aHubspotEvent({ subscriptionType: 'ticket.deletion' }), 'closed'],
    [aHubspotEvent({ subscriptionType: 'ticket.restore' }), 'updated'], [aHubspotEvent({ subscriptionType: 'object.creation', objectTypeId: '0-5' }), 'created'],
  ])('%j says that the ticket was %s', (event, change) => {
    expect(map(event).change).toBe(change);
  });

  it('about a deletion needs nothing more', () => {
    expect(map(aHubspotEvent({ subscriptionType: 'ticket.deletion' }))).not.toHaveProperty('isThin');
  });

  it('about an association names the end that is the ticket', () => {
    const association = (associationType: string): object => aHubspotEvent({ subscriptionType: 'ticket.associationChange', objectId: undefined, associationType, fromObjectId: 1, toObjectId: 2, associationRemoved: false });
    expect([map(association('TICKET_TO_CONTACT')).externalId, map(association('CONTACT_TO_TICKET')).externalId]).toEqual(['1', '2']);
  });

  it('about a merge closes what was merged, and keeps what stays', () => {
    const payloads = read(aHubspotEvent({ subscriptionType: 'ticket.merge', objectId: 3, primaryObjectId: 3, mergedObjectIds: [1, 2], newObjectId: 3 }));
    expect(payloads.map((payload) => hubspotAdapter.map(payload, aMapContext()))).toMatchObject([{ externalId: '1', change: 'closed' }, { externalId: '2', change: 'closed' }, { externalId: '3', change: 'updated', isThin: true }]);
    expect(new Set(payloads.map((payload) => hubspotAdapter.recognise(requestOf(), payload))).size).toBe(3);
  });

  it.each([[{ subscriptionType: 'contact.creation' }, {}], [{ subscriptionType: 'object.creation', objectTypeId: '0-1' }, {}], [{ subscriptionType: 'ticket' }, {}], [{ subscriptionType: 'ticket.newThing' }, {}], [{ portalId: 1 }, { portalId: '4711' }]])('with %j and %j changes no ticket', (parts, settings) => {
    expect(map(aHubspotEvent(parts), settings)).toMatchObject({ ignored: true });
  });
});
