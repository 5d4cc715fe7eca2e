import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { TOPICS } from '@handoff/contracts';
import { emptyTopics, eventually, testBrokers } from '@handoff/testing';
import { describeMessagingContract } from '../messaging.contract.js';
import type { RecordBatch } from '../ports.js';
import { connectKafka } from './connection.js';
import { KafkaRecordConsumer } from './kafka.consumer.js';
import { KafkaEventPublisher } from './kafka.publisher.js';
import { ensureTopics } from './topics.js';

const kafka = () => connectKafka({ brokers: testBrokers(), clientId: 'contract', log: () => undefined });
const aTopic = (name: string) => ({ name, types: [], config: { 'retention.ms': '86400000' } });

describeMessagingContract('kafka', () => {
  const client = kafka();
  const publisher = new KafkaEventPublisher(client);
  return Promise.resolve({
    publisher,
    createTopic: async () => {
      const name = `contract-${randomUUID()}`;
      await ensureTopics(client, [aTopic(name)], { partitions: 3, replicationFactor: 1 });
      return name;
    },
    consumer: (groupId) => new KafkaRecordConsumer({ kafka: client, groupId, partitionsConcurrently: 3, fetchBytesMax: 2_097_152, onCrash: (error) => { throw error; } }),
    close: () => publisher.close(),
  });
});

describe('topics at start', () => {
  it('are made with the settings of the catalogue, and a second start finds them as they are', async () => {
    // Another suite may have made them with fewer partitions.
    await emptyTopics();
    const client = kafka();
    await ensureTopics(client, Object.values(TOPICS), { partitions: 12, replicationFactor: 1 });
    expect(await ensureTopics(client, Object.values(TOPICS), { partitions: 12, replicationFactor: 1 })).toEqual([]);
  });

  it('never gain partitions: what differs is said, and stays', async () => {
    const client = kafka();
    const topic = aTopic(`contract-${randomUUID()}`);
    await ensureTopics(client, [topic], { partitions: 2, replicationFactor: 1 });
    const differences = await ensureTopics(client, [{ ...topic, config: { 'retention.ms': '1000' } }], { partitions: 5, replicationFactor: 1 });
    expect(differences).toEqual([expect.stringContaining('has 2 partitions, not 5'), expect.stringContaining('another retention.ms')]);
  });
});

/** Loses the answer of one produce request after the broker has stored the batch. */
function loseOneAnswer(publisher: KafkaEventPublisher): void {
  const inner = publisher as unknown as { connected(): Promise<{ sendBatch(batch: unknown): Promise<unknown> }> };
  const connected = inner.connected.bind(publisher);
  inner.connected = async () => {
    const producer = await connected();
    inner.connected = connected;
    return Object.assign(Object.create(producer) as typeof producer, {
      sendBatch: async (batch: unknown) => {
        await producer.sendBatch(batch);
        throw new Error('the answer was lost');
      },
    });
  };
}

describe('a publisher that lost an answer', () => {
  it('sends on with a new producer, so that the next records are stored and not taken for a repetition', async () => {
    const client = kafka();
    const publisher = new KafkaEventPublisher(client);
    const topic = `contract-${randomUUID()}`;
    await ensureTopics(client, [aTopic(topic)], { partitions: 1, replicationFactor: 1 });
    const batch = (name: string) => Array.from({ length: 10 }, (_, index) => ({ topic, key: 'k', value: `${name}${index}`, headers: {} }));
    loseOneAnswer(publisher);
    await expect(publisher.publish(batch('a'))).rejects.toThrow('the answer was lost');
    await publisher.publish(batch('b'));
    await publisher.close();
    const admin = client.admin();
    await admin.connect();
    const [offsets] = await admin.fetchTopicOffsets(topic);
    await admin.disconnect();
    expect(offsets?.high).toBe('20');
  });
});

describe('a consumer', () => {
  const client = kafka();
  const publisher = new KafkaEventPublisher(client);
  const running: KafkaRecordConsumer[] = [];
  const crashes: string[] = [];

  afterEach(async () => {
    crashes.length = 0;
    await Promise.all(running.splice(0).map((consumer) => consumer.stop()));
  });
  afterAll(() => publisher.close());

  async function topicWith(...values: string[]): Promise<string> {
    const topic = `contract-${randomUUID()}`;
    await ensureTopics(client, [aTopic(topic)], { partitions: 1, replicationFactor: 1 });
    await publisher.publish(values.map((value) => ({ topic, key: 'k', value, headers: {} })));
    return topic;
  }

  async function start(topic: string, groupId: string, onBatch: (batch: RecordBatch) => Promise<void>): Promise<KafkaRecordConsumer> {
    const consumer = new KafkaRecordConsumer({ kafka: client, groupId, partitionsConcurrently: 1, fetchBytesMax: 2_097_152, onCrash: (error) => void crashes.push(error.message) });
    running.push(consumer);
    await consumer.start([topic], onBatch);
    return consumer;
  }

  async function membersOf(groupId: string): Promise<readonly string[]> {
    const admin = client.admin();
    await admin.connect();
    const { groups } = await admin.describeGroups([groupId]);
    await admin.disconnect();
    return groups.flatMap(({ state, members }) => members.map(({ memberId }) => `${memberId} ${state}`));
  }

  it('keeps its partitions while a chunk takes longer than the session', async () => {
    const topic = await topicWith('one');
    const groupId = randomUUID();
    const taken: string[] = [];
    const { promise: done, resolve: finish } = Promise.withResolvers<readonly string[]>();
    await start(topic, groupId, async (batch) => {
      taken.push(...batch.records.map(({ offset }) => offset));
      if (taken.length > 1) return batch.commit('1');
      const before = await membersOf(groupId);
      // Two and a half sessions: how long nothing is heard of a member cannot be shown in less.
      await delay(25_000);
      await batch.commit('0');
      await batch.heartbeat();
      finish(before);
    });
    const before = await done;
    expect(before).toEqual([expect.stringContaining('Stable')]);
    expect(await membersOf(groupId)).toEqual(before);
    await publisher.publish([{ topic, key: 'k', value: 'two', headers: {} }]);
    await eventually(() => expect(taken).toEqual(['0', '1']));
  });

  it('is in trouble while batches fail for what cannot be set aside, and gives up after five in a row, once it was in trouble for 5 s', async () => {
    const topic = await topicWith('one');
    const failedAtMs: number[] = [];
    const consumer = await start(topic, randomUUID(), () => {
      failedAtMs.push(performance.now());
      return Promise.reject(new Error('permission denied for table parked'));
    });
    await eventually(() => expect(consumer.problem()).toBe('permission denied for table parked'));
    await eventually(() => expect(crashes).toEqual(['permission denied for table parked']));
    expect(failedAtMs.length).toBeGreaterThanOrEqual(5);
    expect(performance.now() - (failedAtMs[0] ?? 0)).toBeGreaterThanOrEqual(5_000);
  });

  it('is well again once a batch succeeds', async () => {
    const topic = await topicWith('one');
    let tries = 0;
    const consumer = await start(topic, randomUUID(), async (batch) => {
      tries += 1;
      if (tries < 4) throw new Error('not yet');
      await batch.commit('0');
    });
    await eventually(() => expect(tries).toBe(4));
    await eventually(() => expect(consumer.problem()).toBeNull());
    expect(crashes).toEqual([]);
  });

  it('gives up rather than unpack a batch of records that would take all memory', async () => {
    const topic = await topicWith(...Array.from({ length: 8 }, () => ' '.repeat(9_000_000)));
    await start(topic, randomUUID(), () => Promise.resolve());
    await eventually(() => expect(crashes).toEqual([expect.stringContaining('larger than 67108864 bytes')]));
  });
});
