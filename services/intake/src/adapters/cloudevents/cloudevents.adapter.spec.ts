import { generateKeyPairSync } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import type { AdapterSettings, ReportedTicket, WebhookRequest } from '../adapter.js';
import { codeOf, describeAdapterContract, problemOf, type Unsigned } from '../adapter.contract.js';
import { aMapContext, aRequest, aTrust } from '../webhook.samples.js';
import { cloudEventsAdapter as adapter } from './cloudevents.adapter.js';
import { aCloudEvent, aForeignEvent, FOREIGN_SETTINGS, inBinaryMode, inStructuredMode } from './cloudevents.samples.js';

const SECRET = 'a-secret-of-adatum-for-its-desk';
const structured = { 'content-type': 'application/cloudevents+json' };

function sign({ id, body, sentAt }: Unsigned, secret: string): Record<string, string> {
  return { ...structured, 'webhook-signature': new Webhook(secret).sign(id, sentAt, body), 'webhook-id': id, 'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1_000)) };
}

describeAdapterContract('CloudEvents, signed', {
  adapter, sign, created: aCloudEvent(), another: aCloudEvent({ source: '/desks/apac' }),
  samples: [aCloudEvent({ type: 'ticket.closed' }, { requester: { name: 'Ada', email: null }, comment: { author: null, body: 'Again.', isPublic: true } }), aCloudEvent({ data: undefined, data_base64: Buffer.from('{"externalId":"T-1","subject":"x"}').toString('base64') })],
  protectedHeaders: ['webhook-signature', 'webhook-id', 'webhook-timestamp'], requiredPaths: ['specversion', 'id', 'source', 'type', 'data', 'data.externalId', 'data.subject'],
});

describeAdapterContract('CloudEvents, by a secret', {
  adapter, sign: (_webhook, secret) => ({ ...structured, 'x-handoff-secret': secret }), created: aForeignEvent(), another: aForeignEvent({ id: 'e-2' }), samples: [aForeignEvent({ type: 'com.adatum.case.solved' }, { note: { text: 'Done.', by: 'Ben', shown: 'true' } })], settings: FOREIGN_SETTINGS,
  protectedHeaders: ['x-handoff-secret'], requiredPaths: ['id', 'data.case.number', 'data.case.title'], protectsBody: false,
});

const verdict = (request: WebhookRequest, secrets: readonly string[] = [SECRET]): string => codeOf(() => adapter.verify(request, aTrust({ secrets, toleranceSeconds: 300 })));
const map = (event: unknown, settings: AdapterSettings = {}, severities = {}): ReportedTicket => adapter.map(event, aMapContext({ settings, severities })) as ReportedTicket;
const read = (request: WebhookRequest): unknown => adapter.read(request)[0];

describe('a sender of CloudEvents', () => {
  const basic = `Basic ${Buffer.from(`emitter:${SECRET}`).toString('base64')}`;

  it('is believed by the secret, wherever it can put it', () => {
    const event = aCloudEvent();
    for (const headers of [{ authorization: `Bearer ${SECRET}` }, { authorization: basic }, { 'x-handoff-secret': SECRET }]) expect([verdict(inStructuredMode(event, headers)), verdict(inBinaryMode(event, headers))]).toEqual(['accepted', 'accepted']);
    expect(verdict({ ...inBinaryMode(event), url: `https://intake.example/v1/sources/desk/webhooks?access_token=${SECRET}` })).toBe('accepted');
    expect(verdict({ ...inBinaryMode(event), url: 'https://intake.example/v1/sources/desk/webhooks?access_token=another' })).toBe('401 signature-invalid');
  });

  it('cannot sign in binary mode: the signature says nothing of the headers in which the event stands', () => {
    const secret = adapter.secret?.generate() ?? '';
    const event = aCloudEvent();
    const headers = sign({ id: 'msg-1', body: JSON.stringify(event['data']), sentAt: aTrust().now }, secret);
    const problem = problemOf(() => adapter.verify(inBinaryMode(event, { ...headers, 'content-type': 'application/json' }), aTrust({ secrets: [secret], toleranceSeconds: 300 })));
    expect([problem?.code, problem?.detail]).toEqual(['signature-invalid', expect.stringMatching(/structured mode/)]);
  });

  it('is not believed by a public key that it sends as if it were a secret', () => {
    const { x = '' } = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });
    const key = `whpk_${Buffer.from(x, 'base64url').toString('base64')}`;
    expect(adapter.secret?.problem(key)).toBeNull();
    expect(verdict(inStructuredMode(aCloudEvent(), { authorization: `Bearer ${key}` }), [key])).toBe('401 signature-invalid');
    expect(adapter.testWebhook?.({ webhookUrl: 'https://intake.example/', secret: key, settings: {}, now: new Date(), number: '1', subject: 'x', description: 'y' })).toBeNull();
  });

  it.each<[string, Record<string, string>]>([
    ['a batch', { 'content-type': 'application/cloudevents-batch+json' }], ['another format', { 'content-type': 'application/cloudevents+avro' }], ['no event at all', { 'content-type': 'application/json' }], ['nothing that says what it is', {}],
    ['data that is no JSON', { 'content-type': 'text/xml', 'ce-specversion': '1.0' }],
  ])('is told with 415 that it sends %s, once it is known', (_what, headers) => {
    const request = aRequest({ headers: { ...headers, authorization: `Bearer ${SECRET}` }, rawBody: Buffer.from('[]') });
    expect([verdict(request), verdict(request, [])]).toEqual(['415 unsupported-media-type', '401 signature-invalid']);
  });

  it.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON', 'text/json', 'application/vnd.adatum.case+json', ''])('may say that its data is %j', (type) => {
    expect(verdict(inBinaryMode(aCloudEvent({ datacontenttype: type }), { authorization: `Bearer ${SECRET}` }))).toBe('accepted');
  });
});

describe('consent to a sender of CloudEvents', () => {
  const ask = (headers: Record<string, string>, settings: AdapterSettings, requestsPerSecondMax: number | null = null): unknown => adapter.consent?.(aRequest({ method: 'OPTIONS', headers }), { settings, requestsPerSecondMax });
  const origin = { 'webhook-request-origin': 'EventGrid.azure.net', 'webhook-request-rate': '120', 'webhook-request-callback': 'https://eventgrid.azure.net/validate?id=1' };

  it('is given to those that the source names, at the rate that it takes', () => {
    expect(ask(origin, { origins: ['eventgrid.azure.net'] })).toEqual({ status: 200, headers: { 'webhook-allowed-origin': 'EventGrid.azure.net', 'webhook-allowed-rate': '*' }, body: '' });
    expect(ask(origin, { origins: ['*'] }, 20)).toMatchObject({ headers: { 'webhook-allowed-origin': 'EventGrid.azure.net', 'webhook-allowed-rate': '1200' } });
  });

  it.each<[string, Record<string, string>, AdapterSettings]>([
    ['where the source names nobody', origin, {}], ['to another', origin, { origins: ['eventgrid.azure.net.evil.example', 'azure.net'] }], ['to whoever does not say its name', {}, { origins: ['*'] }],
    ['to a name that is none', { 'webhook-request-origin': 'a b' }, { origins: ['*'] }], ['to everybody at once', { 'webhook-request-origin': '*' }, { origins: ['*'] }],
  ])('is not given %s', (_whom, headers, settings) => {
    expect(ask(headers, settings)).toBeNull();
  });

  it.each([['http://eventgrid.azure.net'], ['a b'], ['']])('cannot be meant for %j', (name) => {
    expect(adapter.settings.safeParse({ origins: [name] }).success).toBe(false);
  });
});

describe('the modes of CloudEvents', () => {
  it('say the same', () => {
    const event = aCloudEvent({ subject: 'T 1 "ü" 100%', comexampleextension: 'x' });
    expect(read(inBinaryMode(event))).toEqual(event);
    expect(read(inStructuredMode(event))).toEqual(event);
    expect(adapter.recognise(inBinaryMode(event), read(inBinaryMode(event)))).toBe(adapter.recognise(inStructuredMode(event), event));
  });

  it('read a header in quotes, and one that is badly encoded as it is', () => {
    const request = inBinaryMode(aCloudEvent(), { 'ce-subject': '"a \\"b\\" c"', 'ce-id': '100%' });
    expect(read(request)).toMatchObject({ subject: 'a "b" c', id: '100%' });
  });

  it('read JSON that came in base64; other bytes are no ticket', () => {
    const { data, ...rest } = aCloudEvent();
    expect(read(inStructuredMode({ ...rest, data_base64: Buffer.from(JSON.stringify(data)).toString('base64') }))).toMatchObject({ data });
    const problem = problemOf(() => map(read(inStructuredMode({ ...rest, data_base64: Buffer.from('\u0000\u0001').toString('base64') }))));
    expect([problem?.code, problem?.fields[0]?.field]).toEqual(['field-missing', 'data']);
  });

  it.each([['structured', inStructuredMode({})], ['binary', inBinaryMode(aCloudEvent())]])('refuse a body that is no JSON: %s', (_mode, request) => {
    expect(codeOf(() => adapter.read({ ...request, rawBody: Buffer.from('{"a"') }))).toBe('400 invalid-json');
  });
});

describe('the name of a CloudEvent', () => {
  const keyOf = (parts: object): string => adapter.recognise(aRequest(), aCloudEvent(parts));

  it('is its source and its id, whatever else it says', () => {
    expect(keyOf({ time: '2026-11-02T09:00:00Z', type: 'other' })).toBe(keyOf({}));
    expect(new Set([keyOf({}), keyOf({ id: 'e-2' }), keyOf({ source: '/desks/apac' }), keyOf({ source: '/desks/emea","', id: 'e-1' })]).size).toBe(4);
  });
});

describe('a CloudEvent with a ticket in our own format', () => {
  it('is that ticket; what its data leaves out, the event says', () => {
    expect(map(aCloudEvent())).toEqual({ externalId: 'T-1', externalUrl: null, change: 'created', occurredAt: '2026-11-02T07:59:58.000Z', fields: { subject: 'Sign-in fails', description: null, area: 'break-fix', areaBasis: 'source', severity: 'B', labels: ['login'] } });
    expect(map(aCloudEvent({ type: 'com.adatum.ticket.closed.v1' }, { occurredAt: '2026-11-02T07:00:00Z' }))).toMatchObject({ change: 'closed', occurredAt: '2026-11-02T07:00:00.000Z' });
    expect(map(aCloudEvent({ type: 'com.adatum.ticket.closed' }, { change: 'updated' }))).toMatchObject({ change: 'updated' });
    expect(map(aCloudEvent({ type: 'ticket', time: 'yesterday' }))).toMatchObject({ change: 'created', occurredAt: '2026-11-02T08:00:00.000Z' });
  });

  it.each<[object, string]>([[{ specversion: '0.3' }, 'specversion'], [{ data: 'text' }, 'data'], [{ data: [] }, 'data']])('is refused with %j by the name of the field', (parts, field) => {
    const problem = problemOf(() => map(aCloudEvent(parts)));
    expect([problem?.code, problem?.fields[0]?.field]).toEqual(['field-invalid', field]);
  });

  it('is refused by the place of a field within the data', () => {
    expect(problemOf(() => map(aCloudEvent({}, { requester: { name: 7 } })))?.fields.map(({ field }) => field)).toEqual(['data.requester.name']);
  });
});

describe('a CloudEvent with a format of its own', () => {
  it('is the ticket at the places that the source names', () => {
    expect(map(aForeignEvent({}, { note: { text: 'It happens again.', by: 'Ada', shown: true } }), FOREIGN_SETTINGS, { p1: 'A' })).toEqual({
      externalId: 'T-1', externalUrl: 'https://desk.adatum.example/T-1', change: 'created', occurredAt: '2026-11-02T07:59:58.000Z', actor: 'p-7',
      fields: {
        subject: 'Sign-in fails', description: 'Error 500.', status: 'Open', severity: 'A', requester: { name: 'Ada Brown', email: 'ada@adatum.example' }, labels: ['login', 'crm'],
        comment: { author: 'Ada', body: 'It happens again.', isPublic: true },
      },
    });
  });

  it.each([['com.adatum.case.solved', 'closed'], ['com.adatum.case.comment_added', 'commented'], ['com.adatum.case.escalated', 'updated'], ['https://adatum.example/types/case/created', 'created']])('of type %s says %s', (type, change) => {
    expect(map(aForeignEvent({ type }), FOREIGN_SETTINGS)).toMatchObject({ change });
  });

  it('changes no ticket where the source says so', () => {
    expect(map(aForeignEvent({ type: 'com.adatum.case.viewed' }), FOREIGN_SETTINGS)).toEqual({ ignored: true, reason: "Events of type 'com.adatum.case.viewed' change no ticket." });
  });

  it('takes the subject of the event for the id of the ticket where nothing else is named', () => {
    expect(map(aForeignEvent({ type: 'x.updated', subject: 'CASE-9' }), { ticket: { subject: 'data.case.title' } })).toEqual({ externalId: 'CASE-9', externalUrl: null, change: 'updated', occurredAt: '2026-11-02T07:59:58.000Z', fields: { subject: 'Sign-in fails' } });
  });

  it('is tested with a ticket at those places', () => {
    const request = adapter.testWebhook?.({ webhookUrl: 'https://intake.example/', secret: SECRET, settings: FOREIGN_SETTINGS, now: new Date('2026-11-02T08:00:00Z'), number: '7', subject: 'Test', description: 'Nothing.' }) ?? aRequest();
    expect(map(read(request), FOREIGN_SETTINGS)).toMatchObject({ externalId: 'handoff-test-7', fields: { subject: 'Test', description: 'Nothing.' } });
  });
});
