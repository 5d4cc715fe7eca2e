import { type HandoffEvent, nameBasedId } from '@handoff/contracts';
import type { CompiledMatrix } from '@handoff/matrix';
import type { Transaction, Transactions } from '@handoff/messaging';
import { type Clock, Problem } from '@handoff/platform';
import type { DirectorySlice, HealthNotice } from '../directory/directory.js';
import type { DirectoryStore } from '../directory/directory.store.js';
import { keysOf, subjectOf } from '../route-ticket/question.decision.js';
import { rerouteTicket } from '../route-ticket/reroute-ticket.decision.js';
import type { Routed } from '../route-ticket/route-ticket.decision.js';
import { withDefaults } from '../tickets/merge-ticket.decision.js';
import { requireOpen, requireVersion, ticketUnknown } from '../tickets/refuse-ticket.js';
import type { NoticeWord, Ticket, TicketState } from '../tickets/ticket.js';
import type { TicketStore } from '../tickets/ticket.store.js';
import { isOpenAt, mayBeAttached } from './attachment.decision.js';

export interface AttachTicketPorts {
  readonly transactions: Transactions;
  readonly tickets: TicketStore;
  readonly directory: DirectoryStore;
  readonly notices: { find(tx: Transaction, noticeId: string): Promise<{ readonly notice: HealthNotice } | null> };
  readonly matrix: (tx: Transaction) => CompiledMatrix | Promise<CompiledMatrix>;
  readonly clock: Clock;
}

export interface Attaching {
  readonly ticketId: string;
  readonly noticeId: string;
  readonly reason: string;
  readonly by: string | null;
  /** The version that the person saw; `null`: whichever it is now. */
  readonly ticketVersion: number | null;
}

const ID_CHARS_SHOWN = 64;

/** Attaches tickets to outages where a person sees what the rules do not, and detaches them; each in one transaction with what is told of it. */
export class AttachTicketHandler {
  constructor(private readonly ports: AttachTicketPorts) {}

  /**
   * Of a ticket that is attached to the outage it changes nothing.
   * @throws Problem 404 `ticket-unknown`, `notice-unknown`; 409 `ticket-closed`, `notice-ended`, `notice-of-others`; 412 `ticket-changed`.
   */
  async attach(asked: Attaching): Promise<Ticket> {
    return this.ports.transactions.run(async (tx) => {
      const ticket = await this.lock(tx, asked);
      if (ticket.decision.attachedTo === asked.noticeId) return ticket;
      requireVersion(ticket, asked.ticketVersion);
      requireOpen(ticket);
      const now = this.now();
      const notice = (await this.ports.notices.find(tx, asked.noticeId))?.notice;
      if (notice === undefined) throw new Problem(404, 'notice-unknown', `There is no health notice '${asked.noticeId.slice(0, ID_CHARS_SHOWN)}'. One that was just accepted appears within a second or two.`);
      if (!isOpenAt(notice, now)) throw new Problem(409, 'notice-ended', `The outage '${notice.id}' ended at ${notice.endedAt ?? ''}: whoever acts on the ticket must go on.`);
      // The latest word of a person counts: one that had moved it is over.
      const { reassigned: _moved, ...unmoved } = ticket.state;
      const state = worded(unmoved, notice, { ...asked, isAttached: true, at: now });
      const directory = await this.ports.directory.slice(tx, keysOf([withDefaults(state)]));
      refuseOthers(state, notice, directory);
      const routed = await this.decide(tx, { ticket, state, directory, type: 'attached', now }, asked);
      const { by, reason } = asked;
      const events = routed.events.map((event) => (event.type === 'handoff.ticket.attached.v1' ? { ...event, data: { ...event.data, by, reason } } : event));
      await this.save(tx, routed, events);
      return routed.ticket;
    });
  }

  /**
   * Says that a ticket does not belong to the outage that it is attached to; the rules answer without it.
   * Of a ticket that is attached to none it changes nothing.
   * @throws Problem 404 `ticket-unknown`; 409 `ticket-closed`; 412 `ticket-changed`.
   */
  async detach(asked: Omit<Attaching, 'noticeId'>): Promise<Ticket> {
    return this.ports.transactions.run(async (tx) => {
      const ticket = await this.lock(tx, asked);
      const noticeId = ticket.decision.attachedTo;
      if (noticeId === null) return ticket;
      requireVersion(ticket, asked.ticketVersion);
      requireOpen(ticket);
      const now = this.now();
      const known = (await this.ports.notices.find(tx, noticeId))?.notice;
      const notice = { id: noticeId, offerId: known?.offerId ?? ticket.state.noticeWord?.offerId ?? ticket.state.offerId ?? '' };
      const state = worded(ticket.state, notice, { ...asked, isAttached: false, at: now });
      const directory = await this.ports.directory.slice(tx, keysOf([withDefaults(state)]));
      const version = ticket.version + 1;
      const routed = await this.decide(tx, { ticket: { ...ticket, version }, state, directory, type: 'detached', now }, asked);
      const type = 'handoff.ticket.detached.v1';
      const detached: HandoffEvent = {
        id: nameBasedId(type, asked.ticketId, String(version)), type, source: '/handoff/routing', subject: asked.ticketId, time: now, traceparent: null,
        data: { ticketId: asked.ticketId, ticketVersion: version, noticeId, detachedAt: now, by: asked.by, reason: asked.reason },
      };
      await this.save(tx, routed, [detached, ...routed.events]);
      return routed.ticket;
    });
  }

  private async lock(tx: Transaction, { ticketId }: Pick<Attaching, 'ticketId'>): Promise<Ticket> {
    const ticket = (await this.ports.tickets.lock(tx, [ticketId])).get(ticketId);
    if (ticket === undefined) throw ticketUnknown(ticketId);
    return ticket;
  }

  private async decide(tx: Transaction, { type, ...facts }: Deciding, { by, reason }: Pick<Attaching, 'by' | 'reason'>): Promise<Routed> {
    const cause = { eventId: nameBasedId(type, facts.ticket.state.ticketId, String(facts.ticket.version)), type, at: facts.now, by, note: reason };
    return rerouteTicket({ ...facts, cause, matrix: await this.ports.matrix(tx) });
  }

  private async save(tx: Transaction, { ticket, record }: Routed, events: readonly HandoffEvent[]): Promise<void> {
    await this.ports.tickets.save(tx, [ticket], [record]);
    await tx.outbox.add(events);
  }

  private now(): string {
    return this.ports.clock.now().toISOString();
  }
}

interface Deciding {
  readonly ticket: Ticket;
  readonly state: TicketState;
  readonly directory: DirectorySlice;
  readonly type: 'attached' | 'detached';
  readonly now: string;
}

function worded(state: TicketState, { id, offerId }: Pick<HealthNotice, 'id' | 'offerId'>, { isAttached, by, at, reason }: Pick<NoticeWord, 'isAttached' | 'by' | 'at' | 'reason'>): TicketState {
  return { ...state, noticeWord: { noticeId: id, offerId, isAttached, by, at, reason } };
}

function refuseOthers(state: TicketState, notice: HealthNotice, directory: DirectorySlice): void {
  const { offerId } = subjectOf(withDefaults(state), directory);
  if (mayBeAttached(offerId, notice, directory)) return;
  throw new Problem(409, 'notice-of-others', `The outage '${notice.id}' is one of '${notice.offerId}', and the ticket is about '${offerId ?? ''}' of another publisher. If the ticket names the wrong offer, correct that in its own system.`);
}
