import { onRollback, type Transaction } from '@handoff/messaging';
import type { ForeignTicket } from './foreign-ticket.js';
import type { ForeignTicketStore } from './foreign-ticket.store.js';

export class MemoryForeignTicketStore implements ForeignTicketStore {
  private tickets: readonly ForeignTicket[] = [];

  find(channelId: string, ticketId: string): Promise<ForeignTicket | null> {
    return Promise.resolve(this.tickets.find((one) => one.channelId === channelId && one.ticketId === ticketId) ?? null);
  }

  /** @param channels of which destination a channel is; there is no table of them here. */
  constructor(private readonly channels: ReadonlyMap<string, string> = new Map()) {}

  closedThere(tx: Transaction, { ticketId, destination, version }: { readonly ticketId: string; readonly destination: string; readonly version: number }): Promise<void> {
    const before = this.tickets;
    onRollback(tx, () => {
      this.tickets = before;
    });
    this.tickets = before.map((one) => (one.ticketId === ticketId && this.channels.get(one.channelId) === destination && one.toldVersion <= version ? { ...one, isClosed: true, toldVersion: version } : one));
    return Promise.resolve();
  }

  keep(tx: Transaction, { news: _news, ...ticket }: ForeignTicket): Promise<void> {
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
