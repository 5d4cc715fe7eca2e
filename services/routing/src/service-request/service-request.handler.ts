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
import { type OpenedServiceRequest, serviceRequestChanged, type ServiceRequestNews, serviceRequestOpened } from './service-request.decision.js';

export interface ServiceRequestPorts {
  readonly tickets: TicketStore;
  readonly directory: DirectoryStore;
  readonly matrix: (tx: Transaction) => CompiledMatrix | Promise<CompiledMatrix>;
  readonly clock: Clock;
}

/** Keeps the service request of a ticket, and tells the others of it. Where its status is no news, nobody hears. */
export class ServiceRequestHandler {
  constructor(private readonly ports: ServiceRequestPorts) {}

  /** Of a ticket that the transaction holds; answers it as it is after. */
  async opened(tx: Transaction, ticket: Ticket, opened: Omit<OpenedServiceRequest, 'at'>): Promise<Ticket> {
    const news = serviceRequestOpened(ticket, { ...opened, at: this.ports.clock.now().toISOString() });
    return news === null ? ticket : this.tell(tx, ticket, news);
  }

  async changed(events: readonly EventOf<'handoff.service-request.changed.v1'>[], tx: Transaction): Promise<void> {
    const tickets = new Map(await this.ports.tickets.lock(tx, [...new Set(events.map(({ data }) => data.ticketId))]));
    for (const { id, data, time, traceparent } of events) {
      const ticket = tickets.get(data.ticketId);
      const news = ticket === undefined ? null : serviceRequestChanged(ticket, data, { eventId: id, at: time, traceparent });
      if (ticket !== undefined && news !== null) tickets.set(data.ticketId, await this.tell(tx, ticket, news));
    }
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
