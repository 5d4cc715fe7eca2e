import { type EventOf, nameBasedId, type TicketFields, ticketIdOf } from '@handoff/contracts';
import type { ReportedTicket } from '../adapters/adapter.js';

export interface ReceivedTicket {
  readonly source: string;
  readonly sourceParty: string | null;
  /** The same for every delivery of one event of this source. */
  readonly idempotencyKey: string;
  readonly ticket: ReportedTicket;
  /** What holds for the source's tickets where nobody told a fact. */
  readonly defaults?: TicketFields;
  /** Handoff opened it there for another ticket. */
  readonly isCopy?: boolean;
  readonly traceparent: string;
  readonly receivedAt: Date;
}

/** The event that says what a source told. Its id follows from the source's own key, so that a repetition is recognised anywhere. */
export function ticketReceived(received: ReceivedTicket): EventOf<'handoff.ticket.received.v1'> {
  const { source, sourceParty, ticket, defaults, isCopy = false } = received;
  const ticketId = ticketIdOf(source, ticket.externalId);
  return {
    id: nameBasedId('received', source, received.idempotencyKey.replaceAll('\u0000', '')),
    type: 'handoff.ticket.received.v1',
    source: '/handoff/intake',
    subject: ticketId,
    time: received.receivedAt.toISOString(),
    traceparent: received.traceparent,
    data: {
      ticketId, source, sourceParty, externalId: ticket.externalId, externalUrl: ticket.externalUrl,
      change: ticket.change, occurredAt: ticket.occurredAt, ticket: ticket.fields,
      ...(isCopy ? { isCopy } : {}), ...(defaults === undefined ? {} : { defaults }),
    },
  };
}
