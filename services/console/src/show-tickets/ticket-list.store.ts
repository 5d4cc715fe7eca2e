import type { Severity } from '@handoff/contracts';
import type { Transaction } from '@handoff/messaging';
import type { Page } from '@handoff/platform';
import type { ShownTicket } from '../read-model/shown-ticket.decision.js';
import type { ShownState } from '../read-model/ticket-row.js';
import type { LoggedEvent } from '../read-model/read-model.store.js';

export const TICKET_SORTS = ['changed', 'opened', 'severity', 'due'] as const;
/** `changed`: the last changed first. `opened`: the oldest first. `severity`: the worst first, of those the oldest. `due`: the nearest response target first. */
export type TicketSort = (typeof TICKET_SORTS)[number];

export interface TicketListQuery {
  /** These tickets alone, whatever their state. */
  readonly ids?: readonly string[] | undefined;
  /** '': not decided yet. */
  readonly queue?: string | undefined;
  /** Absent: all that are not closed. */
  readonly state?: ShownState | undefined;
  readonly severity?: Severity | undefined;
  /** As `partner/1001`: tickets whose decision names it. */
  readonly partner?: string | undefined;
  readonly offerId?: string | undefined;
  readonly isUndelivered?: true | undefined;
  /** Tickets that belong to this outage. */
  readonly attachedTo?: string | undefined;
  /** Folded words, of which each must be the beginning of a word of the ticket. */
  readonly words: readonly string[];
  readonly sort: TicketSort;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

export interface TicketListStore {
  /** @throws InvalidCursor */
  list(tx: Transaction, query: TicketListQuery): Promise<Page<ShownTicket>>;
  find(tx: Transaction, ticketId: string): Promise<ShownTicket | null>;
  /** The ticket's events, the newest first. @throws InvalidCursor */
  story(tx: Transaction, ticketId: string, page: { readonly cursor?: string | undefined; readonly limit: number }): Promise<Page<LoggedEvent['event']>>;
}

export const TICKET_LIST_STORE = Symbol('TICKET_LIST_STORE');
