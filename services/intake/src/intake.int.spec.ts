import { createHmac } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { decodeEvent, type HandoffEvent, ticketIdOf } from '@handoff/contracts';
import { connectKafka, KafkaRecordConsumer } from '@handoff/messaging';
import { createTestDatabase, eventually, testBrokers, TEST_KEYS, type TestDatabase } from '@handoff/testing';
import { Webhook } from 'standardwebhooks';
import { aJiraWebhook } from './adapters/jira-service-management/jira.samples.js';
import { aZendeskTrigger } from './adapters/zendesk/zendesk.samples.js';
import { readConfig } from './config.js';
import { type RunningIntake, startIntake } from './start-intake.js';

const TOKEN = 'a-token-of-this-test-run';
const TOPIC = 'handoff.intake';
const BODY_BYTES_MAX = 65_536;
const demoDir = path.resolve(import.meta.dirname, '../../../deploy/demo');

let database: TestDatabase;
let dataDir: string;
let intake: RunningIntake;
let secrets: Record<string, string>;
const kafka = connectKafka({ brokers: testBrokers(), clientId: 'intake-test', log: () => undefined });
const admin = kafka.admin();

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

async function call(method: string, route: string, { body, headers = {} }: { body?: string | object; headers?: Record<string, string> } = {}): Promise<Answer> {
  const text = typeof body === 'object' ? JSON.stringify(body) : body;
  const response = await fetch(`${intake.url}${route}`, { method, headers: { ...(text === undefined ? {} : { 'content-type': 'application/json' }), ...headers }, ...(text === undefined ? {} : { body: text }) });
  const answer = await response.text();
  return { status: response.status, headers: response.headers, body: answer === '' ? {} : (JSON.parse(answer) as Record<string, unknown>) };
}

const manage = (method: string, route: string, body?: object, headers: Record<string, string> = {}): Promise<Answer> =>
  call(method, route, { ...(body === undefined ? {} : { body }), headers: { authorization: `Bearer ${TOKEN}`, ...headers } });

function jiraHeaders(text: string, secret = secrets['jira-demo'] ?? ''): Record<string, string> {
  return { 'x-hub-signature': `sha256=${createHmac('sha256', secret).update(text).digest('hex')}` };
}

function postJira(payload: object, headers: Record<string, string> = {}): Promise<Answer> {
  const body = JSON.stringify(payload);
  return call('POST', '/v1/sources/jira-demo/webhooks', { body, headers: { ...jiraHeaders(body), ...headers } });
}

function zendeskHeaders(body: string, sentAt: Date): Record<string, string> {
  const timestamp = sentAt.toISOString();
  const signature = createHmac('sha256', secrets['zendesk-demo'] ?? '').update(timestamp + body).digest('base64');
  return { 'x-zendesk-webhook-signature': signature, 'x-zendesk-webhook-signature-timestamp': timestamp };
}

async function recordsInTopic(): Promise<number> {
  const offsets = await admin.fetchTopicOffsets(TOPIC);
  return offsets.reduce((sum, { high }) => sum + Number(high), 0);
}

/** Reads the topic from its beginning until all of these events came by. */
async function eventsOf(...ids: readonly unknown[]): Promise<HandoffEvent[]> {
  const found: HandoffEvent[] = [];
  const consumer = new KafkaRecordConsumer({ kafka, groupId: `intake-test-${crypto.randomUUID()}`, partitionsConcurrently: 1, fetchBytesMax: 2_097_152, onCrash: () => undefined });
  await consumer.start([TOPIC], async (batch) => {
    // Other suites of the run use the same topic, and not all that they put there is an event.
    found.push(...batch.records.filter(({ headers }) => ids.includes(String(headers['ce_id']))).map((record) => decodeEvent(record)));
    await batch.commit(batch.records.at(-1)?.offset ?? '0');
  });
  try {
    await eventually(() => expect(found.map(({ id }) => id)).toEqual(expect.arrayContaining([...ids])));
  } finally {
    await consumer.stop();
  }
  return found;
}

async function start(): Promise<RunningIntake> {
  return startIntake(readConfig({
    PORT: '0', KAFKA_BROKERS: testBrokers().join(','), DATABASE_URL: database.url, HANDOFF_TOKEN: TOKEN, HANDOFF_KEYS: TEST_KEYS, LOG_LEVEL: 'silent', BODY_BYTES_MAX: String(BODY_BYTES_MAX),
    HANDOFF_DEMO_DIR: demoDir, HANDOFF_DATA_DIR: dataDir, HANDOFF_PUBLIC_URL: 'https://intake.example/',
  }));
}

async function readSecrets(): Promise<Record<string, string>> {
  return JSON.parse(await readFile(path.join(dataDir, 'demo-secrets.json'), 'utf8')) as Record<string, string>;
}

beforeAll(async () => {
  database = await createTestDatabase();
  dataDir = await mkdtemp(path.join(os.tmpdir(), 'handoff-intake-'));
  intake = await start();
  secrets = await readSecrets();
  await admin.connect();
}, 60_000);

afterAll(async () => {
  await intake?.close();
  await admin.disconnect();
  await database?.drop();
  await rm(dataDir, { recursive: true, force: true });
});

describe('a webhook that is accepted', () => {
  it('from Jira is in Kafka when it is answered, with the facts that the demo mapping gives', async () => {
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const { status, body } = await postJira(aJiraWebhook(), { traceparent, 'x-atlassian-webhook-identifier': crypto.randomUUID() });
    const ticketId = ticketIdOf('jira-demo', 'T-1');
    expect([status, body]).toEqual([202, { eventId: expect.any(String), ticketId, duplicate: false }]);
    expect(await eventsOf(body['eventId'])).toMatchObject([{
      subject: ticketId, traceparent,
      data: { source: 'jira-demo', sourceParty: 'partner/3001', externalId: 'T-1', ticket: { subject: 'Sign-in fails', area: 'break-fix', severity: 'B' }, defaults: { asker: 'customer', offerId: 'contoso-crm', customerId: 'wingtip', subscriptionId: 'wingtip-crm' } },
    }]);
  });

  it('from a trigger of Zendesk gets its area from the tags', async () => {
    const text = JSON.stringify(aZendeskTrigger({ ticket_id: crypto.randomUUID(), change: 'created', tags: 'vip invoice' }));
    const { status, body } = await call('POST', '/v1/sources/zendesk-demo/webhooks', { body: text, headers: zendeskHeaders(text, new Date()) });
    expect(status).toBe(202);
    expect(await eventsOf(body['eventId'])).toMatchObject([{ data: { sourceParty: 'partner/1001', ticket: { area: 'customer-billing' }, defaults: { customerId: 'woodgrove' } } }]);
  });

  it('by Standard Webhooks is taken in our own format', async () => {
    const text = JSON.stringify({ externalId: crypto.randomUUID(), subject: 'Sign-in fails', area: 'payment' });
    const sentAt = new Date();
    const headers = { 'webhook-id': crypto.randomUUID(), 'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1_000)) };
    const signature = new Webhook(secrets['webhooks-demo'] ?? '').sign(headers['webhook-id'], sentAt, text);
    const { status, body } = await call('POST', '/v1/sources/webhooks-demo/webhooks', { body: text, headers: { ...headers, 'webhook-signature': signature } });
    expect(status).toBe(202);
    expect(await eventsOf(body['eventId'])).toMatchObject([{ data: { sourceParty: null, ticket: { area: 'payment' } } }]);
  });

  it('five times at once is one event', async () => {
    const before = await recordsInTopic();
    const id = crypto.randomUUID();
    const answers = await Promise.all(Array.from({ length: 5 }, () => postJira(aJiraWebhook(), { 'x-atlassian-webhook-identifier': id })));
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202]);
    expect(new Set(answers.map(({ body }) => body['eventId'])).size).toBe(1);
    expect(answers.filter(({ body }) => body['duplicate'] === false)).toHaveLength(1);
    expect(await recordsInTopic()).toBe(before + 1);
  });

  it('among two hundred at once is stored like each of them', async () => {
    const before = await recordsInTopic();
    const answers = await Promise.all(Array.from({ length: 200 }, (_, n) => postJira(aJiraWebhook({ timestamp: 1_793_606_399_000 + n, issue: { key: `LOAD-${n}`, fields: { summary: `Ticket ${n}` } } }), { 'x-atlassian-webhook-identifier': crypto.randomUUID() })));
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(200);
    expect(await recordsInTopic()).toBe(before + 200);
  });
});

describe('a request that is refused', () => {
  const good = JSON.stringify(aJiraWebhook());
  const old = new Date(Date.now() - 301_000);
  const trigger = JSON.stringify(aZendeskTrigger());
  const jira = '/v1/sources/jira-demo/webhooks';
  const json = { 'content-type': 'application/json' };

  it.each<[string, () => Promise<Answer>, number, string]>([
    ['with a wrong signature', () => call('POST', jira, { body: good, headers: jiraHeaders(good, 'another-secret') }), 401, 'signature-invalid'],
    ['with a body that was changed on its way', () => call('POST', jira, { body: good.replace('fails', 'works'), headers: jiraHeaders(good) }), 401, 'signature-invalid'],
    ['without a signature', () => call('POST', jira, { body: good }), 401, 'signature-invalid'],
    ['with a signature that is too old', () => call('POST', '/v1/sources/zendesk-demo/webhooks', { body: trigger, headers: zendeskHeaders(trigger, old) }), 401, 'timestamp-stale'],
    ['with a body that is too large', () => call('POST', jira, { body: JSON.stringify({ text: 'x'.repeat(BODY_BYTES_MAX) }) }), 413, 'body-too-large'],
    ['for a source that does not exist', () => call('POST', '/v1/sources/nobody/webhooks', { body: good, headers: jiraHeaders(good) }), 404, 'source-unknown'],
    ['to manage without a token', () => call('GET', '/v1/sources'), 401, 'token-required'],
    ['to manage with a wrong token', () => call('DELETE', '/v1/sources/jira-demo', { headers: { authorization: 'Bearer nonsense' } }), 401, 'token-required'],
    ['to tell about a ticket without a token', () => call('POST', '/v1/tickets', { body: { externalId: '1', subject: 'x' } }), 401, 'token-required'],
    ['to report an outage without a token', () => call('POST', '/v1/health-notices', { body: {} }), 401, 'token-required'],
    ['to tell about a ticket without its subject', () => manage('POST', '/v1/tickets', { externalId: '1' }), 422, 'invalid-content'],
    ['to tell about a ticket with an unknown area', () => manage('POST', '/v1/tickets', { externalId: '1', subject: 'x', area: 'nonsense' }), 422, 'invalid-content'],
    ['to tell about a ticket with a body that is no JSON', () => call('POST', '/v1/tickets', { body: '{', headers: { ...json, authorization: `Bearer ${TOKEN}` } }), 400, 'invalid-json'],
    ['to report an outage that ends before it starts', () => manage('POST', '/v1/health-notices', { noticeId: 'n', offerId: 'o', summary: 's', startedAt: '2026-11-02T08:00:00Z', endedAt: '2026-11-02T07:00:00Z' }), 422, 'field-invalid'],
  ])('%s says why, and leaves nothing in Kafka', async (_reason, send, status, code) => {
    const before = await recordsInTopic();
    const answer = await send();
    expect([answer.status, answer.body['code'], answer.headers.get('content-type')]).toEqual([status, code, expect.stringContaining('application/problem+json')]);
    expect(JSON.stringify(answer.body)).not.toContain(secrets['jira-demo']);
    expect(await recordsInTopic()).toBe(before);
  });

  it('names the field that is missing', async () => {
    expect((await manage('POST', '/v1/tickets', { subject: 'x' })).body['errors']).toEqual([{ field: '/externalId', detail: expect.any(String) }]);
  });
});

describe('a ticket in our own format', () => {
  it('is stored under the source that it names, and once for one key', async () => {
    const ticket = { source: 'zendesk-demo', externalId: crypto.randomUUID(), subject: 'Refund', area: 'payment', change: 'created' };
    const key = crypto.randomUUID();
    const first = await manage('POST', '/v1/tickets', ticket, { 'idempotency-key': key });
    const again = await manage('POST', '/v1/tickets', ticket, { 'idempotency-key': key });
    const other = await manage('POST', '/v1/tickets', { ...ticket, subject: 'Another' }, { 'idempotency-key': key });
    expect([first.status, again.body, other.status, other.body['code']]).toEqual([202, { ...first.body, duplicate: true }, 409, 'idempotency-key-reused']);
    expect(await eventsOf(first.body['eventId'])).toMatchObject([{ data: { source: 'zendesk-demo', sourceParty: 'partner/1001', ticket: { subject: 'Refund', area: 'payment' } } }]);
  });

  it('without a key is the same event only while it says the same', async () => {
    const ticket = { externalId: crypto.randomUUID(), subject: 'Refund' };
    const [first, again, changed] = [await manage('POST', '/v1/tickets', ticket), await manage('POST', '/v1/tickets', { subject: 'Refund', externalId: ticket.externalId }), await manage('POST', '/v1/tickets', { ...ticket, change: 'closed' })];
    expect(again.body['eventId']).toBe(first.body['eventId']);
    expect(changed.body['eventId']).not.toBe(first.body['eventId']);
    expect(changed.body['ticketId']).toBe(first.body['ticketId']);
    expect(first.body['ticketId']).toBe(ticketIdOf('api', ticket.externalId));
  });
});

describe('a health notice', () => {
  it('is stored under the key of its offer', async () => {
    const notice = { noticeId: crypto.randomUUID(), offerId: 'contoso-crm', summary: 'Sign-in is down.', startedAt: '2026-11-02T09:00:00+01:00' };
    const { status, body } = await manage('POST', '/v1/health-notices', notice);
    expect([status, body['duplicate']]).toEqual([202, false]);
    expect(await eventsOf(body['eventId'])).toMatchObject([{ type: 'handoff.health-notice.received.v1', subject: 'contoso-crm', data: { ...notice, startedAt: '2026-11-02T08:00:00.000Z', endedAt: null } }]);
  });
});

describe('sources', () => {
  it('are created, used, changed, rotated and removed', async () => {
    const created = await manage('POST', '/v1/sources', { source: 'jira-test', adapter: 'jira-service-management', mapping: { defaults: { offerId: 'contoso-vm' } } });
    const secret = String(created.body['secret']);
    expect([created.status, created.body['webhookUrl']]).toEqual([201, 'https://intake.example/v1/sources/jira-test/webhooks']);
    const post = async (by: string): Promise<number> => {
      const body = JSON.stringify(aJiraWebhook());
      return (await call('POST', '/v1/sources/jira-test/webhooks', { body, headers: jiraHeaders(body, by) })).status;
    };
    expect(await post(secret)).toBe(202);
    expect((await manage('PATCH', '/v1/sources/jira-test', { sourceParty: 'partner/2002' })).body).toMatchObject({ sourceParty: 'partner/2002', mapping: { defaults: { offerId: 'contoso-vm' } } });
    expect((await manage('PUT', '/v1/sources/jira-test/mapping', { defaults: { area: 'other' } })).body).toMatchObject({ sourceParty: 'partner/2002', mapping: { defaults: { area: 'other' } } });
    const rotated = await manage('POST', '/v1/sources/jira-test/secrets/rotate');
    expect([rotated.status, await post(secret), await post(String(rotated.body['secret']))]).toEqual([200, 202, 202]);
    const final = await manage('POST', '/v1/sources/jira-test/secrets/rotate', { oldExpiresInSeconds: 0 });
    expect([await post(secret), await post(String(final.body['secret']))]).toEqual([401, 202]);
    expect([(await manage('DELETE', '/v1/sources/jira-test')).status, await post(String(final.body['secret'])), (await manage('DELETE', '/v1/sources/jira-test')).status]).toEqual([204, 404, 404]);
  });

  it('never show a secret again', async () => {
    const shown = JSON.stringify([await manage('GET', '/v1/sources/jira-demo'), await manage('GET', '/v1/sources'), await manage('PATCH', '/v1/sources/jira-demo', {})]);
    for (const secret of Object.values(secrets)) expect(shown).not.toContain(secret);
  });

  it('have no secret in any table in plain text', async () => {
    const tables = await database.query<{ name: string }>("select table_name as name from information_schema.tables where table_schema = 'intake'");
    const dump = await Promise.all(tables.map(({ name }) => database.query(`select t::text from intake.${name} t`)));
    expect(Object.keys(secrets)).toHaveLength(3);
    for (const secret of Object.values(secrets)) expect(JSON.stringify(dump)).not.toContain(secret);
  });

  it('are listed page by page', async () => {
    const first = await manage('GET', '/v1/sources?limit=2');
    const second = await manage('GET', `/v1/sources?limit=2&cursor=${String(first.body['next'])}`);
    const names = ({ body }: Answer): unknown[] => (body['items'] as { source: string }[]).map(({ source }) => source);
    expect([names(first), names(second), second.body['next']]).toEqual([['jira-demo', 'webhooks-demo'], ['zendesk-demo'], null]);
    expect((await manage('GET', '/v1/sources?limit=0')).status).toBe(422);
    expect((await manage('GET', '/v1/sources?cursor=!')).status).toBe(422);
  });

  it('of the demo keep their secrets over a restart, in a file that only its owner can read', async () => {
    expect((await stat(path.join(dataDir, 'demo-secrets.json'))).mode & 0o777).toBe(0o600);
    await rm(path.join(dataDir, 'demo-secrets.json'));
    await intake.close();
    intake = await start();
    expect(await readSecrets()).toEqual(secrets);
  });
});

describe('the service', () => {
  it('says that it is ready, what it offers and what it counted', async () => {
    expect((await call('GET', '/health/ready')).body).toMatchObject({ status: 'ok' });
    const paths = (await call('GET', '/openapi.json')).body['paths'] as Record<string, object>;
    expect(Object.keys(paths)).toEqual(expect.arrayContaining(['/v1/sources', '/v1/sources/{source}/webhooks', '/v1/tickets']));
    const metrics = await (await fetch(`${intake.url}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } })).text();
    expect(metrics).toContain('handoff_webhooks_total{source="jira-demo",outcome="accepted"}');
  });
});
