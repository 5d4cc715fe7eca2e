import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { connectKafka, KafkaEventPublisher } from '@handoff/messaging';
import { NOTHING_ALLOWED, type OpenOutbound, openOutbound } from '@handoff/outbound';
import { createDataSource, MESSAGING_MIGRATIONS, prepareSchema } from '@handoff/persistence';
import { createTestDatabase, eventually, type TestDatabase, testBrokers } from '@handoff/testing';
import type { DataSource } from 'typeorm';
import { createPino } from '../logging.js';
import { metrics } from '../metrics.js';
import { Auditor } from './auditor.js';

const SCHEMA = 'audited';
const IDS = ['a', 'b', 'c'];

describe('the audit of a service', () => {
  const service = `audited-${randomUUID()}`;
  const topic = `audit-${randomUUID()}`;
  const kafka = connectKafka({ brokers: testBrokers(), clientId: 'audit-test', log: () => undefined });
  let database: TestDatabase;
  let dataSource: DataSource;
  let outbound: OpenOutbound;
  let server: Server;
  let calls = 0;
  const opened: Auditor[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    dataSource = await createDataSource({ url: database.url, schema: SCHEMA, connectionsMax: 4, migrations: MESSAGING_MIGRATIONS }).initialize();
    await prepareSchema(dataSource, { schema: SCHEMA, migrate: true });
    server = createServer((_request, response) => {
      calls += 1;
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    outbound = openOutbound({ policy: { allowPrivate: true, allow: NOTHING_ALLOWED }, userAgent: 'Handoff/1' });
    const admin = kafka.admin();
    await admin.connect();
    await admin.createTopics({ topics: [{ topic, numPartitions: 1 }], waitForLeaders: true });
    const publisher = new KafkaEventPublisher(kafka);
    await publisher.publish(IDS.map((id) => ({ topic, key: 'k', value: '{}', headers: { ce_id: id, ce_type: 'handoff.ticket.received.v1' } })));
    await publisher.close();
    // The service has passed all three, and has two in its inbox.
    await admin.setOffsets({ groupId: `handoff-${service}`, topic, partitions: [{ partition: 0, offset: '3' }] });
    await admin.disconnect();
    await dataSource.query("insert into inbox (event_id) values ('a'), ('c')");
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((auditor) => auditor.close()));
  });
  afterAll(async () => {
    await outbound?.close();
    server?.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    const admin = kafka.admin();
    await admin.connect();
    await admin.deleteTopics({ topics: [topic] });
    await admin.disconnect();
    await dataSource?.destroy();
    await database?.drop();
  });

  function start(topics: readonly { name: string }[]): void {
    const port = (server.address() as { port: number }).port;
    const auditor = new Auditor({ topics, service, dataSource, kafka, log: createPino('test', 'silent'), graceMs: 1, openMsMax: 3_600_000, deadMansSwitch: { url: `http://127.0.0.1:${port}/switch`, outbound } });
    opened.push(auditor);
    auditor.start();
  }
  const valueOf = async (name: string, item?: string): Promise<number | undefined> => (await metrics.getSingleMetric(name)?.get())?.values.find(({ labels }) => labels['item'] === item)?.value;

  it('calls the dead man\'s URL while all is well, and finds the event that was passed by', async () => {
    start([{ name: topic }]);
    await eventually(() => expect(calls).toBe(1));
    await eventually(async () => expect(await dataSource.query('select event_id, topic, "offset" from audit_finding')).toEqual([{ event_id: 'b', topic, offset: '1' }]));
    expect(await valueOf('handoff_unaccounted_events_total')).toBe(1);
  });

  it('does not call it while an event is lost, and shows how old that is', async () => {
    const before = calls;
    await dataSource.query("update audit_finding set appended_at = now() - interval '90 seconds'");
    start([]);
    await eventually(async () => expect(await valueOf('handoff_open_oldest_seconds', 'unaccounted')).toBeGreaterThanOrEqual(90));
    expect([calls, await valueOf('handoff_open_items', 'unaccounted')]).toEqual([before, 1]);
  });

  it('calls it again once the event was handled after all', async () => {
    const before = calls;
    await dataSource.query("insert into inbox (event_id) values ('b')");
    start([]);
    await eventually(() => expect(calls).toBe(before + 1));
    expect(await valueOf('handoff_open_oldest_seconds', 'unaccounted')).toBe(0);
  });
});
