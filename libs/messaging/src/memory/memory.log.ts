import type { EventPublisher, IncomingRecord, OutgoingRecord, RecordBatch, RecordConsumer, RecordCopy } from '../ports.js';

/** A log in memory: the twin of Kafka for tests. One partition a topic; what was published stays, as there. */
export class MemoryLog {
  private readonly topics = new Map<string, IncomingRecord[]>();
  private readonly waiting = new Set<() => void>();

  append(records: readonly (OutgoingRecord | RecordCopy)[]): void {
    for (const { topic, key, value, headers } of records) {
      const records_ = this.records(topic);
      const keyBytes = key === null ? null : Buffer.from(key);
      records_.push({ topic, partition: 0, offset: String(records_.length), key: keyBytes?.toString() ?? null, keyBytes, value: value === null ? null : Buffer.from(value), headers, timestampMs: String(Date.now()) });
    }
    for (const wake of this.waiting) wake();
  }

  records(topic: string): IncomingRecord[] {
    const found = this.topics.get(topic) ?? [];
    this.topics.set(topic, found);
    return found;
  }

  async appended(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.waiting.add(resolve);
    await promise;
    this.waiting.delete(resolve);
  }

  wake(): void {
    for (const wake of this.waiting) wake();
  }
}

export class MemoryEventPublisher implements EventPublisher {
  constructor(private readonly log: MemoryLog) {}

  publish(records: readonly (OutgoingRecord | RecordCopy)[]): Promise<void> {
    this.log.append(records);
    return Promise.resolve();
  }

  check(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** Reads a MemoryLog; committed offsets are kept by the group's object, so a second consumer goes on where the first stopped. */
export class MemoryRecordConsumer implements RecordConsumer {
  private isStopping = false;
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly log: MemoryLog, private readonly committed: Map<string, bigint> = new Map()) {}

  start(topics: readonly string[], onBatch: (batch: RecordBatch) => Promise<void>): Promise<void> {
    this.running = this.read(topics, onBatch);
    return Promise.resolve();
  }

  problem(): string | null {
    return null;
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    this.log.wake();
    await this.running;
  }

  private async read(topics: readonly string[], onBatch: (batch: RecordBatch) => Promise<void>): Promise<void> {
    while (!this.isStopping) {
      const batch = topics.map((topic) => this.next(topic)).find((found) => found.records.length > 0);
      if (batch === undefined) await this.log.appended();
      else await onBatch(batch);
    }
  }

  private next(topic: string): RecordBatch {
    const from = this.committed.get(topic) ?? 0n;
    return {
      topic,
      partition: 0,
      records: this.log.records(topic).slice(Number(from)),
      heartbeat: () => Promise.resolve(),
      commit: (offset) => {
        this.committed.set(topic, BigInt(offset) + 1n);
        return Promise.resolve();
      },
      isAbandoned: () => this.isStopping,
    };
  }
}
