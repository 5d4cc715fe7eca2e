/** A record on its way to a topic. */
export interface OutgoingRecord {
  readonly topic: string;
  readonly key: string;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A record whose parts are passed on byte for byte as they were read. */
export interface RecordCopy {
  readonly topic: string;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: RawHeaders;
}

/** Headers as they were read: a name may have several values, and a value may be absent. */
export type RawHeaders = Readonly<Record<string, Buffer | string | null | (Buffer | string | null)[] | undefined>>;

/** Appends records to topics. */
export interface EventPublisher {
  /**
   * Appends in the order given and resolves when all of them are durable (`acks=all`).
   * On rejection some may have been appended all the same: publish them again, under the same ids.
   */
  publish(records: readonly (OutgoingRecord | RecordCopy)[]): Promise<void>;
  /** Resolves when the topics can be reached; rejects with the reason. */
  check(): Promise<void>;
  close(): Promise<void>;
}

/** A record as it was read. Nothing in it is certain. */
export interface IncomingRecord {
  readonly topic: string;
  readonly partition: number;
  /** Decimal digits: offsets exceed what a number holds exactly. */
  readonly offset: string;
  readonly key: string | null;
  /** The key as it came: bytes that are no text are not kept by `key`. */
  readonly keyBytes: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: RawHeaders;
  /** When it was appended, in milliseconds since 1970, as decimal digits. */
  readonly timestampMs: string;
}

/** Records of one partition, in order. */
export interface RecordBatch {
  readonly topic: string;
  readonly partition: number;
  readonly records: readonly IncomingRecord[];
  /** Tells the group that this member lives. Throws when the partition was taken away: let it propagate. */
  heartbeat(): Promise<void>;
  /** Everything up to and with this offset is done and need not be read again. */
  commit(offset: string): Promise<void>;
  /** The consumer is stopping or the partition was taken away: what is not done yet will be read again elsewhere. */
  isAbandoned(): boolean;
}

/** Reads topics as a member of a group. Batches of different partitions may run at once, those of one never do. */
export interface RecordConsumer {
  start(topics: readonly string[], onBatch: (batch: RecordBatch) => Promise<void>): Promise<void>;
  /** Why it reads nothing at the moment; `null` where nothing is known to be wrong. */
  problem(): string | null;
  /** Waits for the batches under way, then leaves the group. */
  stop(): Promise<void>;
}
