import { onRollback, type Transaction } from '@handoff/messaging';
import { type Page, pageOf } from '@handoff/platform';
import type { DecisionRecord, Ticket, TicketReply } from './ticket.js';
import { type ParkedEvent, positionAt, positionOf, REPLIES_SHOWN_MAX, type TicketQuery, type TicketStore } from './ticket.store.js';

export class MemoryTicketStore implements TicketStore {
  private tickets = new Map<string, Ticket>();
  private decisions: DecisionRecord[] = [];
  private replies: readonly TicketReply[] = [];

  lock(_tx: Transaction, ticketIds: readonly string[]): Promise<ReadonlyMap<string, Ticket>> {
    return Promise.resolve(new Map([...this.tickets].filter(([id]) => ticketIds.includes(id))));
  }

  save(tx: Transaction, tickets: readonly Ticket[], decisions: readonly DecisionRecord[]): Promise<void> {
    const { tickets: formerTickets, decisions: formerDecisions } = this;
    onRollback(tx, () => {
      this.tickets = formerTickets;
      this.decisions = formerDecisions;
    });
    this.tickets = new Map([...this.tickets, ...tickets.map((ticket) => [ticket.state.ticketId, ticket] as const)]);
    this.decisions = [...this.decisions, ...decisions];
    return Promise.resolve();
  }

  contentDigests(_tx: Transaction, events: readonly { readonly ticketId: string; readonly eventId: string }[]): Promise<ReadonlyMap<string, string>> {
    const known = this.decisions.filter(({ ticketId, eventId }) => events.some((event) => event.ticketId === ticketId && event.eventId === eventId));
    return Promise.resolve(new Map(known.flatMap(({ eventId, contentDigest }) => (contentDigest === undefined ? [] : [[eventId, contentDigest] as const]))));
  }

  find(_tx: Transaction, ticketId: string): Promise<Ticket | null> {
    return Promise.resolve(this.tickets.get(ticketId) ?? null);
  }

  decisionsOf(_tx: Transaction, ticketId: string): Promise<readonly DecisionRecord[]> {
    return Promise.resolve(this.decisions.filter((record) => record.ticketId === ticketId));
  }

  list(_tx: Transaction, { source, externalId, queue, isOverdue, cursor, limit }: TicketQuery): Promise<Page<Ticket>> {
    const after = cursor === undefined ? null : positionAt(cursor);
    const key = ({ updatedAt, state }: Ticket): string => `${updatedAt} ${state.ticketId}`;
    const found = [...this.tickets.values()]
      .filter(({ state, decision }) => (source ?? state.source) === state.source && (externalId ?? state.externalId) === state.externalId && (queue ?? decision.queue) === decision.queue)
      .filter(({ response }) => isOverdue === undefined || isOverdue === ((response?.overdueSince ?? null) !== null))
      .sort((a, b) => (key(a) < key(b) ? 1 : -1))
      .filter((ticket) => after === null || key(ticket) < after.join(' '));
    return Promise.resolve(pageOf(found, limit, positionOf));
  }

  addReplies(tx: Transaction, replies: readonly TicketReply[]): Promise<void> {
    const { replies: former } = this;
    onRollback(tx, () => {
      this.replies = former;
    });
    this.replies = [...this.replies, ...replies];
    return Promise.resolve();
  }

  repliesOf(_tx: Transaction, ticketId: string): Promise<readonly TicketReply[]> {
    return Promise.resolve(this.replies.filter((reply) => reply.ticketId === ticketId).sort((a, b) => (a.at < b.at ? -1 : 1)).slice(-REPLIES_SHOWN_MAX));
  }

  parkedOf(): Promise<readonly ParkedEvent[]> {
    return Promise.resolve([]);
  }
}
