import type { Transaction } from '@handoff/messaging';
import type { Severity } from '@handoff/contracts';
import type { ShownState } from '../read-model/ticket-row.js';

export interface QueueCount {
  /** `null`: not decided yet. */
  readonly queue: string | null;
  readonly severity: Severity | null;
  readonly state: ShownState;
  readonly tickets: number;
}

/** What of the open tickets of a queue needs attention. */
export interface QueueUrgency {
  readonly queue: string | null;
  readonly oldestOpenAt: string | null;
  /** Tickets whose response target is not missed yet, and soon will be. */
  readonly aboutToMiss: number;
  readonly missed: number;
}

export interface QueueStore {
  counts(tx: Transaction): Promise<readonly QueueCount[]>;
  /** Of these queues, seen at `now`. */
  urgencies(tx: Transaction, queues: readonly (string | null)[], at: { readonly now: Date; readonly soon: Date }): Promise<readonly QueueUrgency[]>;
}

export const QUEUE_STORE = Symbol('QUEUE_STORE');
