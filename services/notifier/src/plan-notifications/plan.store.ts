import type { TicketRouted } from '@handoff/contracts';
import type { Transaction } from '@handoff/messaging';
import type { PlannedNotification } from '../notification/notification.js';

/** What is known of a ticket that messages were planned for. */
export interface TicketThread {
  readonly ticketId: string;
  /** 0: none yet. */
  readonly plannedVersion: number;
  readonly subjectLine: string;
}

export interface Plan {
  readonly threads: readonly TicketThread[];
  readonly routed: readonly TicketRouted[];
  readonly notifications: readonly PlannedNotification[];
  /** The process that would send some of them at once. */
  readonly owner: string;
  /** Those that it has room for. */
  readonly handOffIds: ReadonlySet<string>;
  readonly now: Date;
}

/** Where plans are kept. */
export interface PlanStore {
  /**
   * Locks the tickets until the end of the transaction, in the order of their ids, so that two chunks cannot block each other.
   * A ticket that is new gets the given subject line; one that is known keeps its own.
   */
  lockThreads(tx: Transaction, tickets: readonly { readonly ticketId: string; readonly subjectLine: string }[]): Promise<ReadonlyMap<string, TicketThread>>;
  /**
   * Keeps the plan. What was planned before stays as it is. Returns the ids of those that now belong to `owner`: of those asked
   * for, the new ones with nothing of their ticket and lane before them.
   */
  save(tx: Transaction, plan: Plan): Promise<ReadonlySet<string>>;
}
