// One service as a process of its own: what it proves before it starts, and how it ends.
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { encodeEvent, topicOf } from '@handoff/contracts';
import { connectKafka, KafkaEventPublisher } from '@handoff/messaging';
import { aTicketReceived, createTestDatabase, emptyTopics, eventually, type TestDatabase, testBrokers } from '@handoff/testing';
import { ROOT } from './running-handoff.js';

const TICKETS = 2_000;
const TOKEN = 'a-token-of-this-suite';

interface Routing {
  readonly output: () => string;
  readonly process: ChildProcess;
  /** Exit code. */
  readonly ended: Promise<number | null>;
}

let database: TestDatabase;
const running: Routing[] = [];

beforeEach(async () => {
  await emptyTopics();
  database = await createTestDatabase();
});
afterEach(async () => {
  for (const { process, ended } of running.splice(0)) {
    // In good order: a member that is killed holds the group of the next test for another ten seconds.
    process.kill('SIGTERM');
    await ended;
  }
  await database.drop();
});

function start(env: NodeJS.ProcessEnv = {}): Routing {
  const child = spawn(process.execPath, [join(ROOT, 'services/routing/dist/main.js')], { env: { PATH: process.env['PATH'], PORT: '0', KAFKA_BROKERS: testBrokers().join(','), DATABASE_URL: database.url, HANDOFF_TOKEN: TOKEN, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const parts: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => parts.push(chunk.toString()));
  const routing = { process: child, output: () => parts.join(''), ended: new Promise<number | null>((resolve) => child.once('exit', resolve)) };
  running.push(routing);
  return routing;
}

const urlOf = ({ output }: Routing): Promise<string> => eventually(() => {
  const url = /"url":"(http:[^"]+)"/.exec(output())?.[1];
  if (url === undefined) throw new Error(`Routing is not ready:\n${output()}`);
  return url;
});

async function publishTickets(): Promise<void> {
  const publisher = new KafkaEventPublisher(connectKafka({ brokers: testBrokers(), clientId: 'e2e', log: () => undefined }));
  try {
    const events = Array.from({ length: TICKETS }, (_, n) => aTicketReceived({ externalId: `T-${n}` }));
    await publisher.publish(events.map((event) => ({ topic: topicOf(event.type), ...encodeEvent(event) })));
  } finally {
    await publisher.close();
  }
}

/** What /health/ready answered from now on, until the process ended. */
async function readinessUntilItEnds(url: string, { ended }: Routing): Promise<{ status: number; text: string }[]> {
  const answers: { status: number; text: string }[] = [];
  let isRunning = true;
  void ended.then(() => (isRunning = false));
  while (isRunning) {
    // What ends between two questions answers the second no more.
    await fetch(`${url}/health/ready`).then(async (answer) => answers.push({ status: answer.status, text: await answer.text() }), () => undefined);
    await delay(20);
  }
  return answers;
}

const count = async (table: string): Promise<number> => Number((await database.query<{ n: string }>(`select count(*) as n from routing.${table}`))[0]?.n);

describe('a service', () => {
  it('ends on SIGTERM in the middle of its work with exit code 0, has published what it decided, and the next one goes on', async () => {
    const first = start();
    await urlOf(first);
    await publishTickets();
    await eventually(async () => expect(await count('ticket')).toBeGreaterThan(0), { everyMs: 5 });
    first.process.kill('SIGTERM');
    expect(await first.ended).toBe(0);
    expect(await count('outbox')).toBe(0);
    await urlOf(start());
    await eventually(async () => expect(await count('ticket')).toBe(TICKETS));
    expect(await count('decision')).toBe(TICKETS);
  });

  it('that hangs in the middle of its work ends all the same, with exit code 1, within its limit of 15 s', async () => {
    const routing = start();
    await urlOf(routing);
    await database.query("create function routing.hang() returns trigger language plpgsql as $$ begin perform pg_sleep(29); return new; end $$");
    await database.query('create trigger hang before insert on routing.ticket for each statement execute function routing.hang()');
    await publishTickets();
    await eventually(async () => expect(await database.query("select 1 from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'")).not.toEqual([]));
    routing.process.kill('SIGTERM');
    expect(await routing.ended).toBe(1);
    expect(await database.query("select 1 from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'")).not.toEqual([]);
    expect(await count('ticket')).toBe(0);
  });

  it('whose events cannot even be set aside is not ready, and ends with exit code 1', async () => {
    const routing = start();
    const url = await urlOf(routing);
    await database.query('alter table routing.parked rename to hidden');
    // Asked all the time: it is not ready for some seconds only, and then it is gone.
    const answers = readinessUntilItEnds(url, routing);
    await publishTickets();
    expect(await answers).toContainEqual({ status: 503, text: expect.stringContaining('relation \\"parked\\" does not exist') });
    expect(await routing.ended).toBe(1);
    expect(routing.output()).toContain('The consumer of routing ended and cannot come back by itself');
    await database.query('alter table routing.hidden rename to parked');
    await urlOf(start());
    await eventually(async () => expect(await count('ticket')).toBe(TICKETS));
  });

  it('does not start on a matrix that does not compile, and says so', async () => {
    const first = start();
    await urlOf(first);
    first.process.kill('SIGTERM');
    await first.ended;
    await database.query("update routing.matrix_version set matrix = 'rows: 7' where state = 'active'");
    const second = start();
    expect(await second.ended).toBe(1);
    expect(second.output()).toContain('matrix');
    expect(second.output()).not.toContain('"url"');
  });

  it('does not start on tables of another version, and says what to do', async () => {
    const behind = start({ MIGRATE_ON_START: 'false' });
    expect(await behind.ended).toBe(1);
    expect(behind.output()).toContain('MIGRATE_ON_START');
    const first = start();
    await urlOf(first);
    first.process.kill('SIGTERM');
    await first.ended;
    await database.query("insert into routing.migration (timestamp, name) values (1900000000000, 'Later1900000000000')");
    const older = start();
    expect(await older.ended).toBe(1);
    expect(older.output()).toContain('changed by a newer version (Later1900000000000)');
  });

  it('makes the topics that are missing, and says which differ from what it was told', async () => {
    const first = start({ KAFKA_PARTITIONS: '2' });
    await urlOf(first);
    first.process.kill('SIGTERM');
    await first.ended;
    const second = start({ KAFKA_PARTITIONS: '3' });
    await urlOf(second);
    expect(second.output()).toContain('handoff.intake has 2 partitions, not 3; it keeps them.');
  });

  it('does not start without an engine, and names the setting', async () => {
    const routing = start({ DATABASE_URL: 'postgres://127.0.0.1:9/none' });
    expect(await routing.ended).toBe(1);
    expect(routing.output()).toContain('DATABASE_URL cannot be used');
  });
});
