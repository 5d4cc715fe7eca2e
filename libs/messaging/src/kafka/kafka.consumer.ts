import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import type { RecordBatch, RecordConsumer } from '../ports.js';

export interface KafkaConsumerOptions {
  readonly kafka: Kafka;
  readonly groupId: string;
  readonly partitionsConcurrently: number;
  /** The consumer ended and will not come back by itself: the process must. */
  readonly onCrash: (error: Error) => void;
}

const MAX_BYTES_PER_PARTITION = 1_048_576;
const MAX_BYTES = 8_388_608;

/** Reads with kafkajs. Offsets are committed by whoever handles a batch, never by a timer. */
export class KafkaRecordConsumer implements RecordConsumer {
  private readonly consumer: Consumer;
  private isStopping = false;

  constructor(private readonly options: KafkaConsumerOptions) {
    this.consumer = options.kafka.consumer({
      groupId: options.groupId,
      // A member that was killed holds its partitions for this long.
      sessionTimeout: 10_000,
      heartbeatInterval: 2_000,
      rebalanceTimeout: 60_000,
      maxWaitTimeInMs: 250,
      maxBytes: MAX_BYTES,
      maxBytesPerPartition: MAX_BYTES_PER_PARTITION,
      allowAutoTopicCreation: false,
      retry: { retries: 10, initialRetryTime: 200, maxRetryTime: 1_500 },
    });
  }

  async start(topics: readonly string[], onBatch: (batch: RecordBatch) => Promise<void>): Promise<void> {
    this.consumer.on(this.consumer.events.CRASH, ({ payload }) => {
      // With `restart` kafkajs comes back by itself; without, it would stay silently stopped while the process lives.
      if (!payload.restart && !this.isStopping) this.options.onCrash(payload.error);
    });
    await this.consumer.connect();
    await this.consumer.subscribe({ topics: [...topics], fromBeginning: true });
    await this.consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: this.options.partitionsConcurrently,
      eachBatch: (payload) => onBatch(this.batchOf(payload)),
    });
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    await this.consumer.stop();
    await this.consumer.disconnect();
  }

  private batchOf(payload: EachBatchPayload): RecordBatch {
    const { topic, partition, messages } = payload.batch;
    return {
      topic,
      partition,
      records: messages.map(({ key, value, headers, offset, timestamp }) => ({ topic, partition, offset, key: key?.toString() ?? null, keyBytes: key, value, headers: headers ?? {}, timestampMs: timestamp })),
      heartbeat: () => payload.heartbeat(),
      commit: async (offset) => {
        payload.resolveOffset(offset);
        const next = (BigInt(offset) + 1n).toString();
        await payload.commitOffsetsIfNecessary({ topics: [{ topic, partitions: [{ partition, offset: next }] }] });
      },
      isAbandoned: () => this.isStopping || !payload.isRunning() || payload.isStale(),
    };
  }
}
