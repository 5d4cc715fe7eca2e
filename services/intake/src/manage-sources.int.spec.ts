import { nameBasedId, type TicketReceived } from '@handoff/contracts';
import { createTestDatabase, eventually, type TestDatabase } from '@handoff/testing';
import { ADAPTERS } from './adapters/adapters.js';
import { eventsOf, type IntakeUnderTest, startIntakeUnderTest, TOKEN } from './running-intake.fixture.js';

let database: TestDatabase;
let intake: IntakeUnderTest;

beforeAll(async () => {
  database = await createTestDatabase();
  intake = await startIntakeUnderTest({ DATABASE_URL: database.url, HANDOFF_PUBLIC_URL: 'https://intake.example/in', TRUSTED_PROXIES: '127.0.0.1, ::1' });
});

afterAll(async () => {
  await intake?.running.close();
  await database?.drop();
});

const textOf = async (path: string, accept: string): Promise<{ type: string | null; text: string }> => {
  const response = await fetch(`${intake.running.url}${path}`, { headers: { authorization: `Bearer ${TOKEN}`, accept } });
  return { type: response.headers.get('content-type'), text: await response.text() };
};

describe('a test of a source', () => {
  it.each(ADAPTERS.filter(({ testWebhook }) => testWebhook !== undefined).map(({ name }) => name))('of %s is signed, posted, believed and becomes a ticket that says that it is a test', async (adapter) => {
    const source = `test-${adapter}`;
    const created = await intake.manage('POST', '/v1/sources', { source, adapter });
    expect(created.status).toBe(201);
    const { status, body } = await intake.manage('POST', `/v1/sources/${source}/test`);
    expect([status, body]).toEqual([200, { source, isOk: true, eventId: expect.any(String), ticketId: expect.any(String), steps: ['source', 'sign', 'post', 'take'].map((step) => ({ step, isOk: true, text: expect.stringMatching(/\.$/) })) }]);
    expect(JSON.stringify(body)).not.toContain(created.body['secret']);
    expect(await eventsOf(body['eventId'])).toMatchObject([{ subject: body['ticketId'], data: { source, change: 'created' } }]);
  });

  it('says what the answer says where a source cannot be used', async () => {
    await intake.manage('POST', '/v1/sources', { source: 'psa', adapter: 'connectwise-psa', settings: { company: 'contoso' } });
    expect((await intake.manage('POST', '/v1/sources/psa/test')).body).toMatchObject({ isOk: false, eventId: null, steps: [{ isOk: true }, { step: 'sign', isOk: false, text: expect.stringContaining('nobody else has') }] });
    expect(await intake.manage('POST', '/v1/sources/nobody/test')).toMatchObject({ status: 404, body: { code: 'source-unknown' } });
  });

  it('cannot be signed where the source knows a public key alone', async () => {
    await intake.createSource('far-signed', { secret: `whpk_${Buffer.alloc(32, 1).toString('base64')}` });
    expect((await intake.manage('POST', '/v1/sources/far-signed/test')).body).toMatchObject({ isOk: false, eventId: null, steps: [{ isOk: true }, { step: 'sign', isOk: false, text: expect.stringContaining('nobody else has') }] });
  });

  it('of a source that takes webhooks from some addresses alone is not kept out by them', async () => {
    await intake.createSource('walled', { allowedAddresses: ['203.0.113.0/24'] });
    expect((await intake.manage('POST', '/v1/sources/walled/test')).body).toMatchObject({ isOk: true });
  });
});

describe('a source that is paused', () => {
  it('takes its webhooks, holds them back, and hands them on in order when it is resumed', async () => {
    const secret = await intake.createSource('resting');
    expect((await intake.manage('POST', '/v1/sources/resting/pause')).body).toMatchObject({ pausedAt: expect.any(String) });
    const answers = [];
    // The same words twice, with others between them: three events, of which none may be lost.
    for (const [index, status] of ['open', 'waiting', 'open'].entries()) answers.push(await intake.post('resting', secret, { externalId: 'T-1', change: 'updated', status }, { 'webhook-id': `held-${index}` }));
    expect(answers.map(({ status, body }) => [status, body['code']])).toEqual(Array.from({ length: 3 }, () => [202, 'source-paused']));
    expect((await intake.manage('POST', '/v1/sources/resting/test')).body).toMatchObject({ isOk: true, steps: [{ text: expect.stringContaining('paused') }, {}, {}, { text: expect.stringContaining('held back') }] });
    expect((await intake.manage('GET', '/v1/parked-deliveries?source=resting&code=source-paused')).body['items']).toHaveLength(4);
    await intake.manage('POST', '/v1/sources/resting/resume');
    await eventually(async () => expect((await intake.manage('GET', '/v1/parked-deliveries?source=resting')).body['items']).toEqual([]));
    const events = await eventsOf(...[0, 1, 2].map((index) => nameBasedId('received', 'resting', `held-${index}`)));
    expect(events.map(({ data }) => (data as TicketReceived).ticket.status)).toEqual(['open', 'waiting', 'open']);
  });
});

describe('the addresses that a source allows', () => {
  it('are compared with the one that the trusted proxy saw', async () => {
    const secret = await intake.createSource('proxied', { allowedAddresses: ['203.0.113.0/24', '2001:db8::/32'] });
    const post = async (forwardedFor: string, headers: Record<string, string> = {}): Promise<number> => (await intake.post('proxied', secret, { externalId: 'T-1', subject: 'x' }, { 'x-forwarded-for': forwardedFor, ...headers })).status;
    expect([await post('203.0.113.9'), await post('198.51.100.1, 203.0.113.9'), await post('2001:db8::7')]).toEqual([202, 202, 202]);
    expect([await post('203.0.113.9, 198.51.100.1'), await post('198.51.100.1', { 'x-handoff-test': 'guessed' }), await post('')]).toEqual([403, 403, 403]);
  });
});

describe('the steps that connect a system', () => {
  it('come as JSON, as Markdown or as text, with the secret while it is new', async () => {
    const secret = await intake.createSource('new-desk');
    const { body, headers } = await intake.manage('GET', '/v1/sources/new-desk/setup');
    expect(body).toMatchObject({ source: 'new-desk', title: 'Standard Webhooks', webhookUrl: 'https://intake.example/in/v1/sources/new-desk/webhooks', showsSecret: true });
    expect([headers.get('cache-control'), JSON.stringify(body)]).toEqual(['no-store', expect.stringContaining(secret)]);
    const markdown = await textOf('/v1/sources/new-desk/setup', 'text/markdown, */*;q=0.1');
    expect(markdown).toEqual({ type: 'text/markdown; charset=utf-8', text: expect.stringMatching(/^# Standard Webhooks: connect it as 'new-desk'\n\n1\. /) });
    expect((await textOf('/v1/sources/new-desk/setup', 'text/plain')).type).toBe('text/plain; charset=utf-8');
    expect((await textOf('/v1/sources/new-desk/setup', '*/*')).type).toMatch(/^application\/json/);
    await database.query("update intake.source_secret set created_at = now() - interval '61 minutes' where source = 'new-desk'");
    expect(JSON.stringify((await intake.manage('GET', '/v1/sources/new-desk/setup')).body)).not.toContain(secret);
  });
});

describe('a source of CloudEvents', () => {
  const ask = async (source: string, origin: string): Promise<(string | number | null)[]> => {
    const { status, headers } = await fetch(`${intake.running.url}/v1/sources/${source}/webhooks`, { method: 'OPTIONS', headers: { 'WebHook-Request-Origin': origin, 'WebHook-Request-Rate': '100' } });
    return [status, ...['allow', 'webhook-allowed-origin', 'webhook-allowed-rate'].map((name) => headers.get(name))];
  };

  it('consents to the senders that it names, and answers others with its methods alone', async () => {
    await intake.createSource('emitted', { adapter: 'cloudevents', settings: { origins: ['eventgrid.azure.net'] }, requestsPerSecondMax: 10 });
    expect(await ask('emitted', 'eventgrid.azure.net')).toEqual([200, 'POST, OPTIONS', 'eventgrid.azure.net', '600']);
    expect(await ask('emitted', 'emitter.example.com')).toEqual([204, 'POST, OPTIONS', null, null]);
    await intake.createSource('unasked', {});
    expect(await ask('unasked', 'eventgrid.azure.net')).toEqual([204, 'POST, OPTIONS', null, null]);
  });

  it('takes an event in both modes as one, and tells of a batch that it is not taken', async () => {
    const secret = await intake.createSource('both-modes', { adapter: 'cloudevents' });
    const data = JSON.stringify({ externalId: 'T-1', subject: 'Sign-in fails' });
    const post = async (headers: Record<string, string>, body: string): Promise<[number, Record<string, unknown>]> => {
      const answer = await fetch(`${intake.running.url}/v1/sources/both-modes/webhooks`, { method: 'POST', headers: { authorization: `Bearer ${secret}`, ...headers }, body });
      return [answer.status, (await answer.json()) as Record<string, unknown>];
    };
    const [, first] = await post({ 'content-type': 'application/json', 'ce-specversion': '1.0', 'ce-id': 'e%201', 'ce-source': '/desks/emea', 'ce-type': 'ticket.created' }, data);
    expect(first).toMatchObject({ duplicate: false });
    expect(await post({ 'content-type': 'application/cloudevents+json' }, `{"specversion":"1.0","id":"e 1","source":"/desks/emea","type":"ticket.created","data":${data}}`)).toEqual([202, { ...first, duplicate: true }]);
    expect(await post({ 'content-type': 'application/cloudevents-batch+json' }, '[]')).toEqual([415, expect.objectContaining({ code: 'unsupported-media-type', detail: expect.stringContaining('batch') })]);
  });
});

describe('the status of a source', () => {
  it('counts what came from it within seconds, also of what was refused', async () => {
    const secret = await intake.createSource('busy');
    const occurredAt = new Date(Date.now() - 5_000).toISOString();
    for (const externalId of ['1', '2', '3']) await intake.post('busy', secret, { externalId, subject: 'x', occurredAt });
    await intake.post('busy', secret, { externalId: '4' });
    await intake.post('busy', `whsec_${Buffer.alloc(32, 9).toString('base64')}`, { externalId: '5', subject: 'x' });
    const body = await eventually(async () => {
      const read = await intake.manage('GET', '/v1/sources/busy');
      expect(read.body['status']).toMatchObject({ lastHour: { accepted: 3, parked: 1, refused: { 'signature-invalid': 1 } } });
      return read.body;
    });
    expect(body['status']).toMatchObject({ lastRefused: { code: 'signature-invalid' }, lastAcceptedAt: expect.any(String), lastDay: { lag: { meanMs: expect.any(Number) } } });
    expect((body['status'] as { lastLagMs: number }).lastLagMs).toBeGreaterThanOrEqual(5_000);
    expect(body['secrets']).toEqual([{ id: expect.any(String), createdAt: expect.any(String), expiresAt: null }]);
    const { items } = (await intake.manage('GET', '/v1/sources?limit=200')).body as { items: { source: string; status: { lastDay: { accepted: number } } }[] };
    expect(items.find(({ source }) => source === 'busy')?.status.lastDay.accepted).toBe(3);
  });
});

describe('access to a system', () => {
  it('is stored without its credentials being shown, logged or kept in plain text', async () => {
    const headers = { UserName: 'handoff@northwind.example', Secret: 'the-password-of-the-interface', ApiIntegrationCode: 'code-4711' };
    const { status, body } = await intake.manage('POST', '/v1/sources', { source: 'read', adapter: 'autotask', api: { baseUrl: 'https://webservices5.autotask.net/atservicesrest/v1.0', auth: 'headers', headers }, reconcileEverySeconds: 300 });
    expect([status, body['api']]).toEqual([201, { baseUrl: 'https://webservices5.autotask.net/atservicesrest/v1.0', auth: 'headers' }]);
    const shown = JSON.stringify([body, (await intake.manage('GET', '/v1/sources/read')).body, await database.query('select s::text from intake.source s')]);
    for (const value of Object.values(headers)) expect(shown).not.toContain(value);
    expect((await intake.manage('PATCH', '/v1/sources/read', { api: { baseUrl: 'https://evil.example', auth: 'headers', headers } })).body).toMatchObject({ code: 'invalid-content', errors: [{ field: '/api/baseUrl' }] });
  });
});

describe('the kinds of systems', () => {
  it('are listed with what a source of each may set', async () => {
    const { items } = (await intake.manage('GET', '/v1/adapters')).body as { items: { name: string }[] };
    expect(items.map(({ name }) => name)).toEqual(ADAPTERS.map(({ name }) => name));
  });
});
