import { type EventOf, type HandoffEvent, nameBasedId, type Recipient, type TicketRouted } from '@handoff/contracts';
import { type CompiledMatrix, decide, factsOf } from '@handoff/matrix';
import type { DirectorySlice } from '../directory/directory.js';
import { isNews, mergeTicket } from '../tickets/merge-ticket.decision.js';
import type { DecisionRecord, Ticket, TicketState } from '../tickets/ticket.js';
import { questionOf, subscriptionFor } from './question.decision.js';
import { isOtherDecision, recipientsOf } from './recipients.decision.js';

export interface RoutingFacts {
  readonly former: Ticket | null;
  readonly event: EventOf<'handoff.ticket.received.v1'>;
  readonly directory: DirectorySlice;
  readonly matrix: CompiledMatrix;
  /** RFC 3339. */
  readonly now: string;
}

export interface Routed {
  readonly ticket: Ticket;
  readonly record: DecisionRecord;
  readonly events: readonly HandoffEvent[];
}

/** One event of a ticket: what the ticket is now, who must act on it, and what is said about it. */
export function routeTicket({ former, event, directory, matrix, now }: RoutingFacts): Routed {
  const state = mergeTicket(former?.state ?? null, event.data);
  const question = questionOf(state, directory, { occurredAt: event.data.occurredAt, receivedAt: event.time });
  const decision = decide(factsOf(question, now), matrix);
  const version = (former?.version ?? 0) + 1;
  const isChanged = former === null || isOtherDecision(former.decision, decision);
  const isTold = isChanged || isNews(former.state, state, event.data);
  const offerId = state.offerId ?? subscriptionFor(state, directory)?.offerId ?? null;
  const recipients = isTold ? recipientsOf({ ticket: state, decision, directory, offerId }).filter(({ purpose }) => isChanged || purpose !== 'inform') : [];
  const data: TicketRouted = {
    ticketId: state.ticketId, ticketVersion: version, change: event.data.change, decidedAt: now,
    ticket: snapshotOf(state, event), decision: decision as TicketRouted['decision'], previousQueue: former?.decision.queue ?? null, recipients: recipients as Recipient[],
  };
  const routed = eventOf('handoff.ticket.routed.v1', data, { cause: event, now });
  const noticeId = decision.attachedTo;
  const attached = noticeId !== null && former?.decision.attachedTo !== noticeId
    ? [eventOf('handoff.ticket.attached.v1', { ticketId: state.ticketId, ticketVersion: version + 1, noticeId, offerId: offerId ?? '', attachedAt: now }, { cause: event, now })]
    : [];
  return {
    ticket: { state, version: version + attached.length, decision: data.decision, createdAt: former?.createdAt ?? now, updatedAt: now },
    record: { ticketId: state.ticketId, ticketVersion: version, eventId: event.id, change: event.data.change, decision: data.decision, decidedAt: now },
    events: [routed, ...attached],
  };
}

function snapshotOf(state: TicketState, event: EventOf<'handoff.ticket.received.v1'>): TicketRouted['ticket'] {
  return {
    source: state.source, externalId: state.externalId, externalUrl: state.externalUrl, subject: state.subject ?? '(no subject)',
    description: state.description ?? null, status: state.status ?? null, area: state.area ?? null, severity: state.severity ?? null,
    asker: state.asker ?? 'customer', requesterName: state.requesterName ?? null, offerId: state.offerId ?? null,
    customerId: state.customerId ?? null, subscriptionId: state.subscriptionId ?? null, comment: event.data.ticket.comment ?? null,
  };
}

type OwnType = 'handoff.ticket.routed.v1' | 'handoff.ticket.attached.v1';

/** The id follows from the event that caused it: whoever routes that event again says the same again. */
function eventOf<T extends OwnType>(type: T, data: EventOf<T>['data'], { cause, now }: { cause: HandoffEvent; now: string }): HandoffEvent {
  return { id: nameBasedId(type, cause.id), type, source: '/handoff/routing', subject: cause.subject, time: now, traceparent: cause.traceparent, data } as HandoffEvent;
}
