import type { Transaction } from '@handoff/messaging';
import type { ForeignTicket } from './foreign-ticket.js';

/** Which ticket of a contact's system stands for which of ours: one for a channel and ticket, and one ticket for each of a channel's. */
export interface ForeignTicketStore {
  find(channelId: string, ticketId: string): Promise<ForeignTicket | null>;
  /** Keeps a new one, and of a known one what was told last; which ticket a known one is never changes. */
  keep(tx: Transaction, ticket: ForeignTicket, at: Date): Promise<void>;
  /** The contact of a destination closed its tickets for this one itself, by this version; earlier news does not open them again. */
  closedThere(tx: Transaction, closed: { readonly ticketId: string; readonly destination: string; readonly version: number }): Promise<void>;
}
