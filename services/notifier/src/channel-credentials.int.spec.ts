import { createPublicKey, verify } from 'node:crypto';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { encodeEvent, type HandoffEvent, TOPICS } from '@handoff/contracts';
import { connectKafka, ensureTopics, KafkaEventPublisher } from '@handoff/messaging';
import { createTestDatabase, emptyTopics, eventually, TEST_KEYS, type TestDatabase, testBrokers } from '@handoff/testing';
import { Webhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';
import { AUTHORITY, CLIENT_CERT, CLIENT_KEY, SERVER_CERT, SERVER_KEY } from './channels/webhook/certificates.fixture.js';
import { readConfig } from './config.js';
import type { ChannelView, CreatedChannelView } from './manage-channels/channels.dto.js';
import { aRecipient, aRoutedEvent } from './notification/notification.builders.js';
import type { NotificationPage } from './show-notifications/notifications.controller.js';
import { type HttpSink, openHttpSink, type ReceivedRequest } from './sinks/http.sink.js';
import { openSmtpSink, type SmtpSink } from './sinks/smtp.sink.js';
import { slackSignatureOf } from './slack-button/slack-signature.decision.js';
import { type RunningNotifier, startNotifier } from './start-notifier.js';

const TOKEN = 'token-of-this-test-run';
const SIGNING_SECRET = '8f742231b10e8888abcd99yyyzzz85a5';

describe('webhooks and Slack, as a running notifier shows who it is', () => {
  const run = Date.now().toString(36);
  let database: TestDatabase;
  let smtp: SmtpSink;
  let hooks: HttpSink;
  let notifier: RunningNotifier;
  let publisher: KafkaEventPublisher;

  beforeAll(async () => {
    await emptyTopics();
    database = await createTestDatabase();
    [smtp, hooks] = await Promise.all([openSmtpSink(), openHttpSink()]);
    const kafka = connectKafka({ brokers: testBrokers(), clientId: 'credentials-test', log: () => undefined });
    await ensureTopics(kafka, [TOPICS.routing], { partitions: 12, replicationFactor: 1 });
    publisher = new KafkaEventPublisher(kafka);
    notifier = await startNotifier(readConfig({
      PORT: '0', KAFKA_BROKERS: testBrokers().join(','), DATABASE_URL: database.url, HANDOFF_TOKEN: TOKEN, HANDOFF_KEYS: TEST_KEYS, LOG_LEVEL: 'silent', SMTP_URL: smtp.url,
      SEND_TIMEOUT_MS: '2000', EGRESS_ALLOW_PRIVATE: 'true', HANDOFF_PUBLIC_URL: 'https://handoff.example',
    }));
  }, 90_000);
  afterEach(() => {
    hooks.reply = () => ({ status: 204 });
  });
  afterAll(async () => {
    await notifier.close();
    await publisher.close();
    await Promise.all([smtp.close(), hooks.close()]);
    await database.drop();
  }, 60_000);

  const call = async <R>(method: string, path: string, body?: object): Promise<{ status: number; body: R }> => {
    const response = await fetch(`${notifier.url}${path}`, {
      method, headers: { authorization: `Bearer ${TOKEN}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) }, ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as R };
  };
  const addChannel = async (name: string, more: object): Promise<CreatedChannelView> => {
    const { status, body } = await call<CreatedChannelView>('POST', '/v1/channels', { destination: `isv/${name}`, kind: 'webhook', url: `${hooks.url}/${name}`, ...more });
    expect([status, body]).toMatchObject([201, {}]);
    return body;
  };
  /** A routed ticket for the channel of this name, delivered. Returns its id. */
  const deliver = async (name: string, expected: object = { state: 'delivered' }, more: Parameters<typeof aRoutedEvent>[0] = {}): Promise<string> => {
    const event: HandoffEvent = aRoutedEvent({ recipients: [aRecipient({ destination: `isv/${name}` })], ...more, ticket: { ...more.ticket, externalId: `${name}-${run}` } });
    await publisher.publish([{ topic: TOPICS.routing.name, ...encodeEvent(event) }]);
    await eventually(async () => expect((await call<NotificationPage>('GET', `/v1/notifications?ticketId=${event.subject}`)).body.items).toMatchObject([expected]));
    return event.subject;
  };
  const received = (name: string): ReceivedRequest[] => hooks.received.filter(({ path }) => path === `/${name}`);
  const storedOf = async (id: string): Promise<string> => JSON.stringify(await database.query(`select * from notifier.channel where id = '${id}'`));

  it('are verified by two published libraries with the shared secret (v1), also with what others changed', async () => {
    const { secret = '' } = await addChannel('published', { signature: 'v1' });
    await deliver('published');
    const [{ body, headers }] = received('published') as [ReceivedRequest];
    const fields = headers as Record<string, string>;
    expect(new Webhook(secret).verify(body, fields)).toMatchObject({ type: 'handoff.notification.v1' });
    expect(() => new SvixWebhook(secret).verify(body, fields)).not.toThrow();
    for (const library of [new Webhook(secret), new SvixWebhook(secret)]) {
      expect(() => library.verify(`${body} `, fields)).toThrow(/signature/i);
      expect(() => library.verify(body, { ...fields, 'webhook-id': 'another' })).toThrow(/signature/i);
      expect(() => library.verify(body, { ...fields, 'webhook-timestamp': String(Number(fields['webhook-timestamp']) - 1) })).toThrow(/signature/i);
    }
    const other = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
    expect(() => new SvixWebhook(other).verify(body, fields)).toThrow(/signature/i);
  });

  it('are verified with the public key alone (v1a)', async () => {
    const channel = await addChannel('asymmetric', { signature: 'v1a' });
    await deliver('asymmetric');
    const [{ body, headers }] = received('asymmetric') as [ReceivedRequest];
    expect(channel.secret).toBeUndefined();
    const raw = Buffer.from((channel.publicKey ?? '').slice('whpk_'.length), 'base64');
    const key = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') } });
    const signature = /^v1a,(\S+)$/.exec(String(headers['webhook-signature']))?.[1] ?? '';
    const signed = (text: string) => verify(null, Buffer.from(`${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${text}`), key, Buffer.from(signature, 'base64'));
    expect([signed(body), signed(`${body} `)]).toEqual([true, false]);
  });

  it('carry the headers of their receiver, which are sealed and never shown', async () => {
    const channel = await addChannel('headed', { credentials: { headers: { 'X-Api-Key': 'hunter2-key', Authorization: 'Basic aHVudGVyMg==' } } });
    hooks.reply = ({ headers }) => ({ status: 422, body: `no: ${String(headers['x-api-key'])} ${String(headers['authorization'])}` });
    await deliver('headed', { state: 'failed', detail: expect.stringContaining('no: [secret] [secret]') });
    expect(received('headed')[0]?.headers).toMatchObject({ 'x-api-key': 'hunter2-key', authorization: 'Basic aHVudGVyMg==', 'content-type': 'application/json; charset=utf-8' });
    expect(channel).toMatchObject({ credentials: { headers: ['X-Api-Key', 'Authorization'] } });
    const shown = JSON.stringify([channel, (await call('GET', `/v1/channels/${channel.id}`)).body, (await call('GET', '/v1/channels?destination=isv/headed')).body, (await call('GET', '/v1/notifications?destination=isv/headed')).body]);
    expect(`${shown}${await storedOf(channel.id)}`).not.toMatch(/hunter2|aHVudGVyMg/);
    expect(await call('PATCH', `/v1/channels/${channel.id}`, { credentials: { headers: { 'Content-Length': '1' } } })).toMatchObject({ status: 422, body: { code: 'invalid-content', errors: [{ field: '/credentials/headers/Content-Length' }] } });
    expect(await call('PATCH', `/v1/channels/${channel.id}`, { url: `${hooks.url}/elsewhere` })).toMatchObject({ status: 422, body: { errors: [{ field: '/credentials' }] } });
    expect(await call<ChannelView>('PATCH', `/v1/channels/${channel.id}`, { enabled: false })).toMatchObject({ status: 200, body: { credentials: { headers: ['X-Api-Key', 'Authorization'] } } });
    const { status, body } = await call<ChannelView>('PATCH', `/v1/channels/${channel.id}`, { credentials: {} });
    expect([status, body.credentials]).toEqual([200, undefined]);
  });

  it('carry a token of OAuth 2, which is fetched once and anew when it is refused', async () => {
    const tokens: string[] = [];
    hooks.reply = ({ path, headers, body }) => {
      if (path !== '/token') return { status: headers['authorization'] === 'Bearer token-2' ? 204 : 401 };
      tokens.push(body);
      return headers['authorization'] === `Basic ${Buffer.from('handoff:hunter2-secret').toString('base64')}` ? { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ access_token: `token-${tokens.length}`, token_type: 'Bearer', expires_in: 3_600 }) } : { status: 400 };
    };
    const channel = await addChannel('authorized', { credentials: { oauth: { tokenUrl: `${hooks.url}/token`, clientId: 'handoff', clientSecret: 'hunter2-secret', scope: 'tickets', fields: { audience: 'desk' } } } });
    await deliver('authorized', { state: 'delivered', attempts: [{ attempt: 1 }] });
    expect(received('authorized').map(({ headers }) => headers['authorization'])).toEqual(['Bearer token-1', 'Bearer token-2']);
    expect(Object.fromEntries(new URLSearchParams(tokens[0]))).toEqual({ grant_type: 'client_credentials', scope: 'tickets', audience: 'desk' });
    expect(new Webhook(channel.secret ?? '').verify(received('authorized')[1]?.body ?? '', received('authorized')[1]?.headers as Record<string, string>)).toBeDefined();
    expect(channel.credentials).toEqual({ oauth: { tokenUrl: `${hooks.url}/token`, clientId: 'handoff', scope: 'tickets' } });
    expect(`${JSON.stringify(channel)}${await storedOf(channel.id)}`).not.toMatch(/hunter2-secret/);
  });

  it('show a client certificate to a receiver that lets nobody else in', async () => {
    const seen: unknown[] = [];
    const server = createServer({ cert: SERVER_CERT, key: SERVER_KEY, ca: AUTHORITY, requestCert: true, rejectUnauthorized: true }, (request, response) => {
      const { subject } = (request.socket as TLSSocket).getPeerCertificate();
      seen.push(subject.CN);
      request.resume().on('end', () => response.writeHead(204).end());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/in`;
      const channel = await addChannel('certified', { url, credentials: { clientCertificate: { certificate: CLIENT_CERT, key: CLIENT_KEY, authority: AUTHORITY } } });
      await deliver('certified');
      expect(seen).toEqual(['client.contoso.example']);
      expect(channel.credentials).toEqual({ clientCertificate: { expiresAt: '2119-01-01T00:00:00.000Z' } });
      expect(`${JSON.stringify(channel)}${await storedOf(channel.id)}`).not.toContain('PRIVATE KEY');
      await addChannel('uncertified', { url });
      await deliver('uncertified', { state: 'pending', code: 'unreachable' });
      expect(seen).toHaveLength(1);
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });

  describe('the button in Slack', () => {
    const press = async (channelId: string, value: string, { secret = SIGNING_SECRET, ageSeconds = 0, responseUrl = `${hooks.url}/actions/1` } = {}) => {
      const payload = {
        type: 'block_actions', user: { id: 'U1', name: 'Ada' }, response_url: responseUrl, actions: [{ action_id: 'handoff.acknowledge', value }],
        message: { text: 'A ticket', blocks: [{ type: 'header', block_id: 'h' }, { type: 'actions', block_id: 'handoff-acknowledge' }] },
      };
      const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
      const timestamp = String(Math.floor(Date.now() / 1_000) - ageSeconds);
      return fetch(`${notifier.url}/v1/channels/${channelId}/interactions`, {
        method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-slack-request-timestamp': timestamp, 'x-slack-signature': slackSignatureOf(Buffer.from(body), timestamp, secret) },
      });
    };
    const buttonIn = (path: string): string => {
      const { blocks } = JSON.parse(hooks.received.find((request) => request.path === path)?.body ?? '{}') as { blocks?: { type: string; elements?: { value?: string }[] }[] };
      return blocks?.find(({ type }) => type === 'actions')?.elements?.[0]?.value ?? '';
    };
    const answers = (): string[] => hooks.received.filter(({ path }) => path === '/actions/1').map(({ body }) => body);
    const acknowledged = (ticketId: string) => database.query(`select a.by from notifier.acknowledgement a join notifier.notification n on n.id = a.notification_id where n.ticket_id = '${ticketId}'`);

    it('acknowledges once, and then shows in the message who works on it', async () => {
      hooks.reply = () => ({ status: 200, body: 'ok' });
      const channel = await addChannel('buttons', { kind: 'slack', url: `${hooks.url}/services/T1/B1/hunter2-hunter2`, credentials: { signingSecret: SIGNING_SECRET } });
      expect([channel.credentials, JSON.stringify(channel).includes(SIGNING_SECRET), (await storedOf(channel.id)).includes(SIGNING_SECRET)]).toEqual([{ signingSecret: true }, false, false]);
      const ticketId = await deliver('buttons');
      const value = buttonIn('/services/T1/B1/hunter2-hunter2');
      expect(value).toMatch(/^[\w-]{64}$/);
      for (const [wrong, status] of [[{ secret: 'another-secret' }, 401], [{ ageSeconds: 301 }, 401]] as const) expect((await press(channel.id, value, wrong)).status).toBe(status);
      expect(await acknowledged(ticketId)).toEqual([]);
      const response = await press(channel.id, value);
      expect([response.status, await response.text()]).toEqual([200, '']);
      expect(await acknowledged(ticketId)).toEqual([{ by: 'Ada' }]);
      await eventually(() => expect(answers().map((body) => JSON.parse(body) as unknown)).toMatchObject([{ replace_original: true, blocks: [{ type: 'header' }, { type: 'context', elements: [{ text: 'Ada works on this ticket.' }] }] }]));
      expect((await press(channel.id, value)).status).toBe(200);
      await eventually(() => expect(answers()[1]).toContain('Acknowledged by Ada'));
      expect((await press(channel.id, `${value.slice(0, -4)}AAAA`)).status).toBe(200);
      await eventually(() => expect(answers()[2]).toContain('ephemeral'));
      expect((await press(channel.id, value, { responseUrl: 'https://evil.example/' })).status).toBe(200);
    });

    it('is not there where nobody is asked, or where Handoff could not know that Slack sent it', async () => {
      hooks.reply = () => ({ status: 200, body: 'ok' });
      const [withSecret, without] = [await addChannel('only-told', { kind: 'slack', url: `${hooks.url}/services/T1/B1/only-told-hunter2`, credentials: { signingSecret: SIGNING_SECRET } }), await addChannel('unsigned', { kind: 'slack', url: `${hooks.url}/services/T1/B1/unsigned-hunter2` })];
      await deliver('only-told', { state: 'delivered' }, { recipients: [aRecipient({ purpose: 'inform', destination: 'isv/only-told' })] });
      await deliver('unsigned');
      expect([buttonIn('/services/T1/B1/only-told-hunter2'), buttonIn('/services/T1/B1/unsigned-hunter2')]).toEqual(['', '']);
      expect((await press(without.id, 'x')).status).toBe(404);
      expect((await press('nonsense', 'x')).status).toBe(404);
      expect((await press(withSecret.id, 'x')).status).toBe(200);
    });
  });
});
