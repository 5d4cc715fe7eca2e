import { nameBasedId } from '@handoff/contracts';
import { type CompiledMatrix, decide } from '@handoff/matrix';
import type { Transaction, Transactions } from '@handoff/messaging';
import { type Clock, Problem } from '@handoff/platform';
import type { DirectorySlice } from '../directory/directory.js';
import type { DirectoryStore } from '../directory/directory.store.js';
import { keysOf } from '../route-ticket/question.decision.js';
import { rerouteTicket } from '../route-ticket/reroute-ticket.decision.js';
import { answerTicket } from '../route-ticket/route-ticket.decision.js';
import { withDefaults } from '../tickets/merge-ticket.decision.js';
import { requireOpen, requireVersion, ticketUnknown } from '../tickets/refuse-ticket.js';
import type { Ticket, TicketState } from '../tickets/ticket.js';
import type { TicketStore } from '../tickets/ticket.store.js';
import { rulesSay } from './reassign.decision.js';
import { partnerIn, takersOf } from './takers.decision.js';

export interface ReassignTicketPorts {
  readonly transactions: Transactions;
  readonly tickets: TicketStore;
  readonly directory: DirectoryStore;
  readonly matrix: (tx: Transaction) => CompiledMatrix | Promise<CompiledMatrix>;
  readonly clock: Clock;
}

export interface Move {
  readonly ticketId: string;
  /** As `partner/2002`, `isv/contoso` or `microsoft`. */
  readonly to: string;
  readonly reason: string;
  readonly by: string | null;
  /** The version that the person saw; `null`: whichever it is now. */
  readonly ticketVersion: number | null;
}

/** Moves a ticket to where a person wants it, whatever the rules say, and tells of it, in one transaction. */
export class ReassignTicketHandler {
  constructor(private readonly ports: ReassignTicketPorts) {}

  /** @throws Problem 404 `ticket-unknown`; 409 `ticket-closed`, `party-not-involved`; 412 `ticket-changed`. */
  async handle(move: Move): Promise<Ticket> {
    const { tickets, directory, transactions } = this.ports;
    return transactions.run(async (tx) => {
      const ticket = (await tickets.lock(tx, [move.ticketId])).get(move.ticketId);
      if (ticket === undefined) throw ticketUnknown(move.ticketId);
      if (isMovedAlready(ticket.state, move)) return ticket;
      requireVersion(ticket, move.ticketVersion);
      requireOpen(ticket);
      const known = withDefaults({ ...ticket.state, reassigned: { to: move.to, by: null, at: '', reason: '', over: '' } });
      const slice = await directory.slice(tx, keysOf([known]));
      refuseUninvolved(known, slice, move.to);
      return this.move(tx, { ticket, slice }, move);
    });
  }

  private async move(tx: Transaction, { ticket, slice }: { readonly ticket: Ticket; readonly slice: DirectorySlice }, { to, by, reason }: Move): Promise<Ticket> {
    const { tickets, clock } = this.ports;
    const now = clock.now().toISOString();
    const { ticketId } = ticket.state;
    const matrix = await this.ports.matrix(tx);
    const unmoved = withoutWords(ticket.state);
    const { answer } = answerTicket((facts) => decide(facts, matrix), { known: withDefaults(unmoved), directory: slice, times: { occurredAt: unmoved.occurredAt, receivedAt: now }, now });
    const state: TicketState = { ...unmoved, reassigned: { to, by, at: now, reason, over: rulesSay(answer) } };
    const version = ticket.version + 1;
    const cause = { eventId: nameBasedId('reassigned', ticketId, String(version)), type: 'reassigned', at: now, by, note: reason };
    const routed = rerouteTicket({ ticket: { ...ticket, version }, state, cause, directory: slice, matrix, now });
    await tickets.save(tx, [routed.ticket], [routed.record]);
    const type = 'handoff.ticket.reassigned.v1';
    await tx.outbox.add([
      { id: nameBasedId(type, ticketId, String(version)), type, source: '/handoff/routing', subject: ticketId, time: now, traceparent: null, data: { ticketId, ticketVersion: version, reassignedAt: now, from: ticket.decision.queue, to, queue: routed.ticket.decision.queue, by, reason } },
      ...routed.events,
    ]);
    return routed.ticket;
  }
}

/** The latest word of a person counts: one that had moved it, or attached it to an outage, is over. */
function withoutWords({ reassigned: _moved, noticeWord, ...rest }: TicketState): TicketState {
  return noticeWord === undefined || noticeWord.isAttached ? rest : { ...rest, noticeWord };
}

function isMovedAlready({ reassigned }: TicketState, { to, by, reason }: Move): boolean {
  return reassigned !== undefined && reassigned.to === to && reassigned.by === by && reassigned.reason === reason;
}

function refuseUninvolved(known: TicketState, directory: DirectorySlice, to: string): void {
  const takers = takersOf(known, directory, partnerIn(to));
  if (takers.some((taker) => taker.to === to)) return;
  const who = takers.length === 0 ? 'nobody that the directory knows' : takers.map((taker) => taker.to).join(', ');
  throw new Problem(409, 'party-not-involved', `'${to}' has no part in this ticket, so it may not see it; it can be moved to: ${who}. If another sold it or publishes it, correct that in the directory, or name the offer or the customer in the ticket.`, { fields: [{ field: 'to', detail: `is one of: ${who}` }] });
}
