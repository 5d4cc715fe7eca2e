import { type EventOf, nameBasedId, type Party } from '@handoff/contracts';
import type { RerouteCause } from '../route-ticket/reroute-ticket.decision.js';
import type { Ticket, TicketServiceRequest, TicketState } from '../tickets/ticket.js';
import type { ServiceRequestReading } from './service-request.store.js';

/** A ticket after news about its service request, and why it is told anew. */
export interface ServiceRequestNews {
  readonly state: TicketState;
  readonly cause: RerouteCause;
}

export interface OpenedServiceRequest {
  readonly number: string;
  /** Who said it, as far as is known. */
  readonly party: string | null;
  readonly by: string | null;
  /** RFC 3339. */
  readonly at: string;
  readonly traceparent: string | null;
}

/**
 * Whoever opened a service request tells its number; all others who hear of the ticket are told. `null` where the number was told
 * before. Another number takes the place of the former: one that was mistyped, or a request that was opened anew.
 */
export function serviceRequestOpened({ state, decision, version }: Ticket, { number, party, by, at, traceparent }: OpenedServiceRequest): ServiceRequestNews | null {
  if (state.serviceRequest?.number === number) return null;
  const opener = party ?? destinationOf(decision.handsOver);
  const serviceRequest: TicketServiceRequest = { number, status: null, party: opener, by, at, changedAt: null };
  return {
    state: { ...state, serviceRequest },
    cause: { type: 'service-request-opened', by, at, traceparent, eventId: nameBasedId('service-request-opened', state.ticketId, String(version)), hears: ({ destination }) => destination !== party },
  };
}

/** What Partner Center says of a service request now; `null` where it is not the ticket's any more, or that is older than what is known. */
export function serviceRequestChanged({ state }: Ticket, { number, standing, eventId }: Pick<ServiceRequestReading, 'number' | 'standing' | 'eventId'>, { at, traceparent }: { readonly at: string; readonly traceparent: string | null }): ServiceRequestNews | null {
  const known = state.serviceRequest;
  if (standing === null || known === undefined || known.number !== number || known.status === standing.status) return null;
  const { status, changedAt } = standing;
  if (known.changedAt !== null && Date.parse(changedAt) < Date.parse(known.changedAt)) return null;
  // That it is open, as it was when it was entered, is no news; it is kept all the same.
  const isNews = !state.isClosed && (known.status !== null || status !== 'open');
  return {
    state: { ...state, serviceRequest: { ...known, status, changedAt } },
    cause: { type: 'service-request-changed', by: null, at, traceparent, eventId: nameBasedId('service-request-changed', state.ticketId, eventId), hears: () => isNews },
  };
}

/** What an event tells of a service request; `null` where it is about another ticket, or its source belongs to nobody. */
export function readingOf({ id, data: { ticketId, sourceParty, externalId, ticket, occurredAt } }: EventOf<'handoff.ticket.received.v1'>): ServiceRequestReading | null {
  const { serviceRequest } = ticket;
  if (serviceRequest === undefined || sourceParty === null) return null;
  const { status } = serviceRequest;
  return { eventId: id, ownTicketId: ticketId, party: sourceParty, number: externalId, standing: status === null ? null : { status, changedAt: occurredAt } };
}

function destinationOf(party: Party | null): string | null {
  if (party === null || party.partyId == null) return null;
  return `${party.role === 'isv-publisher' ? 'isv' : 'partner'}/${party.partyId}`;
}
