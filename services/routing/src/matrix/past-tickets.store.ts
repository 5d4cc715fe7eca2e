import type { Instant } from '@handoff/contracts';
import type { Transaction } from '@handoff/messaging';
import type { Ticket, TicketState } from '../tickets/ticket.js';

/** A ticket as it was when it was last decided. */
export interface PastTicket {
  readonly state: TicketState;
  readonly decidedAt: Ticket['updatedAt'];
}

export interface PastTickets {
  /**
   * The tickets decided since `since`, the last decided first, page by page, all as they were at one moment.
   * Ask before anything else in the transaction.
   */
  pages(tx: Transaction, query: { readonly since: Instant; readonly pageSize: number }): AsyncIterable<readonly PastTicket[]>;
}

export const PAST_TICKETS = Symbol('PAST_TICKETS');
