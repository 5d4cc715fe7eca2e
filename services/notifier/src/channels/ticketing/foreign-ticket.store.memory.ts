import { onRollback, type Transaction } from '@handoff/messaging';
import type { ForeignTicket } from './foreign-ticket.js';
import type { ForeignTicketStore } from './foreign-ticket.store.js';

export class MemoryForeignTicketStore implements ForeignTicketStore {
  private tickets: readonly ForeignTicket[] = [];

  find(channelId: string, ticketId: string): Promise<ForeignTicket | null> {
    return Promise.resolve(this.tickets.find((one) => one.channelId === channelId && one.ticketId === ticketId) ?? null);
  }

  keep(tx: Transaction, ticket: ForeignTicket): Promise<void> {
    const before = this.tickets;
    onRollback(tx, () => {
      this.tickets = before;
    });
    const { channelId, ticketId, id, toldVersion, toldSeverity, isClosed } = ticket;
    const known = this.tickets.find((one) => one.channelId === channelId && (one.ticketId === ticketId || one.id === id));
    if (known === undefined) this.tickets = [...this.tickets, ticket];
    else if (known.ticketId === ticketId && known.id === id && known.toldVersion <= toldVersion) this.tickets = this.tickets.map((one) => (one === known ? { ...one, toldVersion, toldSeverity, isClosed } : one));
    return Promise.resolve();
  }
}
