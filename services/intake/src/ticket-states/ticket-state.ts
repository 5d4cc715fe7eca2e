import type { Instant } from '@handoff/contracts';

/** That a ticket was told of, whole, in the state of this time. */
export interface TicketState {
  readonly source: string;
  readonly externalId: string;
  /** When it was last changed in its system. */
  readonly updatedAt: Instant;
}

export function isLater(one: Instant, other: Instant): boolean {
  return Date.parse(one) > Date.parse(other);
}
