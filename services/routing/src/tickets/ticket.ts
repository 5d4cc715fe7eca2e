import type { Area, AreaBasis, Asker, Change, Cloud, Decision, Instant, ServiceRequestRef, Severity } from '@handoff/contracts';
import type { Response } from '../acknowledge/response.js';

export interface Comment {
  readonly author: string | null;
  readonly body: string;
  readonly isPublic: boolean;
}

/** What a source can tell about a ticket; `undefined` was never told. */
export interface TicketFacts {
  readonly subject?: string | undefined;
  readonly description?: string | null | undefined;
  readonly status?: string | null | undefined;
  readonly area?: Area | null | undefined;
  /** Who said the area. */
  readonly areaBasis?: AreaBasis | null | undefined;
  readonly severity?: Severity | null | undefined;
  readonly asker?: Asker | undefined;
  readonly requesterName?: string | null | undefined;
  readonly offerId?: string | null | undefined;
  readonly customerId?: string | null | undefined;
  readonly subscriptionId?: string | null | undefined;
  readonly cloud?: Cloud | null | undefined;
  readonly country?: string | null | undefined;
  readonly language?: string | null | undefined;
}

/** What a person said the ticket is about. */
export interface PersonsWord {
  readonly area: Area;
  /** `null`: whoever it was did not say. */
  readonly by: string | null;
  readonly at: Instant;
  readonly note: string | null;
  /** What the source had told by then; telling the same again is no answer to the person. */
  readonly over: Area | null;
}

/** What the words of the ticket say it is about. */
export interface WordsSay {
  readonly area: Area;
  /** 0 to 1. */
  readonly confidence: number;
  readonly words: readonly string[];
  /** BCP 47. */
  readonly language: string;
}

/** The service request at Microsoft that somebody opened for the ticket. */
export interface TicketServiceRequest extends ServiceRequestRef {
  /** The destination of whoever opened it; `null` where that is not known. */
  readonly party: string | null;
  readonly by: string | null;
  /** When its number was told. */
  readonly at: Instant;
  /** When Microsoft last changed it; `null`: nobody has read it yet. */
  readonly changedAt: Instant | null;
}

/** Where a person wants a ticket to be. */
export interface Reassignment {
  /** As `partner/2002`, `isv/contoso` or `microsoft`. */
  readonly to: string;
  /** `null`: whoever it was did not say. */
  readonly by: string | null;
  readonly at: Instant;
  readonly reason: string;
  /** What the rules answered by then (`rulesSay`); the word stands while they answer the same. */
  readonly over: string;
}

/** What a person said of a ticket and an outage. */
export interface NoticeWord {
  readonly noticeId: string;
  /** Of the outage; the directory is asked by it. */
  readonly offerId: string;
  /** `false`: it does not belong to it, whatever the rules say. */
  readonly isAttached: boolean;
  /** `null`: whoever it was did not say. */
  readonly by: string | null;
  readonly at: Instant;
  readonly reason: string;
}

/** All that was told about a ticket so far. */
export interface TicketState extends TicketFacts {
  readonly ticketId: string;
  readonly source: string;
  readonly sourceParty: string | null;
  readonly externalId: string;
  readonly externalUrl: string | null;
  /** What holds for its source's tickets as long as nobody told otherwise. Kept apart: what is told late must still win. */
  readonly defaults?: TicketFacts | undefined;
  readonly personsWord?: PersonsWord | undefined;
  /** Only while nobody has named the area. */
  readonly wordsSay?: WordsSay | undefined;
  readonly serviceRequest?: TicketServiceRequest | undefined;
  readonly reassigned?: Reassignment | undefined;
  readonly noticeWord?: NoticeWord | undefined;
  readonly isClosed: boolean;
  /** When the newest of what we know happened in the source. */
  readonly occurredAt: Instant;
}

/** A ticket as it is stored. */
export interface Ticket {
  readonly state: TicketState;
  /** Rises by one with each event that routing publishes about the ticket. */
  readonly version: number;
  readonly decision: Decision;
  readonly decidedAt: Instant;
  /** Who is asked to acknowledge it, and who did; absent where nobody was asked. */
  readonly response?: Response | undefined;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/** What led to a decision that no event of the source led to. */
export interface DecisionCause {
  /** As `classified`. */
  readonly type: string;
  readonly by?: string | null;
  readonly note?: string | null;
}

/** What a contact wrote in answer to a message about the ticket. */
export interface TicketReply {
  readonly ticketId: string;
  readonly eventId: string;
  readonly notificationId: string;
  /** The destination that the message went to, as `isv/contoso`. */
  readonly party: string;
  readonly channel: string;
  readonly by: string | null;
  readonly at: Instant;
  readonly text: string;
  /** More was written, or attached, than is kept. */
  readonly isCut: boolean;
  /** By name only. */
  readonly attachments: readonly { readonly name: string; readonly contentType: string; readonly bytes: number }[];
}

/** One decision as it was taken, kept for ever. */
export interface DecisionRecord {
  readonly ticketId: string;
  readonly ticketVersion: number;
  /** The event that led to it. */
  readonly eventId: string;
  readonly change: Change;
  /** Of what its sender told, where the event that led to it has one. */
  readonly contentDigest?: string;
  /** Absent where an event of the source led to it. */
  readonly cause?: DecisionCause;
  readonly decision: Decision;
  readonly decidedAt: Instant;
}
