import type { Decision, Recipient, SourceReader, TicketSnapshot } from './decision.js';
import type { Instant } from './vocabulary.js';

/** `handoff.ticket.acknowledged.v1`: somebody said that it works on the ticket. */
export interface TicketAcknowledged {
  readonly ticketId: string;
  readonly ticketVersion: number;
  readonly acknowledgedAt: Instant;
  /** Who said it, as far as is known. */
  readonly by: string | null;
  /** The destination for which it was said, as `isv/contoso`; `null`: for all who were asked. */
  readonly party: string | null;
  /** How: `api`, `link`, `reply` or `slack`. The list is open. */
  readonly via: string;
  /** Nobody is waited for any more. False where all must acknowledge and some have not. */
  readonly isComplete: boolean;
  /** The service request at Microsoft that was opened for it; absent where none was named. */
  readonly serviceRequestNumber?: string;
  /** As they are now. These three go together, and are absent from events of before they were kept. */
  readonly ticket?: TicketSnapshot;
  readonly decision?: Decision;
  readonly forSource?: SourceReader;
}

/** `handoff.ticket.reassigned.v1`: a person moved a ticket; the decision that follows tells whom it is sent to. */
export interface TicketReassigned {
  readonly ticketId: string;
  readonly ticketVersion: number;
  readonly reassignedAt: Instant;
  /** The queue that it was in. */
  readonly from: string;
  /** Whom the person named: `partner/2002`, `isv/contoso` or `microsoft`. */
  readonly to: string;
  /** The queue that it is in now; towards Microsoft that of the partner who hands over. */
  readonly queue: string;
  readonly by: string | null;
  /** In the person's words. */
  readonly reason: string;
}

/** `handoff.ticket.resolved.v1`: who works on the ticket, or a person, said that it is done. */
export interface TicketResolved {
  readonly ticketId: string;
  readonly ticketVersion: number;
  readonly resolvedAt: Instant;
  /** Who said it, as far as is known. */
  readonly by: string | null;
  /** The destination for which it was said, as `isv/contoso`; `null`: a person said it for all. */
  readonly party: string | null;
  /** How: `api`, or the ticketing system of the contact, as `zendesk`. The list is open. */
  readonly via: string;
  readonly note: string | null;
  readonly ticket: TicketSnapshot;
  readonly decision: Decision;
  /** Who hears of it: whoever acts, without the party that said it. */
  readonly recipients: readonly Recipient[];
  readonly forSource: SourceReader;
}

export const ESCALATION_STEPS = ['reminder', 'next-party', 'accountable', 'operations'] as const;
/**
 * `reminder`: those who were asked are asked again, before the target. `next-party`: the next of the decision's escalation.
 * `accountable`: the partner that answers to the customer. `operations`: nobody is left, and the ticket stays visible as overdue.
 */
export type EscalationStep = (typeof ESCALATION_STEPS)[number];

/** `handoff.ticket.escalated.v1`: a ticket was not acknowledged, and others are asked, or the same again. */
export interface TicketEscalated {
  readonly ticketId: string;
  readonly ticketVersion: number;
  readonly step: EscalationStep;
  readonly escalatedAt: Instant;
  /** The target that the ticket has, missed or about to be. */
  readonly acknowledgeBy: Instant;
  /** When the next step is due; `null` after the last. */
  readonly nextStepAt: Instant | null;
  readonly ticket: TicketSnapshot;
  readonly decision: Decision;
  readonly recipients: readonly Recipient[];
  /** As in the routed event; absent for a reminder. */
  readonly forSource?: SourceReader;
}
