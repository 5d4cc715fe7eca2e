import { type Area, nameBasedId } from '@handoff/contracts';
import type { CompiledMatrix } from '@handoff/matrix';
import type { Transaction, Transactions } from '@handoff/messaging';
import type { Clock, Problem } from '@handoff/platform';
import type { DirectoryStore } from '../directory/directory.store.js';
import { keysOf } from '../route-ticket/question.decision.js';
import { rerouteTicket } from '../route-ticket/reroute-ticket.decision.js';
import { withDefaults } from '../tickets/merge-ticket.decision.js';
import { requireOpen, requireVersion, ticketParked, ticketUnknown } from '../tickets/refuse-ticket.js';
import type { PersonsWord, Ticket, TicketState } from '../tickets/ticket.js';
import type { TicketStore } from '../tickets/ticket.store.js';

export interface ClassifyTicketPorts {
  readonly transactions: Transactions;
  readonly tickets: TicketStore;
  readonly directory: DirectoryStore;
  readonly matrix: (tx: Transaction) => CompiledMatrix | Promise<CompiledMatrix>;
  readonly clock: Clock;
}

/** What a person says of a ticket. */
export interface Saying {
  readonly ticketId: string;
  readonly area: Area;
  readonly by: string | null;
  readonly note: string | null;
  /** The version that the person saw; `null`: whichever it is now. */
  readonly ticketVersion: number | null;
}

/** Takes a person's word for what a ticket is about, and routes the ticket again, in one transaction. */
export class ClassifyTicketHandler {
  constructor(private readonly ports: ClassifyTicketPorts) {}

  /** @throws Problem 404 `ticket-unknown`, `ticket-parked`; 409 `ticket-closed`; 412 `ticket-changed`. */
  async handle(saying: Saying): Promise<Ticket> {
    return this.ports.transactions.run(async (tx) => {
      const ticket = (await this.ports.tickets.lock(tx, [saying.ticketId])).get(saying.ticketId);
      if (ticket === undefined) throw await this.absent(saying.ticketId, tx);
      // A request that is sent again, because its answer was lost, finds its work done: it changes nothing and is no conflict.
      if (isSaidAlready(ticket.state.personsWord, saying)) return ticket;
      requireVersion(ticket, saying.ticketVersion);
      requireOpen(ticket);
      return this.routeAgain(ticket, saying, tx);
    });
  }

  private async routeAgain(ticket: Ticket, { ticketId, area, by, note }: Saying, tx: Transaction): Promise<Ticket> {
    const { tickets, directory, matrix, clock } = this.ports;
    const now = clock.now().toISOString();
    const state: TicketState = { ...ticket.state, personsWord: { area, by, at: now, note, over: ticket.state.area ?? null } };
    const slice = await directory.slice(tx, keysOf([withDefaults(state)]));
    // At one version a ticket is classified once, so that the version names the cause.
    const cause = { eventId: nameBasedId('classified', ticketId, String(ticket.version)), type: 'classified', at: now, by, note };
    const routed = rerouteTicket({ ticket, state, cause, directory: slice, matrix: await matrix(tx), now });
    await tickets.save(tx, [routed.ticket], [routed.record]);
    await tx.outbox.add(routed.events);
    return routed.ticket;
  }

  private async absent(ticketId: string, tx: Transaction): Promise<Problem> {
    const [parked] = await this.ports.tickets.parkedOf(tx, ticketId);
    return parked === undefined ? ticketUnknown(ticketId) : ticketParked(ticketId, parked.detail);
  }
}

function isSaidAlready(word: PersonsWord | undefined, { area, by, note }: Saying): boolean {
  return word !== undefined && word.area === area && word.by === by && word.note === note;
}
