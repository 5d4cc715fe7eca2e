import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import type { RecordBatch, RecordConsumer } from '../ports.js';

export interface KafkaConsumerOptions {
  readonly kafka: Kafka;
  readonly groupId: string;
  readonly partitionsConcurrently: number;
  /**
   * What is fetched of one broker at a time at most, as it is compressed. All of it is held until all of it was handled; events unpack to
   * ten times as much, and are then several times that as objects.
   */
  readonly fetchBytesMax: number;
  /** The consumer ended, or fails at every try, and will not come back by itself: the process must. */
  readonly onCrash: (error: Error) => void;
}

/** A member that was killed holds its partitions for this long. */
const SESSION_TIMEOUT_MS = 10_000;
const HEARTBEAT_INTERVAL_MS = 2_000;
/** A fetch brings records of several partitions, so that several can be worked on. */
const PARTITIONS_A_FETCH_MIN = 8;
/** So many batches may fail in a row, which is what cannot be set aside: then a new process must try. */
const BATCH_FAILURES_MAX = 5;
/** And not before this time: partitions that are worked on at once fail at once, and who asks now and then shall see what is wrong. */
const FAILING_MS_MIN = 5_000;

/** Reads with kafkajs. Offsets are committed by whoever handles a batch, never by a timer. */
export class KafkaRecordConsumer implements RecordConsumer {
  private readonly consumer: Consumer;
  private isStopping = false;
  private batchFailures = 0;
  /** When the first of them failed, by the clock that only goes forward. */
  private failingSinceMs = 0;
  private hasGivenUp = false;
  private trouble: string | null = null;

  constructor(private readonly options: KafkaConsumerOptions) {
    this.consumer = options.kafka.consumer({
      groupId: options.groupId,
      sessionTimeout: SESSION_TIMEOUT_MS,
      heartbeatInterval: HEARTBEAT_INTERVAL_MS,
      rebalanceTimeout: 60_000,
      maxWaitTimeInMs: 250,
      maxBytes: options.fetchBytesMax,
      maxBytesPerPartition: Math.ceil(options.fetchBytesMax / PARTITIONS_A_FETCH_MIN),
      allowAutoTopicCreation: false,
      retry: { retries: 10, initialRetryTime: 200, maxRetryTime: 1_500 },
    });
  }

  async start(topics: readonly string[], onBatch: (batch: RecordBatch) => Promise<void>): Promise<void> {
    this.consumer.on(this.consumer.events.CRASH, ({ payload }) => {
      this.trouble = payload.error.message;
      // With `restart` kafkajs comes back by itself; without, it would stay silently stopped while the process lives.
      if (!payload.restart && !this.isStopping) this.options.onCrash(payload.error);
    });
    this.consumer.on(this.consumer.events.GROUP_JOIN, () => {
      if (this.batchFailures === 0) this.trouble = null;
    });
    await this.consumer.connect();
    await this.consumer.subscribe({ topics: [...topics], fromBeginning: true });
    await this.consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: this.options.partitionsConcurrently,
      eachBatch: (payload) => this.handle(payload, onBatch),
    });
  }

  problem(): string | null {
    return this.trouble;
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    await this.consumer.stop();
    await this.consumer.disconnect();
  }

  private async handle(payload: EachBatchPayload, onBatch: (batch: RecordBatch) => Promise<void>): Promise<void> {
    const beat = new BackgroundHeartbeat(() => payload.heartbeat());
    try {
      await onBatch(this.batchOf(payload, beat));
    } catch (error) {
      this.noteFailure(error as Error);
      throw error;
    } finally {
      beat.end();
    }
  }

  /** What comes of Kafka, as a rebalance, kafkajs mends by itself. */
  private noteFailure(error: Error): void {
    if (error.name.startsWith('KafkaJS') || this.isStopping) return;
    const nowMs = performance.now();
    if (this.batchFailures === 0) this.failingSinceMs = nowMs;
    this.batchFailures += 1;
    this.trouble = error.message;
    if (this.hasGivenUp || this.batchFailures < BATCH_FAILURES_MAX || nowMs - this.failingSinceMs < FAILING_MS_MIN) return;
    this.hasGivenUp = true;
    this.options.onCrash(error);
  }

  private batchOf(payload: EachBatchPayload, beat: BackgroundHeartbeat): RecordBatch {
    const { topic, partition, messages } = payload.batch;
    return {
      topic,
      partition,
      records: messages.map(({ key, value, headers, offset, timestamp }) => ({ topic, partition, offset, key: key?.toString() ?? null, keyBytes: key, value, headers: headers ?? {}, timestampMs: timestamp })),
      heartbeat: () => beat.now(),
      commit: async (offset) => {
        payload.resolveOffset(offset);
        const next = (BigInt(offset) + 1n).toString();
        await payload.commitOffsetsIfNecessary({ topics: [{ topic, partitions: [{ partition, offset: next }] }] });
        this.batchFailures = 0;
        this.trouble = null;
      },
      isAbandoned: () => this.isStopping || !payload.isRunning() || payload.isStale(),
    };
  }
}

/** Tells the group that this member lives while a batch is worked on, however long a chunk of it takes or waits. */
class BackgroundHeartbeat {
  private failure: Error | undefined;
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly send: () => Promise<void>) {
    this.timer = setInterval(() => {
      // Nobody waits for this one: whoever beats next hears of it.
      this.send().catch((error: unknown) => (this.failure ??= error as Error));
    }, HEARTBEAT_INTERVAL_MS);
  }

  /** @throws what the group answered, also to a heartbeat before. */
  async now(): Promise<void> {
    if (this.failure !== undefined) throw this.failure;
    await this.send();
  }

  end(): void {
    clearInterval(this.timer);
  }
}
