import { setTimeout as delay } from 'node:timers/promises';
import type { Transactions } from '@handoff/messaging';
import type { EventLogStore } from './event-log.store.js';
import { LogBatch } from './log-batch.js';

/** Between two batches, at the least: four a second. As often it is looked for what other instances appended. */
const BATCH_INTERVAL_MS = 250;
export const BATCH_EVENTS_MAX = 1_000;
const HEARTBEAT_INTERVAL_MS = 15_000;
/** What is kept for those who are a little behind; who is further behind reads for himself. */
const KEPT_EVENTS_MAX = 5_000;

const BROKEN = 'The log of events cannot be read.';

/** The log could not be read: whoever follows has to come again. */
export class TailBroken extends Error {
  override readonly name = 'TailBroken';
}

export interface LogTailOptions {
  readonly log: EventLogStore;
  readonly transactions: Transactions;
  readonly onError: (error: unknown) => void;
  readonly heartbeatIntervalMs?: number;
}

type Wake = (how: 'grown' | 'heartbeat' | TailBroken) => void;

/**
 * Reads the end of the log once for all who follow it, while somebody does. It asks the database instead of being told, so that it
 * hears of what any instance appended; what this one appended it reads at once.
 */
export class LogTail {
  private readonly followers = new Set<AbortSignal>();
  private readonly waiting = new Set<Wake>();
  private readonly reads = new Map<bigint, Promise<LogBatch>>();
  private kept: readonly LogBatch[] = [];
  private end = 0n;
  private opening: Promise<void> | null = null;
  private nudge = new AbortController();

  constructor(private readonly options: LogTailOptions) {}

  /** The log has grown here. */
  appended(): void {
    this.nudge.abort();
  }

  /** Follows until the signal is aborted. @returns the position of the last event now. */
  async follow(gone: AbortSignal): Promise<bigint> {
    if (gone.aborted) return this.end;
    this.followers.add(gone);
    gone.addEventListener('abort', () => this.leave(gone), { once: true });
    this.opening ??= this.open();
    try {
      await this.opening;
    } catch (error) {
      this.leave(gone);
      throw error;
    }
    return this.end;
  }

  /**
   * What comes behind a position, once there is something; `null` after a time in which there was nothing, or when the follower has gone.
   * @throws TailBroken
   */
  async next(position: bigint, gone: AbortSignal): Promise<LogBatch | null> {
    for (;;) {
      if (gone.aborted) return null;
      if (this.opening === null) throw new TailBroken(BROKEN);
      const batch = this.kept.find((each) => each.after <= position && position < each.upTo);
      if (batch !== undefined) return batch.from(position);
      if (position < this.end) return this.readOnce(position);
      if ((await this.wake(gone)) === 'heartbeat') return null;
    }
  }

  private leave(gone: AbortSignal): void {
    this.followers.delete(gone);
    if (this.followers.size === 0) this.appended();
  }

  private async open(): Promise<void> {
    try {
      this.end = (await this.options.transactions.run((tx) => this.options.log.end(tx))).last;
      this.kept = [];
      void this.run();
    } catch (error) {
      this.opening = null;
      throw error;
    }
  }

  private async run(): Promise<void> {
    let saidAtMs = Date.now();
    try {
      while (this.followers.size > 0) {
        this.nudge = new AbortController();
        const batch = await this.read(this.end);
        const isNew = batch.entries.length > 0;
        if (isNew) this.keep(batch);
        if (isNew || Date.now() - saidAtMs >= (this.options.heartbeatIntervalMs ?? HEARTBEAT_INTERVAL_MS)) {
          saidAtMs = Date.now();
          this.tell(isNew ? 'grown' : 'heartbeat');
        }
        await delay(BATCH_INTERVAL_MS, undefined, isNew ? {} : { signal: this.nudge.signal }).catch(() => undefined);
      }
      this.opening = null;
    } catch (error) {
      this.opening = null;
      this.options.onError(error);
      this.tell(new TailBroken(BROKEN, { cause: error }));
    }
  }

  private keep(batch: LogBatch): void {
    this.end = batch.upTo;
    const kept = [...this.kept, batch];
    while (kept.length > 1 && kept.reduce((events, { entries }) => events + entries.length, 0) > KEPT_EVENTS_MAX) kept.shift();
    this.kept = kept;
  }

  private tell(how: Parameters<Wake>[0]): void {
    for (const wake of [...this.waiting]) wake(how);
  }

  private wake(gone: AbortSignal): Promise<'grown' | 'heartbeat'> {
    return new Promise((resolve, reject) => {
      const wake: Wake = (how) => {
        this.waiting.delete(wake);
        gone.removeEventListener('abort', leave);
        if (how instanceof TailBroken) reject(how);
        else resolve(how);
      };
      const leave = (): void => wake('grown');
      this.waiting.add(wake);
      gone.addEventListener('abort', leave, { once: true });
    });
  }

  /** After an instance has ended, all of its browsers come back and were at the same place: they share one reading. */
  private readOnce(position: bigint): Promise<LogBatch> {
    const under = this.reads.get(position);
    if (under !== undefined) return under;
    const begun = this.read(position).catch((error: unknown) => {
      this.options.onError(error);
      throw new TailBroken(BROKEN, { cause: error });
    }).finally(() => this.reads.delete(position));
    this.reads.set(position, begun);
    return begun;
  }

  private async read(position: bigint): Promise<LogBatch> {
    const entries = await this.options.transactions.run((tx) => this.options.log.after(tx, { position, limit: BATCH_EVENTS_MAX }));
    return new LogBatch(position, entries.at(-1)?.position ?? position, entries);
  }
}
