import { setTimeout as delay } from 'node:timers/promises';
import kafkajs, { type Kafka, type Producer, type TopicMessages } from 'kafkajs';
import type { EventPublisher, OutgoingRecord, RecordCopy } from '../ports.js';
import { keyPartitioner } from './key-partitioner.js';

const { CompressionTypes } = kafkajs;
const CLOSE_MS_MAX = 3_000;
/** Only the copy of a record that others wrote has no key, and then no order to keep. */
const KEYLESS = { partition: 0 };
/** Below this, compression costs more than it saves. */
const COMPRESS_RECORDS_MIN = 8;

/**
 * Publishes with an idempotent producer, one request at a time, so that order holds.
 *
 * After any failed send the producer is thrown away and a new one made. kafkajs rolls its sequence number back on a
 * failure; had the broker stored the batch (only the answer was lost), it would take the next batch for a repetition
 * and drop it while reporting success. A new producer has a new id and cannot be mistaken.
 */
export class KafkaEventPublisher implements EventPublisher {
  private producer: Promise<Producer> | undefined;
  private lane: Promise<unknown> = Promise.resolve();
  private isClosed = false;

  constructor(private readonly kafka: Kafka) {}

  publish(records: readonly (OutgoingRecord | RecordCopy)[]): Promise<void> {
    if (records.length === 0) return Promise.resolve();
    const sent = this.lane.then(() => this.send(records));
    this.lane = sent.catch(() => undefined);
    return sent;
  }

  async check(): Promise<void> {
    await this.connected();
  }

  async close(): Promise<void> {
    this.isClosed = true;
    // While Kafka is away a send may try for longer than a shutdown has.
    await Promise.race([this.lane, delay(CLOSE_MS_MAX, undefined, { ref: false })]);
    await this.discard();
  }

  private async send(records: readonly (OutgoingRecord | RecordCopy)[]): Promise<void> {
    const producer = await this.connected();
    try {
      await producer.sendBatch({
        topicMessages: byTopic(records),
        acks: -1,
        compression: records.length >= COMPRESS_RECORDS_MIN ? CompressionTypes.ZSTD : CompressionTypes.None,
      });
    } catch (error) {
      await this.discard();
      throw error;
    }
  }

  private async connected(): Promise<Producer> {
    if (this.isClosed) throw new Error('The publisher is closed.');
    this.producer ??= this.connect();
    try {
      return await this.producer;
    } catch (error) {
      this.producer = undefined;
      throw error;
    }
  }

  private async connect(): Promise<Producer> {
    const producer = this.kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: keyPartitioner,
      // Few tries here: who publishes keeps the records and decides how long to go on.
      retry: { retries: 3, initialRetryTime: 100, maxRetryTime: 1_000 },
    });
    await producer.connect();
    return producer;
  }

  private async discard(): Promise<void> {
    const discarded = this.producer;
    this.producer = undefined;
    const producer = await discarded?.catch(() => undefined);
    await producer?.disconnect().catch(() => undefined);
  }
}

function byTopic(records: readonly (OutgoingRecord | RecordCopy)[]): TopicMessages[] {
  const topics = new Map<string, TopicMessages['messages']>();
  for (const { topic, key, value, headers } of records) {
    const messages = topics.get(topic) ?? [];
    if (messages.length === 0) topics.set(topic, messages);
    // kafkajs's types know no header without a value; its protocol does.
    messages.push({ key, value, headers: { ...(headers as OutgoingRecord['headers']) }, ...(key === null ? KEYLESS : {}) });
  }
  return [...topics].map(([topic, messages]) => ({ topic, messages }));
}
