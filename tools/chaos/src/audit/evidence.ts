import type { FaultWindow } from '../plan/fault.js';

/** A webhook that was answered with 202. */
export interface Accepted {
  /** As its system names it; repeats have the same. */
  readonly deliveryId: string;
  readonly source: string;
  readonly ticketId: string;
  /** `null`: it was answered 202 and named no event, as one that is parked. */
  readonly eventId: string | null;
  /** When its answer came. */
  readonly atMs: number;
  /** Sent at the same time as another of its ticket: either order is right. */
  readonly isUnordered: boolean;
}

/** An event in a topic. */
export interface Published {
  readonly id: string;
  readonly ticketId: string;
  /** A digest of what it says. */
  readonly digest: string;
}

export interface RoutedEvent extends Published {
  readonly ticketVersion: number;
  /** Whom it asks to be told, each once. */
  readonly destinations: readonly string[];
}

export interface Decision {
  readonly ticketId: string;
  readonly ticketVersion: number;
  /** The received event that it was made of. */
  readonly eventId: string;
}

export interface StoredNotification {
  readonly id: string;
  readonly ticketId: string;
  readonly ticketVersion: number;
  readonly destination: string;
  readonly state: 'pending' | 'delivered' | 'failed' | 'suppressed';
  readonly code: string | null;
  /** It was sent though an earlier one of its ticket waits for longer than order is kept. */
  readonly overtakes: boolean;
}

/** What came to the contact's system. */
export interface Arrival {
  readonly id: string;
  readonly destination: string;
  readonly ticketId: string;
  readonly ticketVersion: number;
  readonly digest: string;
  readonly atMs: number;
  readonly isGenuine: boolean;
}

/** An event that a service set aside, or a person settled since. */
export interface SetAside {
  readonly service: string;
  /** `topic/partition/offset` of the record. */
  readonly place: string;
  readonly eventId: string | null;
  readonly state: 'retrying' | 'waiting' | 'dead' | 'retried' | 'discarded';
  readonly code: string;
  readonly detail: string;
}

/** A record that the run itself put between the others, to be set aside. */
export interface Poison {
  readonly place: string;
  readonly eventId: string | null;
}

/** Everything that was sent, stored and received in a run, after it settled. */
export interface Evidence {
  readonly accepted: readonly Accepted[];
  /** `handoff.intake`, `handoff.routing` and `handoff.notifications` in the order of their partitions; an event that was published again is there again. */
  readonly received: readonly Published[];
  readonly routed: readonly RoutedEvent[];
  readonly notified: readonly (Published & { readonly notificationId: string; readonly type: string })[];
  readonly decisions: readonly Decision[];
  readonly notifications: readonly StoredNotification[];
  readonly arrivals: readonly Arrival[];
  readonly setAside: readonly SetAside[];
  readonly poisons: readonly Poison[];
  readonly faults: readonly FaultWindow[];
  /** What still waits where nothing should: rows by table. */
  readonly leftovers: Readonly<Record<string, number>>;
}
