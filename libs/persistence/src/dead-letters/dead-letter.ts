import type { IncomingRecord } from '@handoff/messaging';
import type { HistoryEntry } from './history.js';

/**
 * `retrying`: tried again by schedule. `waiting`: behind an earlier event of its ticket. `dead`: given up, a person must decide.
 * `retried` and `discarded`: settled by a person.
 */
export const DEAD_LETTER_STATES = ['retrying', 'waiting', 'dead', 'retried', 'discarded'] as const;
export type DeadLetterState = (typeof DEAD_LETTER_STATES)[number];

/** An event that was set aside: what is said of it in a list. Times in RFC 3339. */
export interface DeadLetterSummary {
  readonly id: string;
  readonly state: DeadLetterState;
  /** Why, as a stable code; `detail` is a sentence, `errorName` the class of the error. */
  readonly reason: string;
  readonly detail: string;
  readonly errorName: string | null;
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  /** Its key in Kafka: the ticket id, of health notices the offer id. */
  readonly ticketId: string | null;
  readonly type: string | null;
  readonly eventId: string | null;
  /** Retries so far. */
  readonly attempts: number;
  /** Retries by schedule that are still to come. */
  readonly attemptsLeft: number;
  readonly setAsideAt: string;
  readonly deadAt: string | null;
  readonly nextRetryAt: string | null;
  /** Id of the first event of its ticket that is set aside; `null` when that is this one. */
  readonly waitsFor: string | null;
  /** How many later events of its ticket wait. */
  readonly behind: number;
  readonly isEdited: boolean;
  readonly settled: { readonly at: string; readonly by: string | null; readonly note: string | null } | null;
}

export interface DeadLetter extends DeadLetterSummary {
  /** As it was read. */
  readonly record: IncomingRecord;
  readonly editedValue: Buffer | null;
  readonly history: readonly HistoryEntry[];
}

export interface DeadLetterQuery {
  readonly state?: DeadLetterState | undefined;
  readonly reason?: string | undefined;
  readonly topic?: string | undefined;
  readonly type?: string | undefined;
  readonly ticketId?: string | undefined;
  /** Only those before this one, by the `position` of a former answer. */
  readonly before?: string | undefined;
  readonly limit: number;
}

/** What is set aside now for one reason, of one type and in one state. Times in RFC 3339. */
export interface DeadLetterCause {
  readonly reason: string;
  readonly state: Extract<DeadLetterState, 'retrying' | 'waiting' | 'dead'>;
  readonly type: string | null;
  readonly records: number;
  /** Of the one that was set aside last. */
  readonly detail: string;
  readonly firstAt: string;
  readonly lastAt: string;
  /** The next retry by schedule of any of them; `null`: there will be none. */
  readonly nextRetryAt: string | null;
}

/** Who asks for something, and why. */
export interface Asked {
  readonly by: string | null;
  readonly note: string | null;
}

/** Why nothing was done. `settled`: a retry or a discard came before. `busy`: it is being tried at this moment. */
export type DeadLetterRefusal =
  | { readonly refused: 'unknown' | 'busy' }
  | { readonly refused: 'settled'; readonly state: DeadLetterState }
  | { readonly refused: 'waits'; readonly waitsFor: string };
