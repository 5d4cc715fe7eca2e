import type { Area, Instant, Party, Severity } from '@handoff/contracts';

export const TICKET_STATES = ['received', 'waiting', 'escalated', 'acknowledged', 'closed'] as const;
/**
 * `received`: not decided yet. `waiting`: it lies in its queue. `escalated`: the same, and somebody was reminded or others were asked.
 * `acknowledged`: nobody is waited for any more. `closed`: its own system closed it.
 */
export type ShownState = (typeof TICKET_STATES)[number];

/** What is shown of a ticket, whoever told it. */
export interface TicketFacts {
  readonly source: string;
  readonly externalId: string;
  readonly externalUrl: string | null;
  readonly subject: string | null;
  readonly severity: Severity | null;
  readonly area: Area | null;
  readonly offerId: string | null;
  readonly customerId: string | null;
}

/** What the ticket's own system told, as intake passed it on. It counts until the ticket is decided. */
export interface ToldPart {
  /** A fact that is absent was never told. */
  readonly facts: Pick<TicketFacts, 'source' | 'externalId' | 'externalUrl'> & Partial<TicketFacts>;
  readonly isClosed: boolean;
  /** When we heard of the ticket first. */
  readonly receivedAt: Instant;
  /** The newest event by the time of its source. */
  readonly newest: Stamp;
}

/** When something was said, and by which event: of two of one moment the greater id counts as the later. */
export interface Stamp {
  readonly at: Instant;
  readonly eventId: string;
}

/** What routing said last. */
export interface RoutedPart {
  readonly version: number;
  readonly facts: TicketFacts;
  readonly queue: string;
  readonly responsible: Party | null;
  /** Parties that the decision names, as `partner/1001` or `isv/contoso`. */
  readonly partners: readonly string[];
  /** Destinations whose turn it is by the decision. */
  readonly asked: readonly string[];
  readonly decidedAt: Instant;
  /** Of its first decision. */
  readonly firstDecidedAt: Instant;
  readonly acknowledgeBy: Instant | null;
  readonly acknowledged: { readonly at: Instant; readonly by: string | null; readonly party: string | null } | null;
  /** How its first wait ended, and the response target of that moment; later hands change nothing of it. `null`: it lasts. */
  readonly answered: { readonly by: 'acknowledged' | 'closed'; readonly at: Instant; readonly targetAt: Instant | null } | null;
  readonly escalated: { readonly step: string; readonly at: Instant; readonly nextStepAt: Instant | null; readonly destinations: readonly string[] } | null;
  /** The outage that it belongs to. */
  readonly attachedTo: string | null;
  readonly isClosed: boolean;
  /** `null`: it is open. */
  readonly closedAt: Instant | null;
}

/**
 * A ticket in the read model. Each part follows from the events of one topic alone, whose order is kept for a ticket; so the row is
 * the same in whatever order the topics arrive.
 */
export interface TicketRow {
  readonly ticketId: string;
  readonly told: ToldPart | null;
  readonly routed: RoutedPart | null;
  /** Messages about it that failed or are held back. */
  readonly undelivered: number;
  /** When a message about it was delivered first; `null`: none was yet. */
  readonly deliveredAt: Instant | null;
  /** Time of the latest event about it. */
  readonly changedAt: Instant;
}
