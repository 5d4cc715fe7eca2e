import type { Decision as PublishedDecision, Recipient } from '@handoff/contracts';
import type { CompiledMatrix } from '@handoff/matrix';
import type { DirectorySlice } from '../directory/directory.js';
import { withDefaults } from '../tickets/merge-ticket.decision.js';
import type { DecisionCause, Ticket, TicketState } from '../tickets/ticket.js';
import { isOtherDecision } from './recipients.decision.js';
import { decideTicket, type Routed } from './route-ticket.decision.js';

/** Why a ticket is routed again although its source told nothing. */
export interface RerouteCause extends DecisionCause {
  /** The same each time for the same cause: the ids of what is said about it follow from it. */
  readonly eventId: string;
  /** When it happened, RFC 3339. */
  readonly at: string;
  readonly traceparent?: string | null;
  /** Who hears of it where the answer is the same as before; absent: whoever acts, where it is news to them. */
  readonly hears?: (addressee: Recipient) => boolean;
}

export interface ReroutingFacts {
  /** As it is stored. */
  readonly ticket: Ticket;
  /** What is known of it now, where that changed. */
  readonly state?: TicketState;
  readonly cause: RerouteCause;
  readonly directory: DirectorySlice;
  readonly matrix: CompiledMatrix;
  /** RFC 3339. */
  readonly now: string;
}

/**
 * Decides a ticket again by what is known now. Agreements are judged by the time of the ticket's newest event, outages also by the
 * time of the cause. Who only is informed hears of it when the decision is another one, whoever acts also when the area is.
 */
export function rerouteTicket({ ticket, state = ticket.state, cause, directory, matrix, now }: ReroutingFacts): Routed {
  const { eventId, at, traceparent = null, hears, ...kept } = cause;
  return decideTicket({
    former: ticket, state, directory, matrix, now,
    occasion: {
      eventId, traceparent, change: 'updated', cause: kept, comment: null, ...(hears === undefined ? {} : { hears }), times: { occurredAt: state.occurredAt, receivedAt: at },
      isNews: (known) => (withDefaults(ticket.state).area ?? null) !== (known.area ?? null) || isReachableNow(ticket, directory),
    },
  });
}

/** Whether a decision by what the directory knows now says anything that the former one did not: another answer, or other gaps. */
export function saysOther(former: PublishedDecision, current: PublishedDecision): boolean {
  const gaps = (decision: PublishedDecision): string => JSON.stringify((decision.gaps ?? []).map(({ code, kind, key }) => [code, kind, key]));
  return isOtherDecision(former, current) || gaps(former) !== gaps(current);
}

/** Whoever could not be told before, because the directory had no address, hears of the ticket now. */
function isReachableNow({ decision }: Ticket, { partners, publishers }: DirectorySlice): boolean {
  return (decision.gaps ?? []).some(({ code, key }) => {
    if (code === 'publisher-unknown') return publishers.has(key);
    return (code === 'partner-unknown' || code === 'partner-without-contact') && partners.get(key)?.contacts['default'] !== undefined;
  });
}
