import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { fixRequestQueue } from '@handoff/messaging';
import kafkajs, { type EachBatchPayload, type Kafka, type Message, type Producer } from 'kafkajs';

export interface ChunkSource {
  readonly kafka: Kafka;
  readonly groupId: string;
  readonly topic: string;
}

const CHUNK_RECORDS = 500;
const PARTITIONS_AT_ONCE = 4;

/** kafkajs as it comes, but for its timer that never rests, and with zstd, which it has none of. */
export function floorKafka(brokers: readonly string[], clientId: string): Kafka {
  fixRequestQueue();
  kafkajs.CompressionCodecs[kafkajs.CompressionTypes.ZSTD] = () => ({
    compress: (encoder: { buffer: Buffer }) => Promise.resolve(zstdCompressSync(encoder.buffer)),
    decompress: (buffer: Buffer) => Promise.resolve(zstdDecompressSync(buffer)),
  });
  return new kafkajs.Kafka({ clientId, brokers: [...brokers], logLevel: kafkajs.logLevel.ERROR });
}

export async function floorProducer(kafka: Kafka): Promise<Producer> {
  const producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
  await producer.connect();
  return producer;
}

export async function send(producer: Producer, topic: string, messages: Message[]): Promise<void> {
  await producer.send({ topic, messages, acks: -1, compression: kafkajs.CompressionTypes.ZSTD });
}

/** Reads a topic in chunks; each is committed once `handle` is through with it. Resolves when the group was joined. */
export async function eachChunk({ kafka, groupId, topic }: ChunkSource, handle: (values: readonly string[]) => Promise<void>): Promise<void> {
  const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 250 });
  const joined = new Promise<void>((resolve) => {
    consumer.on(consumer.events.GROUP_JOIN, () => resolve());
  });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({
    autoCommit: false, eachBatchAutoResolve: false, partitionsConsumedConcurrently: PARTITIONS_AT_ONCE,
    eachBatch: (payload) => handleBatch(payload, handle),
  });
  await joined;
}

async function handleBatch({ batch, resolveOffset, commitOffsetsIfNecessary, heartbeat }: EachBatchPayload, handle: (values: readonly string[]) => Promise<void>): Promise<void> {
  const { topic, partition, messages } = batch;
  for (let start = 0; start < messages.length; start += CHUNK_RECORDS) {
    const chunk = messages.slice(start, start + CHUNK_RECORDS);
    await handle(chunk.map(({ value }) => String(value)));
    const last = chunk.at(-1)?.offset ?? '0';
    resolveOffset(last);
    await commitOffsetsIfNecessary({ topics: [{ topic, partitions: [{ partition, offset: String(BigInt(last) + 1n) }] }] });
    await heartbeat();
  }
}
