import { decodeEvent, type HandoffEvent, UndecodableRecord } from '@handoff/contracts';
import type { IncomingRecord, RecordBatch } from './ports.js';
import { deadLetterOf } from './set-aside/dead-letter.decision.js';
import { BEHIND_PARKED, reasonOf, retryOf } from './set-aside/failure.decision.js';
import { ParkedRetries } from './set-aside/parked-retries.js';
import type { ParkReason, Transaction, Transactions } from './transactions.js';

/** Calls the handler of the events' type. All events of one call are of one type. */
export type Dispatch = (type: string, events: readonly HandoffEvent[], tx: Transaction) => Promise<void>;

export interface RunnerOptions {
  readonly transactions: Transactions;
  readonly dispatch: Dispatch;
  /** Hears of events that were handled before, by their ids: most are repetitions, but one may say something else. */
  readonly repeated?: (events: readonly HandoffEvent[], tx: Transaction) => Promise<void>;
  /** Types of the subscribed topics that this service deliberately leaves alone. */
  readonly ignoredTypes: ReadonlySet<string>;
  /** Of the other types: events that say nothing to this service. They leave no trace in its inbox. */
  readonly ignores?: (event: HandoffEvent) => boolean;
  /** The consumer group, for whoever reads a dead letter. */
  readonly group: string;
  /** Whether there is room for more outgoing events; no chunk is begun without. */
  readonly hasRoom: () => boolean;
  readonly chunkRecordsMax: number;
  readonly now: () => Date;
  /** Waits between tries while the database is away, and between looks for room. */
  readonly pause: (ms: number) => Promise<void>;
  readonly log: RunnerLog;
}

export interface RunnerLog {
  chunk(fields: { topic: string; partition: number; records: number; durationMs: number }): void;
  parked(fields: SetAsideFields): void;
  /** It was given up, and a person must decide. */
  dead(fields: SetAsideFields & { id: string }): void;
  unavailable(error: unknown): void;
}

export interface SetAsideFields {
  topic: string;
  partition: number;
  offset: string;
  key: string | null;
  code: string;
  detail: string;
}

type Readable = { readonly record: IncomingRecord; readonly event: HandoffEvent };

const UNAVAILABLE_PAUSE_MS = 500;
const CONFLICTS_MAX = 5;
const ROOM_PAUSE_MS = 20;
/** Values of one transaction: 500 events of full size would be hundreds of MiB in memory. */
const CHUNK_BYTES_MAX = 8_388_608;

/**
 * Takes batches of a partition and hands them to the handlers in chunks, one transaction a chunk.
 * A chunk that fails is halved until the one event at fault is found; it is parked, and later events of its
 * key queue behind it, so that no ticket is overtaken and none holds up others. Offsets are committed after the
 * transaction, never before.
 */
export class Runner {
  private readonly parkedRetries: ParkedRetries;

  constructor(private readonly options: RunnerOptions) {
    this.parkedRetries = new ParkedRetries(options);
  }

  async handleBatch(batch: RecordBatch): Promise<void> {
    for (let start = 0; start < batch.records.length; ) {
      await this.awaitRoom(batch);
      if (batch.isAbandoned()) return;
      const chunk = oneChunkOf(batch.records, start, this.options.chunkRecordsMax);
      start += chunk.length;
      const startedAt = this.options.now().getTime();
      await this.handleChunk(chunk, batch);
      const last = chunk.at(-1);
      if (last === undefined || batch.isAbandoned()) return;
      await batch.commit(last.offset);
      await batch.heartbeat();
      this.options.log.chunk({ topic: batch.topic, partition: batch.partition, records: chunk.length, durationMs: this.options.now().getTime() - startedAt });
    }
  }

  /** Tries the parked records that are due. Returns how many were tried, and how many of them were handled. */
  retryParked(triesMax: number): Promise<{ readonly tried: number; readonly released: number }> {
    return this.parkedRetries.retry(triesMax);
  }

  /** While Kafka takes nothing, what is decided cannot leave: then nothing more is decided, rather than kept in memory. */
  private async awaitRoom(batch: RecordBatch): Promise<void> {
    while (!this.options.hasRoom() && !batch.isAbandoned()) await this.options.pause(ROOM_PAUSE_MS);
  }

  private async handleChunk(records: readonly IncomingRecord[], batch: RecordBatch): Promise<void> {
    for (let conflicts = 0; ; ) {
      if (batch.isAbandoned()) return;
      try {
        return await this.options.transactions.run((tx) => this.apply(records, tx));
      } catch (error) {
        if (this.options.transactions.isUnavailable(error)) {
          await this.waitForDatabase(error, batch);
        } else if (this.options.transactions.isConflict(error) && conflicts < CONFLICTS_MAX) {
          conflicts += 1;
        } else {
          return this.isolate(records, error, batch);
        }
      }
    }
  }

  private async isolate(records: readonly IncomingRecord[], error: unknown, batch: RecordBatch): Promise<void> {
    const [only] = records;
    if (records.length === 1 && only !== undefined) return this.parkOne(only, reasonOf(error), retryOf(error, 0, this.options.now()), batch);
    const middle = records.length >> 1;
    await batch.heartbeat();
    await this.handleChunk(records.slice(0, middle), batch);
    await this.handleChunk(records.slice(middle), batch);
  }

  private async parkOne(record: IncomingRecord, reason: ParkReason, retryAt: Date | null, batch: RecordBatch): Promise<void> {
    for (;;) {
      if (batch.isAbandoned()) return;
      try {
        return await this.options.transactions.run((tx) => this.setAside(record, reason, retryAt, tx));
      } catch (error) {
        if (!this.options.transactions.isUnavailable(error)) throw error;
        await this.waitForDatabase(error, batch);
      }
    }
  }

  private async waitForDatabase(error: unknown, batch: RecordBatch): Promise<void> {
    this.options.log.unavailable(error);
    await batch.heartbeat();
    await this.options.pause(UNAVAILABLE_PAUSE_MS);
  }

  private async apply(records: readonly IncomingRecord[], tx: Transaction): Promise<void> {
    const parkedKeys = new Set(await tx.parking.keysIn([...new Set(records.map(({ key }) => key).filter((key) => key !== null))]));
    const readable: Readable[] = [];
    for (const record of records) {
      if (record.key !== null && parkedKeys.has(record.key)) {
        await tx.parking.park(record, BEHIND_PARKED, this.options.now());
      } else if (!(await this.read(record, readable, tx)) && record.key !== null) {
        parkedKeys.add(record.key);
      }
    }
    await this.dispatchInOrder(readable, tx);
  }

  /** Whether the record can be read; one that cannot is set aside. */
  private async read(record: IncomingRecord, readable: Readable[], tx: Transaction): Promise<boolean> {
    try {
      const event = decodeEvent(record);
      if (!this.options.ignoredTypes.has(event.type) && this.options.ignores?.(event) !== true) readable.push({ record, event });
      return true;
    } catch (error) {
      if (!(error instanceof UndecodableRecord)) throw error;
      await this.setAside(record, reasonOf(error), null, tx);
      return false;
    }
  }

  /** What no retry mends is a dead letter at once. */
  private async setAside(record: IncomingRecord, reason: ParkReason, retryAt: Date | null, tx: Transaction): Promise<void> {
    const id = await tx.parking.park(record, reason, retryAt);
    if (id === null) return;
    const { group, log } = this.options;
    if (retryAt === null) await tx.outbox.copy([deadLetterOf({ id, record, reason, attempts: 0, group })]);
    const { topic, partition, offset, key } = record;
    const fields = { topic, partition, offset, key, code: reason.code, detail: reason.detail };
    tx.afterCommit(() => (retryAt === null ? log.dead({ id, ...fields }) : log.parked(fields)));
  }

  private async dispatchInOrder(readable: readonly Readable[], tx: Transaction): Promise<void> {
    if (readable.length === 0) return;
    const fresh = await tx.inbox.accept(readable.map(({ event }) => event.id));
    const once = new Set<string>();
    const [events, repeated] = parted(readable.map(({ event }) => event), ({ id }) => fresh.has(id) && !once.has(id) && once.add(id) !== undefined);
    // Runs of one type keep the order of the partition while handlers still get many events a call.
    for (let start = 0; start < events.length; ) {
      const type = events[start]?.type ?? '';
      let end = start;
      while (events[end]?.type === type) end += 1;
      await this.options.dispatch(type, events.slice(start, end), tx);
      start = end;
    }
    if (repeated.length > 0) await this.options.repeated?.(repeated, tx);
  }
}

function parted<T>(values: readonly T[], isFirst: (value: T) => boolean): readonly [readonly T[], readonly T[]] {
  const [first, second]: [T[], T[]] = [[], []];
  for (const value of values) (isFirst(value) ? first : second).push(value);
  return [first, second];
}

/** The records from there on that one transaction takes; at least one. */
function oneChunkOf(records: readonly IncomingRecord[], start: number, recordsMax: number): readonly IncomingRecord[] {
  let bytes = 0;
  let end = start;
  while (end < records.length && end - start < recordsMax) {
    bytes += records[end]?.value?.length ?? 0;
    if (bytes > CHUNK_BYTES_MAX && end > start) break;
    end += 1;
  }
  return records.slice(start, end);
}
