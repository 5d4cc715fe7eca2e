import { type AttachmentLink, type HandoffEvent, nameBasedId } from '@handoff/contracts';
import type { Transaction, Transactions } from '@handoff/messaging';
import type { Clock } from '@handoff/platform';
import type { Said } from '../acknowledge/acknowledge-ticket.handler.js';
import type { DirectorySlice } from '../directory/directory.js';
import type { DirectoryStore } from '../directory/directory.store.js';
import { keysOf } from '../route-ticket/question.decision.js';
import { recipientsOf } from '../route-ticket/recipients.decision.js';
import { snapshotOf } from '../route-ticket/route-ticket.decision.js';
import { sendingOf, sourceReaderOf } from '../route-ticket/source-reader.decision.js';
import { withDefaults } from '../tickets/merge-ticket.decision.js';
import { requireVersion, ticketUnknown } from '../tickets/refuse-ticket.js';
import type { Ticket } from '../tickets/ticket.js';
import type { TicketStore } from '../tickets/ticket.store.js';

export interface ResolveTicketPorts {
  readonly transactions: Transactions;
  readonly tickets: TicketStore;
  readonly directory: Pick<DirectoryStore, 'slice'>;
  readonly clock: Clock;
}

export interface ResolveRequest {
  readonly ticketId: string;
  readonly by: string | null;
  readonly note: string | null;
  /** The version that the person saw; `null`: whichever it is now. */
  readonly ticketVersion: number | null;
}

export interface Resolution extends Omit<Said, 'serviceRequestNumber'> {
  /** What was written with it. */
  readonly note: string | null;
  readonly links?: readonly AttachmentLink[];
}

/** Takes that a ticket is done, ends its timer and tells of it, in one transaction. News of its source, other than a comment, opens it again. */
export class ResolveTicketHandler {
  constructor(private readonly ports: ResolveTicketPorts) {}

  /**
   * Of a ticket that is closed it changes nothing and answers the ticket as it is.
   * @throws Problem 404 `ticket-unknown`; 412 `ticket-changed`.
   */
  async handle({ ticketId, by, note, ticketVersion }: ResolveRequest): Promise<Ticket> {
    return this.ports.transactions.run(async (tx) => {
      const ticket = (await this.ports.tickets.lock(tx, [ticketId])).get(ticketId);
      if (ticket === undefined) throw ticketUnknown(ticketId);
      if (ticket.state.isClosed) return ticket;
      requireVersion(ticket, ticketVersion);
      return this.take(tx, ticket, { by, note, party: null, via: 'api', traceparent: null });
    });
  }

  /** @param ticket locked, and not closed. */
  async take(tx: Transaction, ticket: Ticket, resolution: Resolution): Promise<Ticket> {
    const { tickets, directory, clock } = this.ports;
    const resolved = resolvedTicket(ticket, clock.now().toISOString());
    await tickets.save(tx, [resolved], []);
    const slice = await directory.slice(tx, keysOf([withDefaults(resolved.state)]));
    await tx.outbox.add([resolvedEvent(resolved, resolution, slice)]);
    return resolved;
  }
}

function resolvedTicket({ state, version, response, ...rest }: Ticket, now: string): Ticket {
  const waiting = response === undefined ? {} : { response: { ...response, next: null, overdueSince: null } };
  return { ...rest, ...waiting, state: { ...state, isClosed: true }, version: version + 1, updatedAt: now };
}

function resolvedEvent(ticket: Ticket, { by, party, via, note, links, traceparent }: Resolution, directory: DirectorySlice): HandoffEvent {
  const type = 'handoff.ticket.resolved.v1';
  const { state, version, decision, updatedAt } = ticket;
  const sending = sendingOf(ticket, directory);
  const comment = note === null ? null : { author: by, body: note, isPublic: true };
  return {
    id: nameBasedId(type, state.ticketId, String(version)), type, source: '/handoff/routing', subject: state.ticketId, time: updatedAt, traceparent,
    data: {
      ticketId: state.ticketId, ticketVersion: version, resolvedAt: updatedAt, by, party, via, note, ticket: snapshotOf(sending.ticket, comment, links), decision,
      recipients: recipientsOf(sending).filter(({ purpose, destination }) => purpose !== 'inform' && destination !== party), forSource: sourceReaderOf(sending),
    },
  };
}
