import type { Transaction } from '@handoff/messaging';

/** The timers of tickets, which are set where tickets are saved. */
export interface TimerStore {
  /** Locks the ticket whose timer is due longest; those that another instance has in hand are passed over. `null`: none is due. */
  takeDue(tx: Transaction, now: Date): Promise<string | null>;
  /** Whether events of the ticket are committed and not yet published, by whichever instance. */
  isUnpublished(tx: Transaction, ticketId: string): Promise<boolean>;
  postpone(tx: Transaction, ticketId: string, until: Date): Promise<void>;
  /** Notes a failure; the next attempt waits longer, up to an hour. */
  fail(tx: Transaction, ticketId: string, failure: { readonly text: string; readonly now: Date }): Promise<void>;
  /** Tickets whose target is missed and that nobody has acknowledged. */
  overdue(tx: Transaction): Promise<number>;
}
