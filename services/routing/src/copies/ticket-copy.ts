import type { EventOf } from '@handoff/contracts';

/** A ticket that Handoff opened in a contact's own system, as its webhooks name it. */
export interface TicketCopy {
  /** The ticket's id, as intake makes it of the source and the id there. */
  readonly copyId: string;
  /** The ticket that it stands for. */
  readonly ticketId: string;
  /** Whose system it is in, as `isv/contoso`. */
  readonly destination: string;
  /** The message that it was told by last. */
  readonly notificationId: string;
  /** As `zendesk`. */
  readonly system: string;
}

export type Received = EventOf<'handoff.ticket.received.v1'>;

/** What is held of a copy that is not known within this time is about no ticket of ours. */
export const HELD_HOURS_MAX = 24;
/** More are not held; the oldest go first. */
export const HELD_EVENTS_MAX = 10_000;
