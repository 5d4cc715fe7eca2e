import { createHmac } from 'node:crypto';
import { decodeEvent, type HandoffEvent } from '@handoff/contracts';
import { connectKafka, KafkaRecordConsumer } from '@handoff/messaging';
import { eventually, TEST_KEYS, testBrokers } from '@handoff/testing';
import { readConfig } from './config.js';
import { type RunningIntake, startIntake } from './start-intake.js';

export const TOKEN = 'a-token-of-this-test-run';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

/** An intake on real engines, and what a test does to it. */
export interface IntakeUnderTest {
  readonly running: RunningIntake;
  manage(method: string, route: string, body?: object, headers?: Record<string, string>): Promise<Answer>;
  /** A source of Standard Webhooks; the answer is its secret. */
  createSource(source: string, more?: object): Promise<string>;
  /** Posts a webhook that is signed as Standard Webhooks says. */
  post(source: string, secret: string, payload: object | string | Buffer, headers?: Record<string, string>): Promise<Answer>;
}

/** @param env what differs from a plain start with the engines of this test run. */
export async function startIntakeUnderTest(env: Readonly<Record<string, string>>): Promise<IntakeUnderTest> {
  const running = await startIntake(readConfig({ PORT: '0', KAFKA_BROKERS: testBrokers().join(','), HANDOFF_TOKEN: TOKEN, HANDOFF_KEYS: TEST_KEYS, LOG_LEVEL: 'silent', ...env }));
  const call = async (method: string, route: string, headers: Record<string, string>, body?: string | Buffer): Promise<Answer> => {
    const response = await fetch(`${running.url}${route}`, { method, headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers }, ...(body === undefined ? {} : { body: new Blob([body]) }) });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
  };
  const manage: IntakeUnderTest['manage'] = (method, route, body, headers = {}) =>
    call(method, route, { authorization: `Bearer ${TOKEN}`, ...headers }, body === undefined ? undefined : JSON.stringify(body));
  return {
    running, manage,
    createSource: async (source, more = {}) => {
      const { status, body } = await manage('POST', '/v1/sources', { source, adapter: 'standard-webhooks', ...more });
      expect(status).toBe(201);
      return String(body['secret']);
    },
    post: (source, secret, payload, headers = {}) => {
      const body = typeof payload === 'string' || Buffer.isBuffer(payload) ? payload : JSON.stringify(payload);
      return call('POST', `/v1/sources/${source}/webhooks`, { ...standardHeaders(secret, body, headers['webhook-id']), ...headers }, body);
    },
  };
}

export function standardHeaders(secret: string, body: string | Buffer, id = `msg-${crypto.randomUUID()}`): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const signature = createHmac('sha256', Buffer.from(secret.replace('whsec_', ''), 'base64')).update(`${id}.${timestamp}.`).update(body).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}

/** Reads the intake's topic from its beginning until all of these events came by. In the order of the topic, repetitions included. */
export async function eventsOf(...ids: readonly unknown[]): Promise<readonly HandoffEvent[]> {
  const found: HandoffEvent[] = [];
  const kafka = connectKafka({ brokers: testBrokers(), clientId: 'intake-test', log: () => undefined });
  const consumer = new KafkaRecordConsumer({ kafka, groupId: `intake-test-${crypto.randomUUID()}`, partitionsConcurrently: 1, fetchBytesMax: 2_097_152, onCrash: () => undefined });
  const wanted = new Set(ids.map(String));
  await consumer.start(['handoff.intake'], async (batch) => {
    // Other suites of the run use the same topic, and not all that they put there is an event.
    found.push(...batch.records.filter(({ headers }) => wanted.has(String(headers['ce_id']))).map((record) => decodeEvent(record)));
    await batch.commit(batch.records.at(-1)?.offset ?? '0');
  });
  try {
    await eventually(() => expect(new Set(found.map(({ id }) => id))).toEqual(wanted));
  } finally {
    await consumer.stop();
  }
  return found;
}
