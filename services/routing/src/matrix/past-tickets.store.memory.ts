import type { Instant } from '@handoff/contracts';
import type { Transaction } from '@handoff/messaging';
import type { Ticket } from '../tickets/ticket.js';
import type { PastTicket, PastTickets } from './past-tickets.store.js';

export class MemoryPastTickets implements PastTickets {
  constructor(private readonly tickets: readonly Ticket[]) {}

  async *pages(_tx: Transaction, { since, pageSize }: { readonly since: Instant; readonly pageSize: number }): AsyncIterable<readonly PastTicket[]> {
    const found = this.tickets
      .filter(({ updatedAt }) => Date.parse(updatedAt) >= Date.parse(since))
      .sort((a, b) => Date.parse(b.updatedAt) - Date.parse(a.updatedAt) || (a.state.ticketId < b.state.ticketId ? 1 : -1))
      .map(({ state, updatedAt }) => ({ state, decidedAt: updatedAt }));
    for (let start = 0; start < found.length; start += pageSize) yield await Promise.resolve(found.slice(start, start + pageSize));
  }
}
