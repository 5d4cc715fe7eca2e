import type { EventOf } from '@handoff/contracts';
import type { CompiledMatrix } from '@handoff/matrix';
import type { Transaction } from '@handoff/messaging';
import type { Clock } from '@handoff/platform';
import type { DirectoryStore } from '../directory/directory.store.js';
import { keysOf } from '../route-ticket/question.decision.js';
import { rerouteTicket } from '../route-ticket/reroute-ticket.decision.js';
import { withDefaults } from '../tickets/merge-ticket.decision.js';
import type { Ticket } from '../tickets/ticket.js';
import type { TicketStore } from '../tickets/ticket.store.js';
import { type OpenedServiceRequest, readingOf, serviceRequestChanged, type ServiceRequestNews, serviceRequestOpened } from './service-request.decision.js';
import type { ServiceRequestReading, ServiceRequestStore } from './service-request.store.js';

type Received = EventOf<'handoff.ticket.received.v1'>;

/** An event of a service request, with the tickets that it is followed for. */
export interface FollowedReading {
  readonly event: Received;
  readonly reading: ServiceRequestReading;
  readonly ticketIds: readonly string[];
}

export interface ServiceRequestPorts {
  readonly tickets: TicketStore;
  readonly requests: ServiceRequestStore;
  readonly directory: DirectoryStore;
  readonly matrix: (tx: Transaction) => CompiledMatrix | Promise<CompiledMatrix>;
  readonly clock: Clock;
}

/** Keeps the service request of a ticket, and tells the others of it. Where its status is no news, nobody hears. */
export class ServiceRequestHandler {
  constructor(private readonly ports: ServiceRequestPorts) {}

  /** Of a ticket that the transaction holds; answers it as it is after. */
  async opened(tx: Transaction, ticket: Ticket, opened: Omit<OpenedServiceRequest, 'at'>): Promise<Ticket> {
    const at = this.ports.clock.now().toISOString();
    const news = serviceRequestOpened(ticket, { ...opened, at });
    if (news === null) return ticket;
    const told = await this.tell(tx, ticket, news);
    const { ticketId, serviceRequest } = told.state;
    if (serviceRequest === undefined || serviceRequest.party === null) return told;
    const standing = await this.ports.requests.follow(tx, ticketId, { party: serviceRequest.party, number: serviceRequest.number });
    const changed = serviceRequestChanged(told, { number: serviceRequest.number, standing, eventId: `${ticketId} ${told.version}` }, { at, traceparent: opened.traceparent });
    return changed === null ? told : this.tell(tx, told, changed);
  }

  /**
   * What of these events tells of service requests that are followed for other tickets. Asked before tickets are locked, so that all are
   * locked together.
   */
  async readingsIn(events: readonly Received[], tx: Transaction): Promise<readonly FollowedReading[]> {
    const readings = events.flatMap((event) => {
      const reading = readingOf(event);
      return reading === null ? [] : [{ event, reading }];
    });
    if (readings.length === 0) return [];
    const followed = await this.ports.requests.read(tx, readings.map(({ reading }) => reading));
    return readings.map((one, index) => ({ ...one, ticketIds: followed[index] ?? [] })).filter(({ ticketIds }) => ticketIds.length > 0);
  }

  /** Tells the news of these tickets, which the transaction holds. A request that was a ticket before it was followed stays one: those who have it would lose it. */
  async changed(readings: readonly FollowedReading[], tickets: Map<string, Ticket>, tx: Transaction): Promise<ReadonlySet<string>> {
    for (const { event: { time, traceparent }, reading, ticketIds } of readings) {
      for (const ticketId of ticketIds) {
        const ticket = tickets.get(ticketId);
        const news = ticket === undefined ? null : serviceRequestChanged(ticket, reading, { at: time, traceparent });
        if (ticket !== undefined && news !== null) tickets.set(ticketId, await this.tell(tx, ticket, news));
      }
    }
    const taken = readings.map(({ reading }) => reading).filter(({ ownTicketId }) => !tickets.has(ownTicketId));
    await this.ports.requests.taken(tx, taken);
    return new Set(taken.map(({ eventId }) => eventId));
  }

  private async tell(tx: Transaction, ticket: Ticket, { state, cause }: ServiceRequestNews): Promise<Ticket> {
    const { tickets, directory, matrix, clock } = this.ports;
    const slice = await directory.slice(tx, keysOf([withDefaults(state)]));
    const routed = rerouteTicket({ ticket, state, cause, directory: slice, matrix: await matrix(tx), now: clock.now().toISOString() });
    await tickets.save(tx, [routed.ticket], [routed.record]);
    await tx.outbox.add(routed.events);
    return routed.ticket;
  }
}
