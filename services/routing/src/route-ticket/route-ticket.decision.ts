import { type Change, type Decision as PublishedDecision, type EventOf, type HandoffEvent, nameBasedId, type Reason, type Recipient, type TicketAttached, type TicketRouted, type TicketSnapshot } from '@handoff/contracts';
import { type CompiledMatrix, decide, type Decision, type Facts, factsOf } from '@handoff/matrix';
import { responseAfter } from '../acknowledge/response.decision.js';
import type { Response } from '../acknowledge/response.js';
import { modeOf, targetOf } from '../acknowledge/target.decision.js';
import { attachedByPerson, attachmentReasons } from '../attach/attachment.decision.js';
import { areaReasons } from '../classify/area-reasons.decision.js';
import type { DirectorySlice } from '../directory/directory.js';
import { handedTo, reassignedReason, standingTaker } from '../reassign/reassign.decision.js';
import { isNews, withDefaults } from '../tickets/merge-ticket.decision.js';
import type { DecisionCause, DecisionRecord, Ticket, TicketState } from '../tickets/ticket.js';
import { disputedSales } from './disputed-sale.decision.js';
import { gapText } from './gap-texts.decision.js';
import { gapsOf } from './gaps.decision.js';
import { questionOf, subjectOf, type Times } from './question.decision.js';
import { isOtherDecision, recipientsOf } from './recipients.decision.js';
import { sourceReaderOf } from './source-reader.decision.js';

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

/** What led to a decision: an event of the source, or something else, as a person's word or news in the directory. */
export interface Occasion {
  /** Of the event or whatever else it was; the ids of what is said follow from it. */
  readonly eventId: string;
  readonly change: Change;
  /** Where it was no event of the source, as `classified`. */
  readonly cause?: DecisionCause | undefined;
  readonly comment: TicketSnapshot['comment'];
  readonly attachments?: TicketSnapshot['attachments'] | undefined;
  /** The destination that it came from, which need not hear of it. */
  readonly heardFrom?: string;
  readonly times: Times;
  readonly traceparent: string | null;
  readonly contentDigest?: string | undefined;
  /** Whether it told anything that a contact would read. */
  readonly isNews: (known: TicketState) => boolean;
  /** Who hears of it where the answer is the same as before; absent: whoever acts, where it is news. */
  readonly hears?: (addressee: Recipient) => boolean;
}

export interface TicketFactsNow {
  readonly former: Ticket | null;
  readonly state: TicketState;
  readonly occasion: Occasion;
  readonly directory: DirectorySlice;
  readonly matrix: CompiledMatrix;
  /** RFC 3339. */
  readonly now: string;
}

/** One event of a ticket: what the ticket is now, who must act on it, and what is said about it. */
export function routeTicket({ former, event, state, directory, matrix, now }: RoutingFacts): Routed {
  const occasion: Occasion = {
    eventId: event.id, change: event.data.change, comment: event.data.ticket.comment ?? null, attachments: event.data.ticket.attachments, traceparent: event.traceparent, contentDigest: event.contentDigest,
    times: { occurredAt: event.data.occurredAt, receivedAt: event.time },
    isNews: (known) => former === null || isNews(former.state, known, event.data),
  };
  return decideTicket({ former, state, occasion, directory, matrix, now });
}

/** Decides a ticket, whatever led to it. */
export function decideTicket({ former, state: told, occasion, directory, matrix, now }: TicketFactsNow): Routed {
  const known = withDefaults(told);
  const { answer, decision, isReassigned } = answerTicket((facts) => decide(facts, matrix), { known, directory, times: occasion.times, now });
  // A word that the facts have answered is gone for good: it must not come back when they turn again.
  const { reassigned: _answered, ...unmoved } = told;
  const state = isReassigned || told.reassigned === undefined ? told : unmoved;
  const { offerId } = subjectOf(known, directory);
  const ticketVersion = (former?.version ?? 0) + 1;
  const { eventId, change, cause, contentDigest } = occasion;
  const addressees = recipientsOf({ ticket: known, decision: answer, directory, offerId });
  const response = responseNow({ former, known, queue: decision.queue, addressees, directory, offerId, now });
  const routed: TicketRouted = {
    ticketId: state.ticketId, ticketVersion, change, ...(cause === undefined ? {} : { cause: cause.type }), decidedAt: now, ticket: snapshotOf(known, occasion.comment, occasion.attachments), decision,
    previousQueue: former?.decision.queue ?? null, recipients: whoHears({ former, known, occasion, decision: answer, addressees }),
    acknowledgeBy: response?.acknowledgeBy ?? null, ...forSource({ former, known, occasion, decision: answer, directory, offerId }),
  };
  const attached = attachmentOf({ former, decision: answer, routed, offerId });
  return {
    ticket: { state, version: ticketVersion + attached.length, decision, decidedAt: now, ...(response === undefined ? {} : { response }), createdAt: former?.createdAt ?? now, updatedAt: now },
    record: { ticketId: state.ticketId, ticketVersion, eventId, change, ...(cause === undefined ? {} : { cause }), ...(contentDigest === undefined ? {} : { contentDigest }), decision, decidedAt: now },
    events: [eventOf('handoff.ticket.routed.v1', routed, occasion, now), ...attached.map((data) => eventOf('handoff.ticket.attached.v1', data, occasion, now))],
  };
}

export interface TicketQuestion {
  /** With the defaults of its source. */
  readonly known: TicketState;
  readonly directory: DirectorySlice;
  readonly times: Times;
  /** RFC 3339. */
  readonly now: string;
}

/** What the matrix answers about a ticket, and the decision that it becomes: with what only routing knows. `ask` is `decide`, or `explain` for the rows as well. */
export function answerTicket<A extends Decision>(ask: (facts: Facts) => A, { known, directory, times, now }: TicketQuestion): { readonly answer: A; readonly decision: A & PublishedDecision; readonly isReassigned: boolean } {
  const { answer: byRules, ownReasons: rulesReasons } = answerFor((ticket, slice) => ask(factsOf(questionOf(ticket, slice, times), now)), known, directory);
  const taker = standingTaker(known, directory, byRules);
  const attached = taker === null ? attachedByPerson(known, directory, times.receivedAt) : null;
  const answer = taker !== null ? handedTo(byRules, taker, { ticket: known, directory }) : attached === null ? byRules : { ...byRules, attachedTo: attached.id };
  const ownReasons = [...rulesReasons, ...(taker === null || known.reassigned === undefined ? [] : [reassignedReason(known.reassigned)]), ...attachmentReasons(known, attached)];
  return { answer, isReassigned: taker !== null, decision: { ...answer, reasons: [...answer.reasons, ...ownReasons, ...areaReasons(known)], areaBasis: known.areaBasis ?? null, gaps: gapsOf(known, directory, answer) } };
}

interface Answer<A> {
  readonly answer: A;
  readonly ownReasons: readonly Reason[];
}

/**
 * A subscription or a customer that contradicts its ticket is left out. Where the answer hangs on it, a person must say who is right; what would be
 * the same either way goes on.
 */
function answerFor<A extends Decision>(ask: (ticket: TicketState, directory: DirectorySlice) => A, known: TicketState, directory: DirectorySlice): Answer<A> {
  const followed = ask(known, directory);
  const disputed = disputedSales(known, directory);
  const undisputed = disputed.at(-1)?.undisputed;
  if (undisputed === undefined) return { answer: followed, ownReasons: [] };
  const answer = ask(undisputed.ticket, undisputed.directory);
  const ownReasons = disputed.map(({ code, key, ticketSays }) => ({
    code, text: gapText(code, { key, other: ticketSays, ticket: known }).reason, source: 'Handoff default, where the guidance is silent',
  }));
  return { answer: followed.queue === 'triage' || !isOtherDecision(followed, answer) ? answer : { ...answer, queue: 'unassigned' }, ownReasons };
}

interface Hearing {
  readonly former: Ticket | null;
  readonly known: TicketState;
  readonly occasion: Occasion;
  readonly decision: Decision;
  /** All whom the decision is for. */
  readonly addressees: readonly Recipient[];
}

/** News follows the ticket to whoever acts; those who are only informed hear again when the decision is another one. */
function whoHears({ former, known, occasion, decision, addressees }: Hearing): readonly Recipient[] {
  const isOther = former === null || isOtherDecision(former.decision, decision);
  if (!isOther && occasion.hears !== undefined) return addressees.filter(occasion.hears);
  if (!isOther && !occasion.isNews(known)) return [];
  return addressees.filter(({ purpose, destination }) => (isOther || purpose !== 'inform') && destination !== occasion.heardFrom);
}

interface TellingSource {
  readonly former: Ticket | null;
  readonly known: TicketState;
  readonly occasion: Occasion;
  readonly decision: Decision;
  readonly directory: DirectorySlice;
  readonly offerId: string | null;
}

/** The system that a ticket came from hears of another decision, and of what a contact wrote; its own news it knows. */
function forSource({ former, known, occasion, decision, directory, offerId }: TellingSource): Pick<TicketRouted, 'forSource'> {
  if (former !== null && occasion.heardFrom === undefined && !isOtherDecision(former.decision, decision)) return {};
  return { forSource: sourceReaderOf({ ticket: known, decision, directory, offerId }) };
}

interface Answering {
  readonly former: Ticket | null;
  readonly known: TicketState;
  readonly queue: string;
  readonly addressees: readonly Recipient[];
  readonly directory: DirectorySlice;
  readonly offerId: string | null;
  readonly now: string;
}

/** Who is waited for now, and until when. */
function responseNow({ former, known, queue, addressees, directory, offerId, now }: Answering): Response | undefined {
  const asked = addressees.filter(({ purpose }) => purpose !== 'inform').map(({ destination }) => destination);
  return responseAfter({
    former: former === null ? null : { response: former.response, isClosed: former.state.isClosed, queue: former.decision.queue },
    isClosed: known.isClosed, queue, asked, mode: modeOf(asked, directory), target: targetOf({ ticket: known, offerId, asked, directory }), calendars: directory.calendars, now,
  });
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

export function snapshotOf(state: TicketState, comment: TicketSnapshot['comment'], attachments: TicketSnapshot['attachments'] = []): TicketSnapshot {
  const told = Object.fromEntries(SNAPSHOT_FIELDS.map((field) => [field, state[field] ?? null])) as Pick<TicketSnapshot, (typeof SNAPSHOT_FIELDS)[number]>;
  return {
    ...told, source: state.source, externalId: state.externalId, externalUrl: state.externalUrl,
    subject: state.subject ?? '(no subject)', asker: state.asker ?? 'customer', ...(state.language == null ? {} : { language: state.language }), ...serviceRequestOf(state), comment, ...(attachments.length === 0 ? {} : { attachments }),
  };
}

function serviceRequestOf({ serviceRequest }: TicketState): Pick<TicketSnapshot, 'serviceRequest'> {
  return serviceRequest === undefined ? {} : { serviceRequest: { number: serviceRequest.number, status: serviceRequest.status } };
}

const SNAPSHOT_FIELDS = ['description', 'status', 'area', 'severity', 'requesterName', 'offerId', 'customerId', 'subscriptionId'] as const;

type OwnType = 'handoff.ticket.routed.v1' | 'handoff.ticket.attached.v1';

/** The id follows from what caused it: whoever routes that again says the same again. */
function eventOf<T extends OwnType>(type: T, data: EventOf<T>['data'], { eventId, traceparent }: Occasion, now: string): HandoffEvent {
  return { id: nameBasedId(type, eventId), type, source: '/handoff/routing', subject: data.ticketId, time: now, traceparent, data } as HandoffEvent;
}
