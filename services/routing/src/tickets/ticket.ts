import type { Area, Asker, Change, Cloud, Decision, Instant, Severity } from '@handoff/contracts';

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

/** All that was told about a ticket so far. */
export interface TicketState extends TicketFacts {
  readonly ticketId: string;
  readonly source: string;
  readonly sourceParty: string | null;
  readonly externalId: string;
  readonly externalUrl: string | null;
  /** What holds for its source's tickets as long as nobody told otherwise. Kept apart: what is told late must still win. */
  readonly defaults?: TicketFacts | undefined;
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
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/** One decision as it was taken, kept for ever. */
export interface DecisionRecord {
  readonly ticketId: string;
  readonly ticketVersion: number;
  /** The event that led to it. */
  readonly eventId: string;
  readonly change: Change;
  readonly decision: Decision;
  readonly decidedAt: Instant;
}
