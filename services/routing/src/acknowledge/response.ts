import type { EscalationStep, Instant } from '@handoff/contracts';

export const ACKNOWLEDGEMENT_MODES = ['first', 'all'] as const;
/** Of several who are asked: whether the first to acknowledge is enough, or all must. */
export type AcknowledgementMode = (typeof ACKNOWLEDGEMENT_MODES)[number];

/** The response target that holds for a ticket. */
export interface TicketTarget {
  readonly minutes: number;
  /** The calendar whose hours count; `null`: every minute counts. */
  readonly calendarId: string | null;
}

export interface Acknowledgement {
  /** The destination for which it was said; `null`: for all. */
  readonly party: string | null;
  readonly by: string | null;
  readonly at: Instant;
  /** As `api`, `link` or `reply`. */
  readonly via: string;
}

/** A step that was taken because nobody had acknowledged. */
export interface TakenStep {
  readonly step: EscalationStep;
  readonly at: Instant;
  /** Who was asked by it. */
  readonly destinations: readonly string[];
}

/** Who is asked to acknowledge a ticket, by when, who did, and what comes next. */
export interface Response {
  /** Destinations whose turn it is by the decision. */
  readonly asked: readonly string[];
  readonly mode: AcknowledgementMode;
  /** When it became their turn. */
  readonly since: Instant;
  readonly target: TicketTarget | null;
  readonly acknowledgeBy: Instant | null;
  readonly acknowledgements: readonly Acknowledgement[];
  /** When nobody was waited for any more. */
  readonly acknowledgedAt: Instant | null;
  readonly steps: readonly TakenStep[];
  /** What the ticket's timer is set for. */
  readonly next: { readonly kind: 'reminder' | 'escalation'; readonly at: Instant } | null;
  /** Since when the target is missed and nobody has acknowledged. */
  readonly overdueSince: Instant | null;
}
