import type { TicketAttached, TicketDetached, TicketRouted } from './decision.js';
import type { TicketAcknowledged, TicketEscalated, TicketReassigned, TicketResolved } from './escalation.js';
import type { HealthNoticeAffected, HealthNoticeTold } from './health-notice.js';
import type { NotificationAcknowledged, NotificationDelivered, NotificationFailed, NotificationReplied, NotificationSuppressed } from './notification.js';
import type { HealthNoticeReceived, TicketReceived } from './ticket.js';
import type { Instant } from './vocabulary.js';

/** The catalogue: every event type and its data. */
export interface EventCatalogue {
  'handoff.ticket.received.v1': TicketReceived;
  'handoff.health-notice.received.v1': HealthNoticeReceived;
  'handoff.health-notice.affected.v1': HealthNoticeAffected;
  'handoff.health-notice.told.v1': HealthNoticeTold;
  'handoff.ticket.routed.v1': TicketRouted;
  'handoff.ticket.attached.v1': TicketAttached;
  'handoff.ticket.detached.v1': TicketDetached;
  'handoff.ticket.acknowledged.v1': TicketAcknowledged;
  'handoff.ticket.escalated.v1': TicketEscalated;
  'handoff.ticket.reassigned.v1': TicketReassigned;
  'handoff.ticket.resolved.v1': TicketResolved;
  'handoff.notification.delivered.v1': NotificationDelivered;
  'handoff.notification.failed.v1': NotificationFailed;
  'handoff.notification.suppressed.v1': NotificationSuppressed;
  'handoff.notification.replied.v1': NotificationReplied;
  'handoff.notification.acknowledged.v1': NotificationAcknowledged;
}

export type EventType = keyof EventCatalogue;

/** One event: CloudEvents 1.0 attributes beside its data. */
export interface EventOf<T extends EventType> {
  readonly id: string;
  readonly type: T;
  /** The service that says it, as `/handoff/intake`. */
  readonly source: string;
  /** Key of the event in Kafka: the ticket id; for a publisher's health notice the offer id, and for what partners are told of it an id of notice and partner. */
  readonly subject: string;
  readonly time: Instant;
  /** W3C Trace Context. */
  readonly traceparent: string | null;
  /**
   * Digest of what its sender told under the key that the id follows from. Another digest under the same id is another
   * event under a key that was used before. Absent where the key does not come from a sender.
   */
  readonly contentDigest?: string;
  readonly data: EventCatalogue[T];
}

export type HandoffEvent = { [T in EventType]: EventOf<T> }[EventType];
