import { type EventOf, type HandoffEvent, nameBasedId, type Recipient, type TicketAttached, type TicketRouted } from '@handoff/contracts';
import { type CompiledMatrix, decide, type Decision, factsOf } from '@handoff/matrix';
import type { DirectorySlice } from '../directory/directory.js';
import { isNews, withDefaults } from '../tickets/merge-ticket.decision.js';
import type { DecisionRecord, Ticket, TicketState } from '../tickets/ticket.js';
import { questionOf, subjectOf } from './question.decision.js';
import { isOtherDecision, recipientsOf } from './recipients.decision.js';

export interface RoutingFacts {
  readonly former: Ticket | null;
  readonly event: EventOf<'handoff.ticket.received.v1'>;
  /** The ticket after the event, as `mergeTicket` makes it. */
  readonly state: TicketState;
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
export function routeTicket({ former, event, state, directory, matrix, now }: RoutingFacts): Routed {
  const known = withDefaults(state);
  const question = questionOf(known, directory, { occurredAt: event.data.occurredAt, receivedAt: event.time });
  const decision: Decision = decide(factsOf(question, now), matrix);
  const { offerId } = subjectOf(known, directory);
  const ticketVersion = (former?.version ?? 0) + 1;
  const routed: TicketRouted = {
    ticketId: state.ticketId, ticketVersion, change: event.data.change, decidedAt: now, ticket: snapshotOf(known, event), decision,
    previousQueue: former?.decision.queue ?? null, recipients: whoHears({ former, known, event, decision, directory, offerId }),
  };
  const attached = attachmentOf({ former, decision, routed, offerId });
  return {
    ticket: { state, version: ticketVersion + attached.length, decision, createdAt: former?.createdAt ?? now, updatedAt: now },
    record: { ticketId: state.ticketId, ticketVersion, eventId: event.id, change: event.data.change, decision, decidedAt: now },
    events: [eventOf('handoff.ticket.routed.v1', routed, event, now), ...attached.map((data) => eventOf('handoff.ticket.attached.v1', data, event, now))],
  };
}

interface Hearing {
  readonly former: Ticket | null;
  readonly known: TicketState;
  readonly event: EventOf<'handoff.ticket.received.v1'>;
  readonly decision: Decision;
  readonly directory: DirectorySlice;
  readonly offerId: string | null;
}

/** News follows the ticket to whoever acts; those who are only informed hear again when the decision is another one. */
function whoHears({ former, known, event, decision, directory, offerId }: Hearing): readonly Recipient[] {
  const isOther = former === null || isOtherDecision(former.decision, decision);
  if (!isOther && !isNews(former.state, known, event.data)) return [];
  return recipientsOf({ ticket: known, decision, directory, offerId }).filter(({ purpose }) => isOther || purpose !== 'inform');
}

interface Attachment {
  readonly former: Ticket | null;
  readonly decision: Decision;
  readonly routed: TicketRouted;
  readonly offerId: string | null;
}

function attachmentOf({ former, decision, routed, offerId }: Attachment): TicketAttached[] {
  const noticeId = decision.attachedTo;
  if (noticeId === null || former?.decision.attachedTo === noticeId) return [];
  return [{ ticketId: routed.ticketId, ticketVersion: routed.ticketVersion + 1, noticeId, offerId: offerId ?? 'unknown', attachedAt: routed.decidedAt }];
}

function snapshotOf(state: TicketState, event: EventOf<'handoff.ticket.received.v1'>): TicketRouted['ticket'] {
  const told = Object.fromEntries(SNAPSHOT_FIELDS.map((field) => [field, state[field] ?? null])) as Pick<TicketRouted['ticket'], (typeof SNAPSHOT_FIELDS)[number]>;
  return {
    ...told, source: state.source, externalId: state.externalId, externalUrl: state.externalUrl,
    subject: state.subject ?? '(no subject)', asker: state.asker ?? 'customer', comment: event.data.ticket.comment ?? null,
  };
}

const SNAPSHOT_FIELDS = ['description', 'status', 'area', 'severity', 'requesterName', 'offerId', 'customerId', 'subscriptionId'] as const;

type OwnType = 'handoff.ticket.routed.v1' | 'handoff.ticket.attached.v1';

/** The id follows from the event that caused it: whoever routes that event again says the same again. */
function eventOf<T extends OwnType>(type: T, data: EventOf<T>['data'], cause: HandoffEvent, now: string): HandoffEvent {
  return { id: nameBasedId(type, cause.id), type, source: '/handoff/routing', subject: cause.subject, time: now, traceparent: cause.traceparent, data } as HandoffEvent;
}
