import { encodeEvent, type EventOf, type HandoffEvent, nameBasedId, ticketIdOf, type TicketReceived, type TicketRouted, topicOf } from '@handoff/contracts';
import { compile, decide, DEFAULT_MATRIX, factsOf, type ExplainRequest } from '@handoff/matrix';
import type { OutgoingRecord } from '@handoff/messaging';
import { destinations, directory } from './directory.js';
import { known } from './questions.js';
import { SOURCE, type Ticket, ticketsOf } from './tickets.js';

const TRACEPARENT = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

/** What intake would have appended about the tickets from 0 on: a backlog for routing. */
export function* receivedRecords(count: number): Generator<OutgoingRecord> {
  const ticketOf = ticketsOf(directory());
  for (let number = 0; number < count; number += 1) yield recordOf(received(ticketOf(number)));
}

/** An event that routing can read and never store: it gives the ticket of this number, which is there already, another id. */
export function poisonRecord(number: number): OutgoingRecord {
  const event = received(ticketsOf(directory())(number));
  const ticketId = ticketIdOf(SOURCE, `poison/${number}`);
  return recordOf({ ...event, id: nameBasedId('poison', SOURCE, String(number)), subject: ticketId, data: { ...event.data, ticketId } });
}

/** What routing would have published about the tickets from 0 on, each for one contact, of the queues in turn: a backlog for the notifier. */
export function* routedRecords(count: number, queues = destinations(directory())): Generator<OutgoingRecord> {
  const world = directory();
  const ticketOf = ticketsOf(world);
  const knownOf = known(world);
  const matrix = compile(DEFAULT_MATRIX);
  for (let number = 0; number < count; number += 1) {
    const ticket = ticketOf(number);
    const decision = decide(factsOf({ ticket: ticket as ExplainRequest['ticket'], ...knownOf(ticket.subscriptionId) }, ticket.occurredAt), matrix);
    const destination = queues[number % queues.length] ?? '';
    yield recordOf(routed(ticket, { ...decision, areaBasis: 'source', gaps: [] }, destination));
  }
}

function recordOf(event: HandoffEvent): OutgoingRecord {
  return { topic: topicOf(event.type), ...encodeEvent(event) };
}

function received(ticket: Ticket): EventOf<'handoff.ticket.received.v1'> {
  const { externalId, externalUrl, occurredAt, ...fields } = ticket;
  const ticketId = ticketIdOf(SOURCE, externalId);
  return {
    id: nameBasedId('received', SOURCE, externalId), type: 'handoff.ticket.received.v1', source: '/handoff/intake', subject: ticketId, time: occurredAt, traceparent: TRACEPARENT,
    data: { ticketId, source: SOURCE, sourceParty: null, externalId, externalUrl, change: 'created', occurredAt, ticket: { ...fields, areaBasis: 'source' } as TicketReceived['ticket'] },
  };
}

function routed(ticket: Ticket, decision: TicketRouted['decision'], destination: string): EventOf<'handoff.ticket.routed.v1'> {
  const { externalId, externalUrl, occurredAt, subject, description, status, offerId, customerId, subscriptionId, severity, requester } = ticket;
  const ticketId = ticketIdOf(SOURCE, externalId);
  const [kind, partyId = ''] = destination.split('/');
  const role = kind === 'isv' ? 'isv-publisher' : 'indirect-reseller';
  return {
    id: nameBasedId('routed', SOURCE, externalId), type: 'handoff.ticket.routed.v1', source: '/handoff/routing', subject: ticketId, time: occurredAt, traceparent: TRACEPARENT,
    data: {
      ticketId, ticketVersion: 1, change: 'created', decidedAt: occurredAt, decision, previousQueue: null,
      ticket: {
        source: SOURCE, externalId, externalUrl, subject, description, status, severity, offerId, customerId, subscriptionId, comment: null,
        area: ticket.area as TicketRouted['ticket']['area'], asker: ticket.asker as TicketRouted['ticket']['asker'], requesterName: requester.name,
      },
      recipients: [{ purpose: 'act', party: { role, partyId }, destination, partyName: `Party ${partyId}`, contactKind: 'default', name: 'Service desk', email: null, url: null, mayContact: [] }],
    },
  };
}
