import { Kafka, logLevel } from 'kafkajs';
import { randomUUID } from 'node:crypto';
import { calmKafkajs } from './kafka/calm-kafkajs.js';
import { withClient } from './postgres/postgres-answers.js';

describe('the engines of a test run', () => {
  it('keeps a message that was sent to Kafka', async () => {
    const brokers = (process.env['TEST_KAFKA_BROKERS'] ?? '').split(',');
    calmKafkajs();
    const kafka = new Kafka({ brokers, logLevel: logLevel.NOTHING });
    const topic = `engines-${randomUUID()}`;
    const admin = kafka.admin();
    await admin.connect();
    await admin.createTopics({ topics: [{ topic, numPartitions: 1 }], waitForLeaders: true });
    const producer = kafka.producer();
    await producer.connect();
    await producer.send({ topic, messages: [{ key: 'ticket', value: 'received' }] });
    const offsets = await admin.fetchTopicOffsets(topic);
    await producer.disconnect();
    await admin.deleteTopics({ topics: [topic] });
    await admin.disconnect();
    expect(offsets.map(({ offset }) => offset)).toEqual(['1']);
  });

  it('runs the version of PostgreSQL that the project is made for', async () => {
    const url = process.env['TEST_DATABASE_URL'] ?? '';
    const version = await withClient(url, async (client) => {
      const result = await client.query<{ server_version_num: string }>('show server_version_num');
      return Number(result.rows[0]?.server_version_num);
    });
    expect(version).toBeGreaterThanOrEqual(180_000);
  });
});
