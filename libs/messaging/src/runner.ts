import { decodeEvent, type HandoffEvent, UndecodableRecord } from '@handoff/contracts';
import type { IncomingRecord, RecordBatch } from './ports.js';
import { type ParkReason, PermanentFailure, type Transaction, type Transactions } from './transactions.js';

/** Calls the handler of the events' type. All events of one call are of one type. */
export type Dispatch = (type: string, events: readonly HandoffEvent[], tx: Transaction) => Promise<void>;

export interface RunnerOptions {
  readonly transactions: Transactions;
  readonly dispatch: Dispatch;
  /** Hears of events that were handled before, by their ids: most are repetitions, but one may say something else. */
  readonly repeated?: (events: readonly HandoffEvent[], tx: Transaction) => Promise<void>;
  /** Types of the subscribed topics that this service deliberately leaves alone. */
  readonly ignoredTypes: ReadonlySet<string>;
  readonly chunkRecordsMax: number;
  readonly now: () => Date;
  /** Waits between tries while the database is away; ends early when the batch is abandoned. */
  readonly pause: (ms: number) => Promise<void>;
  readonly log: RunnerLog;
}

export interface RunnerLog {
  chunk(fields: { topic: string; partition: number; records: number; durationMs: number }): void;
  parked(fields: { topic: string; partition: number; offset: string; key: string | null; code: string; detail: string }): void;
  unavailable(error: unknown): void;
}

type Readable = { readonly record: IncomingRecord; readonly event: HandoffEvent };

const UNAVAILABLE_PAUSE_MS = 500;
const CONFLICTS_MAX = 5;
/** First retries come soon, for what mends itself; then they thin out. After the last a person must decide. */
const PARKED_RETRY_DELAYS_MS = [5_000, 30_000, 300_000, 1_800_000, 7_200_000, 21_600_000];

/** When a parked record is tried again after so many attempts; `null`: not by itself. */
export function nextRetryAt(attempts: number, now: Date): Date | null {
  const delayMs = PARKED_RETRY_DELAYS_MS[attempts];
  return delayMs === undefined ? null : new Date(now.getTime() + delayMs);
}

/**
 * Takes batches of a partition and hands them to the handlers in chunks, one transaction a chunk.
 * A chunk that fails is halved until the one event at fault is found; it is parked, and later events of its
 * key queue behind it, so that no ticket is overtaken and none holds up others. Offsets are committed after the
 * transaction, never before.
 */
export class Runner {
  constructor(private readonly options: RunnerOptions) {}

  async handleBatch(batch: RecordBatch): Promise<void> {
    for (let start = 0; start < batch.records.length; start += this.options.chunkRecordsMax) {
      if (batch.isAbandoned()) return;
      const chunk = batch.records.slice(start, start + this.options.chunkRecordsMax);
      const startedAt = this.options.now().getTime();
      await this.handleChunk(chunk, batch);
      const last = chunk.at(-1);
      if (last === undefined || batch.isAbandoned()) return;
      await batch.commit(last.offset);
      await batch.heartbeat();
      this.options.log.chunk({ topic: batch.topic, partition: batch.partition, records: chunk.length, durationMs: this.options.now().getTime() - startedAt });
    }
  }

  /** Tries the parked records that are due; one transaction each. Returns how many were released. */
  async retryParked(limit: number): Promise<number> {
    let released = 0;
    for (let tried = 0; tried < limit; tried += 1) {
      const outcome = await this.retryOneParked();
      if (outcome === 'none') break;
      if (outcome === 'released') released += 1;
    }
    return released;
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
        await this.options.transactions.run((tx) => tx.parking.park(record, reason, retryAt));
        return this.logParked(record, reason);
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
    const parkedKeys = await tx.parking.keysIn([...new Set(records.map(({ key }) => key).filter((key) => key !== null))]);
    const readable: Readable[] = [];
    for (const record of records) {
      if (record.key !== null && parkedKeys.has(record.key)) {
        await tx.parking.park(record, { code: 'behind-parked', detail: 'An earlier event of the same ticket is parked; this one waits behind it.' }, this.options.now());
      } else {
        await this.read(record, readable, tx);
      }
    }
    await this.dispatchInOrder(readable, tx);
  }

  private async read(record: IncomingRecord, readable: Readable[], tx: Transaction): Promise<void> {
    try {
      const event = decodeEvent(record);
      if (!this.options.ignoredTypes.has(event.type)) readable.push({ record, event });
    } catch (error) {
      if (!(error instanceof UndecodableRecord)) throw error;
      const reason = { code: error.code, detail: error.message };
      await tx.parking.park(record, reason, null);
      this.logParked(record, reason);
    }
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

  private async retryOneParked(): Promise<'none' | 'released' | 'postponed'> {
    const { transactions, now } = this.options;
    // Found in a transaction of its own: the attempt may roll back, the note of its failure must not.
    const [parked] = await transactions.run((tx) => tx.parking.due(now(), 1));
    if (parked === undefined) return 'none';
    try {
      await transactions.run(async (tx) => {
        await this.dispatchParked(parked.record, tx);
        await tx.parking.release(parked.seq);
      });
      return 'released';
    } catch (error) {
      if (transactions.isUnavailable(error)) throw error;
      await transactions.run((tx) => tx.parking.postpone(parked.seq, reasonOf(error), retryOf(error, parked.attempts + 1, now())));
      return 'postponed';
    }
  }

  private async dispatchParked(record: IncomingRecord, tx: Transaction): Promise<void> {
    const event = decodeEvent(record);
    const fresh = await tx.inbox.accept([event.id]);
    if (fresh.has(event.id)) await this.options.dispatch(event.type, [event], tx);
    else await this.options.repeated?.([event], tx);
  }

  private logParked(record: IncomingRecord, { code, detail }: ParkReason): void {
    const { topic, partition, offset, key } = record;
    this.options.log.parked({ topic, partition, offset, key, code, detail });
  }
}

function parted<T>(values: readonly T[], isFirst: (value: T) => boolean): readonly [readonly T[], readonly T[]] {
  const [first, second]: [T[], T[]] = [[], []];
  for (const value of values) (isFirst(value) ? first : second).push(value);
  return [first, second];
}

function reasonOf(error: unknown): ParkReason {
  const detail = (error instanceof Error ? error.message : String(error)).slice(0, 1_024);
  if (error instanceof PermanentFailure || error instanceof UndecodableRecord) return { code: error.code, detail };
  return { code: 'handler-failed', detail };
}

function retryOf(error: unknown, attempts: number, now: Date): Date | null {
  return error instanceof PermanentFailure || error instanceof UndecodableRecord ? null : nextRetryAt(attempts, now);
}
