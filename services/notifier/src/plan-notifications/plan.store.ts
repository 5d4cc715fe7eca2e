import type { Transaction } from '@handoff/messaging';
import type { Letter } from '../letters/letter.js';
import type { Notification, PlannedNotification, Told } from '../notification/notification.js';

/** What is known of a ticket that messages were planned for. */
export interface TicketThread {
  readonly ticketId: string;
  /** 0: none yet. */
  readonly plannedVersion: number;
  readonly subjectLine: string;
  /** Nobody has planned for it before this transaction. */
  readonly isNew: boolean;
}

/** A ticket as this chunk tells of it. */
export interface ToldTicket {
  readonly ticketId: string;
  readonly subjectLine: string;
  /** The highest that is told. */
  readonly version: number;
}

export interface Plan {
  /** Those of known tickets; new ones have their version already. */
  readonly threads: readonly Pick<TicketThread, 'ticketId' | 'plannedVersion'>[];
  /** What the messages are made of. */
  readonly routed: readonly (Told | Letter)[];
  readonly notifications: readonly PlannedNotification[];
  /** The process that would send some of them at once. */
  readonly owner: string;
  /** Those that it has room for. */
  readonly handOffIds: ReadonlySet<string>;
  /** Tickets of which there is nothing yet. */
  readonly newTicketIds: ReadonlySet<string>;
  readonly now: Date;
}

/** Where plans are kept. */
export interface PlanStore {
  /**
   * Locks the tickets until the end of the transaction, in the order of their ids, so that two chunks cannot block each other.
   * A ticket that is new gets the given subject line and version; one that is known keeps its own.
   */
  lockThreads(tx: Transaction, tickets: readonly ToldTicket[]): Promise<ReadonlyMap<string, TicketThread>>;
  /** Of these tickets the latest message of each lane that leads into a ticketing system, without what was given up. */
  ticketingLanes(tx: Transaction, ticketIds: readonly string[]): Promise<readonly Notification[]>;
  /**
   * Keeps the plan. What was planned before stays as it is. Returns the ids of those that now belong to `owner`: of those asked
   * for, the new ones with nothing of their ticket and lane before them.
   */
  save(tx: Transaction, plan: Plan): Promise<ReadonlySet<string>>;
}
