import { setTimeout as delay } from 'node:timers/promises';
import { onePublishOf } from './one-publish.js';
import type { EventPublisher, OutgoingRecord, RecordCopy } from './ports.js';

/** An outgoing record that lies in a table until it is published. `seq` is its place in the order. */
export type StoredRecord = (OutgoingRecord | RecordCopy) & { readonly seq: string };

/** Of `unconfirmed` the database did not say whether it was committed. */
type WaitingRecord = StoredRecord & { readonly unconfirmed?: string };

/** Where outgoing records lie between commit and publication. */
export interface OutboxStore {
  /** Key under which this process owns its rows for as long as it lives. */
  readonly owner: string;
  /** Claims ownership; must be called before the first transaction. */
  open(): Promise<void>;
  remove(seqs: readonly string[]): Promise<void>;
  /** Takes over rows whose owner no longer lives, in order, at most `limit`; they are then ours. */
  takeOver(limit: number): Promise<readonly StoredRecord[]>;
  /** Whether a transaction that wrote these rows was committed. Rejects as long as that cannot be said. */
  wasCommitted(transactionId: string, seqs: readonly string[]): Promise<boolean>;
  close(): Promise<void>;
}

export interface OutboxPublisherOptions {
  readonly store: OutboxStore;
  readonly publisher: EventPublisher;
  readonly sweepIntervalMs: number;
  readonly onError: (error: unknown, waiting: number) => void;
}

/** Above this those who hand off are made to wait: memory stays bounded while Kafka is away. */
const WAITING_RECORDS_MAX = 10_000;
/** Above this nobody should begin what he can put off. Less than the limit, so that those who cannot seldom wait. */
const ROOM_RECORDS_MAX = 5_000;
/** The same, by the length of the values: events may be large. */
const ROOM_CHARS_MAX = 33_554_432;
const SWEEP_RECORDS_MAX = 1_000;
const RETRY_DELAY_MS_MAX = 2_000;

/**
 * Publishes what transactions left in the outbox: at once and from memory, in the order of commit, by one lane.
 * Rows are deleted after they are published, so a death in between repeats them under the same ids, and loses none.
 * A sweeper takes over the rows of processes that died.
 */
export class OutboxPublisher {
  private readonly waiting: WaitingRecord[] = [];
  private unconfirmed = 0;
  private waitingChars = 0;
  private readonly roomWanted: (() => void)[] = [];
  private lane: Promise<void> | undefined;
  private sweepTimer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> = Promise.resolve();
  private readonly stopping = new AbortController();

  constructor(private readonly options: OutboxPublisherOptions) {}

  get owner(): string {
    return this.options.store.owner;
  }

  get waitingRecords(): number {
    return this.waiting.length;
  }

  /** Whether there is room for the outgoing events of more work. */
  hasRoom(): boolean {
    return this.waiting.length < ROOM_RECORDS_MAX && this.waitingChars < ROOM_CHARS_MAX;
  }

  /** Claims ownership and publishes what dead processes left, before anything new can overtake it. */
  async start(): Promise<void> {
    await this.options.store.open();
    await this.sweep();
    this.scheduleSweep();
  }

  /**
   * Takes what was committed. With `unconfirmed`, the id of a transaction whose commit was not answered, it is asked first whether the
   * records are there at all; what comes after them waits for that, since it may be about the same tickets.
   */
  async handOff(records: readonly StoredRecord[], unconfirmed?: string): Promise<void> {
    if (records.length === 0) return;
    this.waiting.push(...(unconfirmed === undefined ? records : records.map((record) => ({ ...record, unconfirmed }))));
    if (unconfirmed !== undefined) this.unconfirmed += records.length;
    this.waitingChars += charsOf(records);
    this.lane ??= this.publishWaiting().finally(() => {
      this.lane = undefined;
    });
    if (this.waiting.length > WAITING_RECORDS_MAX && !this.stopping.signal.aborted) await new Promise<void>((resolve) => this.roomWanted.push(resolve));
  }

  /** Publishes what waits, within what the shutdown allows; what is left stays in the outbox for the next process. */
  async close(drainMsMax: number): Promise<void> {
    clearTimeout(this.sweepTimer);
    await this.sweeping;
    const late = new AbortController();
    await Promise.race([this.lane ?? Promise.resolve(), delay(drainMsMax, undefined, { signal: late.signal }).catch(() => undefined)]);
    late.abort();
    this.stopping.abort();
    this.releaseRoom();
    await this.options.store.close();
  }

  /** Publishes the rows of processes that no longer live. Returns how many. */
  async sweep(): Promise<number> {
    let count = 0;
    for (;;) {
      const records = await this.options.store.takeOver(SWEEP_RECORDS_MAX);
      count += records.length;
      await this.handOff(records);
      if (records.length < SWEEP_RECORDS_MAX) return count;
    }
  }

  private async publishWaiting(): Promise<void> {
    for (let failures = 0; this.waiting.length > 0 && !this.stopping.signal.aborted; ) {
      const records = onePublishOf(this.confirmedRecords());
      try {
        if (records.length === 0) {
          await this.confirmFirst();
          continue;
        }
        await this.options.publisher.publish(records);
        await this.options.store.remove(records.map(({ seq }) => seq));
        this.waiting.splice(0, records.length);
        this.waitingChars -= charsOf(records);
        if (this.waiting.length <= WAITING_RECORDS_MAX) this.releaseRoom();
        failures = 0;
      } catch (error) {
        failures += 1;
        this.options.onError(error, this.waiting.length);
        await delay(Math.min(100 * 2 ** failures, RETRY_DELAY_MS_MAX), undefined, { signal: this.stopping.signal }).catch(() => undefined);
      }
    }
  }

  /** What can be published: everything before the first record of which it is not known whether it was committed. */
  private confirmedRecords(): readonly StoredRecord[] {
    return this.unconfirmed === 0 ? this.waiting : this.waiting.slice(0, this.waiting.findIndex(({ unconfirmed }) => unconfirmed !== undefined));
  }

  private async confirmFirst(): Promise<void> {
    const transactionId = this.waiting[0]?.unconfirmed;
    const end = this.waiting.findIndex(({ unconfirmed }) => unconfirmed !== transactionId);
    const records = this.waiting.slice(0, end < 0 ? this.waiting.length : end);
    const isThere = await this.options.store.wasCommitted(transactionId ?? '', records.map(({ seq }) => seq));
    this.waiting.splice(0, records.length, ...(isThere ? records.map(({ unconfirmed: _, ...record }) => record) : []));
    this.unconfirmed -= records.length;
    if (!isThere) this.waitingChars -= charsOf(records);
  }

  private releaseRoom(): void {
    for (const resolve of this.roomWanted.splice(0)) resolve();
  }

  private scheduleSweep(): void {
    this.sweepTimer = setTimeout(() => {
      this.sweeping = this.sweep().then(() => undefined, (error: unknown) => this.options.onError(error, this.waiting.length)).finally(() => {
        if (!this.stopping.signal.aborted) this.scheduleSweep();
      });
    }, this.options.sweepIntervalMs);
  }
}

function charsOf(records: readonly StoredRecord[]): number {
  let chars = 0;
  for (const { value } of records) chars += value?.length ?? 0;
  return chars;
}
