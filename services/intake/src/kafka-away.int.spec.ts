import { createServer, type Socket } from 'node:net';
import type { HandoffEvent, TicketReceived } from '@handoff/contracts';
import { createTestDatabase, eventually, TcpProxy, type TestDatabase } from '@handoff/testing';
import { eventsOf, type IntakeUnderTest, startIntakeUnderTest } from './running-intake.fixture.js';

/** Nothing listens there. */
const NOWHERE = '127.0.0.1:9';

let database: TestDatabase;
let way: TcpProxy;
let databaseUrl: string;
let opened: IntakeUnderTest[] = [];

beforeEach(async () => {
  database = await createTestDatabase();
  const url = new URL(database.url);
  way = await TcpProxy.open({ host: url.hostname, port: Number(url.port) });
  url.host = `127.0.0.1:${way.port}`;
  databaseUrl = url.href;
});

afterEach(async () => {
  way.restore();
  for (const { running } of opened) await running.close();
  opened = [];
  await way.close();
  await database.drop();
});

async function start(env: Record<string, string> = {}): Promise<IntakeUnderTest> {
  const intake = await startIntakeUnderTest({ DATABASE_URL: databaseUrl, PUBLISH_TIMEOUT_MS: '1000', ...env });
  opened.push(intake);
  return intake;
}

const stop = async (intake: IntakeUnderTest): Promise<void> => {
  opened = opened.filter((other) => other !== intake);
  await intake.running.close();
};
const update = (externalId: string, status: string): object => ({ externalId, change: 'updated', status });
const spooled = async (): Promise<number> => Number((await database.query<{ n: string }>('select count(*) as n from intake.spool'))[0]?.n);
/** As a consumer sees them, which drops what it has seen. */
const statuses = (events: readonly HandoffEvent[]): unknown[] => [...new Map(events.map((event) => [event.id, (event.data as TicketReceived).ticket.status])).values()];

describe('while Kafka is away', () => {
  it('webhooks are taken, and are in Kafka in order after the intake was started again where Kafka is', async () => {
    const before = await start({ KAFKA_BROKERS: NOWHERE });
    const secret = await before.createSource('desk');
    const tickets = ['T-1', 'T-2', 'T-3'];
    const ids: unknown[] = [];
    for (const status of ['1', '2', '3', '4']) {
      const answers = await Promise.all(tickets.map((ticket) => before.post('desk', secret, update(ticket, status))));
      expect(answers.map((answer) => answer.status)).toEqual([202, 202, 202]);
      ids.push(...answers.map(({ body }) => body['eventId']));
    }
    expect([await spooled(), (await before.manage('GET', '/health/ready')).status]).toEqual([12, 200]);
    await stop(before);
    await start();
    const events = await eventsOf(...ids);
    for (const ticket of tickets) expect(statuses(events.filter(({ data }) => (data as TicketReceived).externalId === ticket))).toEqual(['1', '2', '3', '4']);
    await eventually(async () => expect(await spooled()).toBe(0));
  });

  it('from one of two intakes, no event of a ticket overtakes another, whichever intake takes it', async () => {
    const [blind, seeing] = [await start({ KAFKA_BROKERS: NOWHERE }), await start()];
    const secret = await blind.createSource('desk');
    const ids: unknown[] = [];
    const order = Array.from({ length: 40 }, (_, index) => String(index));
    for (const status of order) {
      const { body } = await (Number(status) % 2 === 0 ? blind : seeing).post('desk', secret, update('T-1', status));
      ids.push(body['eventId']);
    }
    expect(statuses(await eventsOf(...ids))).toEqual(order);
  });

  it('and takes connections without answering, webhooks are taken all the same', async () => {
    const sockets: Socket[] = [];
    const silent = createServer((socket) => sockets.push(socket));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    try {
      const intake = await start({ KAFKA_BROKERS: `127.0.0.1:${(silent.address() as { port: number }).port}` });
      const secret = await intake.createSource('desk');
      expect((await intake.post('desk', secret, update('T-1', '1'))).status).toBe(202);
      expect(await spooled()).toBe(1);
      await stop(intake);
    } finally {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => silent.close(resolve));
    }
  });
});

describe('while PostgreSQL is away', () => {
  it.each(['cut', 'hang'] as const)('(%s) webhooks of known sources go straight to Kafka, those of others are sent away', async (how) => {
    const intake = await start();
    const secret = await intake.createSource('desk');
    const first = await intake.post('desk', secret, update('T-1', '1'));
    way[how]();
    const second = await intake.post('desk', secret, update('T-1', '2'));
    expect([first.status, second.status]).toEqual([202, 202]);
    expect(statuses(await eventsOf(first.body['eventId'], second.body['eventId']))).toEqual(['1', '2']);
    if (how === 'cut') expect(await intake.post('unheard-of', secret, update('T-1', '3'))).toMatchObject({ status: 503, body: { code: 'database-unavailable' } });
  });

  it('and Kafka too, nothing is acknowledged, and the same event is taken when they are back', async () => {
    const intake = await start({ KAFKA_BROKERS: NOWHERE });
    const secret = await intake.createSource('desk');
    await intake.post('desk', secret, update('T-0', '1'));
    way.cut();
    const refused = await intake.post('desk', secret, update('T-1', '1'), { 'webhook-id': 'msg-1' });
    expect([refused.status, refused.headers.get('retry-after'), refused.headers.get('content-type')]).toEqual([503, '5', expect.stringContaining('application/problem+json')]);
    way.restore();
    const taken = await eventually(async () => {
      const answer = await intake.post('desk', secret, update('T-1', '1'), { 'webhook-id': 'msg-1' });
      expect(answer.status).toBe(202);
      return answer;
    });
    await start();
    expect(statuses(await eventsOf(taken.body['eventId']))).toEqual(['1']);
  });
});
