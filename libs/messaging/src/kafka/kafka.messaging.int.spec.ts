import { randomUUID } from 'node:crypto';
import { TOPICS } from '@handoff/contracts';
import { testBrokers } from '@handoff/testing';
import { describeMessagingContract } from '../messaging.contract.js';
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
    consumer: (groupId) => new KafkaRecordConsumer({ kafka: client, groupId, partitionsConcurrently: 3, onCrash: (error) => { throw error; } }),
    close: () => publisher.close(),
  });
});

describe('topics at start', () => {
  it('are made with the settings of the catalogue, and a second start finds them as they are', async () => {
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
