import type { Transaction } from '@handoff/messaging';

/** A ticket that is to be routed again, and the entry of the directory that it waited for. */
export interface Rerouting {
  readonly ticketId: string;
  readonly kind: string;
  readonly key: string;
}

export interface WaitingCount {
  readonly kind: string;
  readonly tickets: number;
  readonly oldestSeconds: number;
}

/** Finds the tickets that waited for what the directory learnt, and keeps them until they are routed again. */
export interface RerouteStore {
  /**
   * Takes at most `limit` changes of the directory and notes the tickets that wait for them. Changes that another instance has in hand
   * are passed over. Returns how many were taken. In a transaction of its own: it locks what it notes in the order of ids.
   */
  noticeChanges(tx: Transaction, limit: number): Promise<number>;
  /** The same for tickets that began to wait for what the directory may have learnt meanwhile. */
  noticeBeginnings(tx: Transaction, limit: number): Promise<number>;
  /** Locks at most `limit` that are due; those that another instance holds are passed over. */
  take(tx: Transaction, limit: number): Promise<readonly Rerouting[]>;
  /** The same for one ticket; `null` where it is no longer there, or held by another. */
  takeOne(tx: Transaction, ticketId: string): Promise<Rerouting | null>;
  /** Which of these locked tickets have events that are committed and not yet published, by whichever instance. */
  unpublished(tx: Transaction, ticketIds: readonly string[]): Promise<ReadonlySet<string>>;
  done(tx: Transaction, ticketIds: readonly string[]): Promise<void>;
  postpone(tx: Transaction, ticketIds: readonly string[], delayMs: number): Promise<void>;
  /** Notes a failure; the next attempt waits twice as long as the one before, up to an hour. */
  fail(tx: Transaction, ticketId: string, failure: string): Promise<void>;
  waiting(tx: Transaction): Promise<readonly WaitingCount[]>;
  /** How many could not be routed again so far. */
  failing(tx: Transaction): Promise<number>;
}
