import { encodeEvent, TOPICS } from '@handoff/contracts';
import { connectKafka, ensureTopics, KafkaEventPublisher } from '@handoff/messaging';
import { createTestDatabase, emptyTopics, eventually, TEST_KEYS, type TestDatabase, testBrokers } from '@handoff/testing';
import { readConfig } from './config.js';
import { aRecipient, aRoutedEvent } from './notification/notification.builders.js';
import { type HttpReply, type HttpSink, openHttpSink } from './sinks/http.sink.js';
import { type RunningNotifier, startNotifier } from './start-notifier.js';

const TOKEN = 'token-of-this-test-run';
const DESTINATIONS = 50;
const TICKETS = 5_000;
const MINUTES_MS = 120_000;
/** What the first destinations answer while they are sick. */
const SICK: readonly HttpReply[] = ['hang', { status: 500 }, { status: 429, headers: { 'retry-after': '1' } }, 'drop'];

const [HANGS, FAILS, IS_THROTTLED, DROPS] = SICK;
/** The only answers after which a message is sent again, and what is on record of them. */
const REPEATED_AFTER = new Map<HttpReply | undefined, string>([[HANGS, 'timeout'], [FAILS, 'server-error'], [IS_THROTTLED, 'throttled'], [DROPS, 'unreachable']]);

describe('5,000 tickets for 50 destinations, of which one hangs, one fails, one is throttled and one drops its connections', () => {
  const run = Date.now().toString(36);
  let database: TestDatabase;
  let hooks: HttpSink;
  let notifier: RunningNotifier | undefined;
  let publisher: KafkaEventPublisher;

  beforeAll(async () => {
    await emptyTopics();
    database = await createTestDatabase();
    hooks = await openHttpSink();
    const kafka = connectKafka({ brokers: testBrokers(), clientId: 'fifty-destinations', log: () => undefined });
    await ensureTopics(kafka, [TOPICS.routing], { partitions: 12, replicationFactor: 1 });
    publisher = new KafkaEventPublisher(kafka);
    notifier = await startNotifier(readConfig({
      PORT: '0', KAFKA_BROKERS: testBrokers().join(','), DATABASE_URL: database.url, HANDOFF_TOKEN: TOKEN, HANDOFF_KEYS: TEST_KEYS, LOG_LEVEL: 'silent', SMTP_URL: 'smtp://127.0.0.1:9', SEND_TIMEOUT_MS: '5000', EGRESS_ALLOW_PRIVATE: 'true',
    }));
  }, 60_000);
  afterAll(async () => {
    await hooks.close();
    await notifier?.close();
    await publisher.close();
    await database.drop();
  }, 60_000);

  const destinationOf = (index: number): string => `isv/d${index}-${run}`;
  const indexIn = (path: string): number => Number(/^\/d(\d+)$/.exec(path)?.[1]);
  const delivered = async (from: number): Promise<number> => {
    const [row] = await database.query<{ count: number }>(`select count(*)::integer as count from notifier.notification where state = 'delivered' and destination = any($1)`, [Array.from({ length: DESTINATIONS - from }, (_, index) => destinationOf(from + index))]);
    return row?.count ?? 0;
  };

  it('reach the others at once and the four when they are well again, each of them once but for what was unclear', async () => {
    /** What was answered to each message, by its id, in the order of its attempts. */
    const answers = new Map<string, HttpReply[]>();
    let isSick = true;
    hooks.reply = ({ path, headers }) => {
      const reply = (isSick ? SICK[indexIn(path)] : undefined) ?? { status: 204 };
      const id = String(headers['webhook-id']);
      answers.set(id, [...answers.get(id) ?? [], reply]);
      return reply;
    };
    for (let index = 0; index < DESTINATIONS; index += 1) {
      const response = await fetch(`${notifier?.url ?? ''}/v1/channels`, { method: 'POST', headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' }, body: JSON.stringify({ destination: destinationOf(index), kind: 'webhook', url: `${hooks.url}/d${index}` }) });
      expect(response.status).toBe(201);
    }
    const events = Array.from({ length: TICKETS }, (_, number) => aRoutedEvent({ ticket: { externalId: `many-${run}-${number}` }, recipients: [aRecipient({ destination: destinationOf(number % DESTINATIONS) })] }));
    await publisher.publish(events.map((event) => ({ topic: TOPICS.routing.name, ...encodeEvent(event) })));

    const well = (TICKETS / DESTINATIONS) * (DESTINATIONS - SICK.length);
    await eventually(async () => expect(await delivered(SICK.length)).toBe(well), { withinMs: MINUTES_MS, everyMs: 200 });
    // A sick one is left alone after a few attempts; the others are not.
    const tried = hooks.received.map(({ path }) => indexIn(path)).filter((index) => index < SICK.length);
    expect(tried.length).toBeLessThan(well / 10);

    isSick = false;
    await eventually(async () => expect(await delivered(0)).toBe(TICKETS), { withinMs: MINUTES_MS, everyMs: 200 });
    expect(answers.size).toBe(TICKETS);
    // As many attempts are on record as came; none was repeated that was taken, as far as the notifier could know.
    const attempts = await database.query<{ id: string; outcomes: string[] }>(`select notification_id as id, array_agg(coalesce(code, outcome) order by attempt) as outcomes from notifier.attempt group by 1`);
    expect(attempts).toHaveLength(TICKETS);
    for (const { id, outcomes } of attempts) {
      const replies = answers.get(id) ?? [];
      expect({ id, replies: replies.length, last: replies.at(-1) }).toEqual({ id, replies: outcomes.length, last: { status: 204 } });
      expect(outcomes).toEqual([...replies.slice(0, -1).map((reply) => REPEATED_AFTER.get(reply)), 'delivered']);
    }
  }, 2 * MINUTES_MS + 10_000);
});
