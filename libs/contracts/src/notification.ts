import type { Instant } from './vocabulary.js';

interface NotificationFact {
  readonly ticketId: string;
  readonly ticketVersion: number;
  readonly notificationId: string;
  readonly channel: string;
  readonly destination: string;
  readonly purpose: string;
  /** Attempts made so far, this one included. */
  readonly attempts: number;
}

/** `handoff.notification.delivered.v1`: the contact's system took the message. */
export interface NotificationDelivered extends NotificationFact {
  readonly deliveredAt: Instant;
  /** What proves it, as the SMTP answer or the HTTP status. */
  readonly receipt: string;
  /** Absent unless the message became a ticket, or news of one, in the contact's own system. */
  readonly foreignTicket?: ForeignTicketRef;
}

/** A ticket in a contact's own ticketing system, which a channel opened there. */
export interface ForeignTicketRef {
  readonly channelId: string;
  /** As `zendesk`. */
  readonly system: string;
  /** As the system's interface names it. */
  readonly id: string;
  /** As people name it, where that is another than the id. */
  readonly number: string | null;
  /** Where people open it. */
  readonly url: string | null;
  /** Through which source news of it comes back, and by which ids intake may name it. Absent where its channel names no source. */
  readonly news?: { readonly source: string; readonly externalIds: readonly string[] };
}

/** `handoff.notification.failed.v1`: the message was given up; it can be sent again by hand. */
export interface NotificationFailed extends NotificationFact {
  readonly failedAt: Instant;
  /** Stable code of the last error, as `rejected` or `unreachable`. */
  readonly code: string;
  readonly detail: string;
}

/** `handoff.notification.suppressed.v1`: the message is not sent, or not yet. */
export interface NotificationSuppressed extends NotificationFact {
  readonly suppressedAt: Instant;
  /**
   * Why. `held`: a suppression keeps it back, and it is told when that ends. `superseded`: a newer version of the ticket was told.
   * The list is open.
   */
  readonly code: string;
  readonly detail: string;
  /** The suppression that holds it; `null` where it is another reason. */
  readonly suppressionId: string | null;
  /** When that suppression is to end. */
  readonly heldUntil: Instant | null;
}

/** `handoff.notification.replied.v1`: somebody answered a message in writing, as by mail. */
export interface NotificationReplied {
  readonly ticketId: string;
  readonly ticketVersion: number;
  readonly notificationId: string;
  readonly channel: string;
  readonly destination: string;
  readonly repliedAt: Instant;
  /** Who wrote it, by its own words: a name with an address. */
  readonly by: string | null;
  /** Without what was quoted. */
  readonly text: string;
  /** More was written, or attached, than is told. */
  readonly isCut: boolean;
  /** What was attached; its content is not kept. */
  readonly attachments: readonly { readonly name: string; readonly contentType: string; readonly bytes: number }[];
}

/** `handoff.notification.acknowledged.v1`: its contact said, by the message, that it works on the ticket. */
export interface NotificationAcknowledged {
  readonly ticketId: string;
  readonly ticketVersion: number;
  readonly notificationId: string;
  readonly channel: string;
  readonly destination: string;
  readonly acknowledgedAt: Instant;
  /** To whom the message went, or who answered it: a name or an address. */
  readonly by: string | null;
  /** How: `link`, `reply` or `slack`; absent: by the link. The list is open. */
  readonly via?: string;
  /** The service request at Microsoft that was opened for the ticket; absent where none was named. */
  readonly serviceRequestNumber?: string;
}
