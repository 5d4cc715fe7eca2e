import { type EventOf, nameBasedId, type TicketAcknowledged } from '@handoff/contracts';
import type { Transaction, Transactions } from '@handoff/messaging';
import { type Clock, Problem } from '@handoff/platform';
import type { ServiceRequestHandler } from '../service-request/service-request.handler.js';
import type { DirectorySlice } from '../directory/directory.js';
import type { DirectoryStore } from '../directory/directory.store.js';
import { keysOf } from '../route-ticket/question.decision.js';
import { snapshotOf } from '../route-ticket/route-ticket.decision.js';
import { storedSourceReaderOf } from '../route-ticket/source-reader.decision.js';
import { withDefaults } from '../tickets/merge-ticket.decision.js';
import { requireOpen, requireVersion, ticketUnknown } from '../tickets/refuse-ticket.js';
import type { Ticket } from '../tickets/ticket.js';
import type { TicketStore } from '../tickets/ticket.store.js';
import { acknowledge, type Acknowledged } from './response.decision.js';

export interface AcknowledgeTicketPorts {
  readonly transactions: Transactions;
  readonly tickets: TicketStore;
  readonly serviceRequests: Pick<ServiceRequestHandler, 'opened'>;
  readonly directory: Pick<DirectoryStore, 'slice'>;
  readonly clock: Clock;
}

export interface AcknowledgeRequest {
  readonly ticketId: string;
  readonly by: string | null;
  /** The destination for which it is said; `null`: for all who were asked. */
  readonly party: string | null;
  /** The service request that was opened at Microsoft; `null`: none is named. */
  readonly serviceRequestNumber: string | null;
  /** The version that the person saw; `null`: whichever it is now. */
  readonly ticketVersion: number | null;
}

type ByMessage = EventOf<'handoff.notification.acknowledged.v1'>;

/** What somebody said about a ticket, for a party or for all. */
export interface Said {
  readonly party: string | null;
  readonly by: string | null;
  /** As `api`, `link` or the name of a ticketing system. */
  readonly via: string;
  readonly serviceRequestNumber: string | null;
  readonly traceparent: string | null;
}

/** Takes an acknowledgement, ends the ticket's timer where nobody is waited for any more, and tells of it, in one transaction. */
export class AcknowledgeTicketHandler {
  constructor(private readonly ports: AcknowledgeTicketPorts) {}

  /**
   * Sent again, or after another has acknowledged, it changes nothing and answers the ticket as it is; the number of a service
   * request that was not told before is taken all the same.
   * @throws Problem 404 `ticket-unknown`; 409 `ticket-closed`, `party-not-asked`; 412 `ticket-changed`.
   */
  async handle({ ticketId, by, party, serviceRequestNumber, ticketVersion }: AcknowledgeRequest): Promise<Ticket> {
    return this.ports.transactions.run(async (tx) => {
      const ticket = (await this.ports.tickets.lock(tx, [ticketId])).get(ticketId);
      if (ticket === undefined) throw ticketUnknown(ticketId);
      const said: Said = { party, by, via: 'api', serviceRequestNumber, traceparent: null };
      const acknowledged = this.judge(ticket, said);
      if (acknowledged.outcome === 'already' && (serviceRequestNumber === null || serviceRequestNumber === ticket.state.serviceRequest?.number)) return ticket;
      requireVersion(ticket, ticketVersion);
      requireOpen(ticket);
      if (acknowledged.outcome === 'not-asked') throw notAsked(party ?? '', acknowledged.asked);
      if (party !== null && !wereAsked(ticket).includes(party)) throw notAsked(party, wereAsked(ticket));
      return this.take(tx, { ticket, said, acknowledged });
    });
  }

  /** What contacts said by their messages: by a link, an answer or a button. Of a ticket that is closed, or went to others meanwhile, it says nothing any more. */
  async handleMessages(events: readonly ByMessage[], tx: Transaction): Promise<void> {
    await this.ports.tickets.lock(tx, [...new Set(events.map(({ data }) => data.ticketId))]);
    for (const { data: { ticketId, destination, by, via = 'link', serviceRequestNumber = null }, traceparent } of events) await this.takeElsewhere(tx, ticketId, { party: destination, by, via, serviceRequestNumber, traceparent });
  }

  /** What was said elsewhere than here, of a ticket that is open. @returns whether it acknowledged anything. */
  async takeElsewhere(tx: Transaction, ticketId: string, said: Said): Promise<boolean> {
    const ticket = (await this.ports.tickets.lock(tx, [ticketId])).get(ticketId);
    if (ticket === undefined || ticket.state.isClosed) return false;
    const acknowledged = this.judge(ticket, said);
    const isAsked = acknowledged.outcome === 'taken' || (acknowledged.outcome === 'already' && said.party !== null && wereAsked(ticket).includes(said.party));
    if (acknowledged.outcome === 'not-asked' || !isAsked) return false;
    await this.take(tx, { ticket, said, acknowledged });
    return acknowledged.outcome === 'taken';
  }

  private async take(tx: Transaction, { ticket, said, acknowledged }: { ticket: Ticket; said: Said; acknowledged: Exclude<Acknowledged, { outcome: 'not-asked' }> }): Promise<Ticket> {
    const saved = acknowledged.outcome === 'taken' ? await this.save(tx, { ticket, said, acknowledged }) : ticket;
    const { serviceRequestNumber: number, party, by, traceparent } = said;
    return number === null ? saved : this.ports.serviceRequests.opened(tx, saved, { number, party, by, traceparent });
  }

  private judge({ response }: Ticket, { party, by, via }: Said): Acknowledged {
    return acknowledge(response, { party, by, via, at: this.ports.clock.now().toISOString() });
  }

  private async save(tx: Transaction, { ticket, said, acknowledged }: { ticket: Ticket; said: Said; acknowledged: Extract<Acknowledged, { outcome: 'taken' }> }): Promise<Ticket> {
    const now = this.ports.clock.now().toISOString();
    const { ticketId } = ticket.state;
    const saved: Ticket = { ...ticket, response: acknowledged.response, version: ticket.version + 1, updatedAt: now };
    await this.ports.tickets.save(tx, [saved], []);
    const slice = await this.ports.directory.slice(tx, keysOf([withDefaults(saved.state)]));
    const type = 'handoff.ticket.acknowledged.v1';
    const { party, by, via, serviceRequestNumber, traceparent } = said;
    await tx.outbox.add([{
      id: nameBasedId(type, ticketId, String(saved.version)), type, source: '/handoff/routing', subject: ticketId, time: now, traceparent,
      data: { ticketId, ticketVersion: saved.version, acknowledgedAt: now, by, party, via, isComplete: acknowledged.isComplete, ...(serviceRequestNumber === null ? {} : { serviceRequestNumber }), ...asItIs(saved, slice) },
    }]);
    return saved;
  }
}

function wereAsked({ response }: Ticket): readonly string[] {
  return response === undefined ? [] : [...response.asked, ...response.steps.flatMap(({ destinations }) => destinations)];
}

/** What others need to tell of it. */
function asItIs(ticket: Ticket, directory: DirectorySlice): Pick<TicketAcknowledged, 'ticket' | 'decision' | 'forSource'> {
  return { ticket: snapshotOf(withDefaults(ticket.state), null), decision: ticket.decision, forSource: storedSourceReaderOf(ticket, directory) };
}

function notAsked(party: string, asked: readonly string[]): Problem {
  const who = asked.length === 0 ? 'nobody' : asked.join(', ');
  return new Problem(409, 'party-not-asked', `'${party}' was not asked to act on this ticket; asked: ${who}. Name one of them, or leave 'party' out to acknowledge for all.`, { fields: [{ field: 'party', detail: `is one of: ${who}` }] });
}
