import type { ServiceRequestStatus } from '@handoff/contracts';
import type { Transaction } from '@handoff/messaging';

/** One service request of one partner. */
export interface ServiceRequestKey {
  /** Whose it is, as `partner/1001`. */
  readonly party: string;
  readonly number: string;
}

/** How a service request stands in Partner Center. */
export interface ServiceRequestStanding {
  readonly status: ServiceRequestStatus;
  /** RFC 3339; when Microsoft last changed it. */
  readonly changedAt: string;
}

/** An event that told of a service request. */
export interface ServiceRequestReading extends ServiceRequestKey {
  readonly eventId: string;
  /** The ticket that the request is by itself. */
  readonly ownTicketId: string;
  /** `null`: its status is none that we know. */
  readonly standing: ServiceRequestStanding | null;
}

/** Which tickets were handed over by which service requests, and how these stand. */
export interface ServiceRequestStore {
  /** Keeps the newest standing of each, and the tickets that it is followed for. In the order of `readings`, one list for each. */
  read(tx: Transaction, readings: readonly ServiceRequestReading[]): Promise<readonly (readonly string[])[]>;
  /** From now on the request is followed for the ticket, and no other one is. Answers how it stands, as far as was read. */
  follow(tx: Transaction, ticketId: string, key: ServiceRequestKey): Promise<ServiceRequestStanding | null>;
  /** Notes events that are news of other tickets alone: they have no decision of their own. */
  taken(tx: Transaction, readings: readonly ServiceRequestReading[]): Promise<void>;
}

export const SERVICE_REQUEST_STORE = Symbol('SERVICE_REQUEST_STORE');
