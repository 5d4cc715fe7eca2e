import type { HandoffEvent } from '@handoff/contracts';
import type { IncomingRecord, RecordCopy } from './ports.js';

/**
 * One database transaction, with what belongs into the same one as the rows of a use case:
 * the events that came in (inbox), those that go out (outbox), and those set aside (parking).
 */
export interface Transaction {
  readonly inbox: Inbox;
  readonly outbox: Outbox;
  readonly parking: Parking;
  /** Runs this when the transaction has committed; when it rolls back, never. It must not throw, nor wait for anything. */
  afterCommit(work: () => void): void;
}

export interface Inbox {
  /** Notes that these events were handled and returns the ids of those that had not been before. */
  accept(eventIds: readonly string[]): Promise<ReadonlySet<string>>;
}

export interface Outbox {
  /** These events go to their topics after commit, in this order. */
  add(events: readonly HandoffEvent[]): Promise<void>;
  /** These records go to their topics after commit, behind the events, byte for byte. */
  copy(records: readonly RecordCopy[]): Promise<void>;
}

/** Why a record was set aside. `code` is stable, `detail` a sentence. */
export interface ParkReason {
  readonly code: string;
  readonly detail: string;
  /** Name of the error's class; `null` where nothing failed. */
  readonly errorName: string | null;
}

export interface ParkedRecord {
  readonly seq: string;
  /** Of the dead letter that it is or becomes. */
  readonly id: string;
  /** As it was read. */
  readonly record: IncomingRecord;
  /** What a person put in the place of the value; `null`: the value itself. */
  readonly editedValue: Buffer | null;
  readonly reason: ParkReason;
  /** Retries so far. */
  readonly attempts: number;
  /** It was given up before, and a person asked for this retry. */
  readonly isDead: boolean;
}

export interface Parking {
  /** Which of these keys have records set aside: later ones must queue behind them. */
  keysIn(keys: readonly string[]): Promise<ReadonlySet<string>>;
  /**
   * Sets a record aside. `retryAt` null: no retry by itself, a person must decide.
   * @returns its id; `null` where it was set aside before.
   */
  park(record: IncomingRecord, reason: ParkReason, retryAt: Date | null): Promise<string | null>;
  /** Locks and returns the oldest record of each key that is due, at most `limit`. */
  due(now: Date, limit: number): Promise<readonly ParkedRecord[]>;
  /** It was handled. One that had been given up stays visible. */
  release(seq: string): Promise<void>;
  postpone(seq: string, reason: ParkReason, retryAt: Date | null): Promise<void>;
}

/** Runs work in a transaction; everything in it is kept, or nothing. */
export interface Transactions {
  run<R>(work: (tx: Transaction) => Promise<R>): Promise<R>;
  /** The database cannot be used now (as opposed to: this work can never succeed). Waiting helps. */
  isUnavailable(error: unknown): boolean;
  /** Work that would have succeeded had it been alone (deadlock, serialisation): run it again. */
  isConflict(error: unknown): boolean;
}

/** An event that no retry will mend. The runner parks it at once, for a person. */
export class PermanentFailure extends Error {
  override readonly name = 'PermanentFailure';

  constructor(readonly code: string, message: string) {
    super(message);
  }
}
