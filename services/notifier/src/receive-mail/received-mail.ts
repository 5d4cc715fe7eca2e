import type { ReplyText } from './reply.decision.js';

export const RECEIVED_KINDS = ['reply', 'automatic', 'bounce', 'delay', 'unclear'] as const;
/**
 * `reply`: a person answered. `automatic`: a program did. `bounce`: a mail server gave the message up. `delay`: it reports something else,
 * as that it is late. `unclear`: it came where reports go, and is none that can be read.
 */
export type ReceivedKind = (typeof RECEIVED_KINDS)[number];

export const RECEIVED_OUTCOMES = ['acknowledged', 'failed', 'noted'] as const;
/** `acknowledged`: the ticket was. `failed`: the notification became failed. `noted`: it changed nothing; `detail` says why. */
export type ReceivedOutcome = (typeof RECEIVED_OUTCOMES)[number];

/** A mail that came back to a message, and what it did. */
export interface ReceivedMail extends ReplyText {
  readonly mailId: string;
  readonly notificationId: string;
  readonly ticketId: string;
  /** RFC 3339. */
  readonly receivedAt: string;
  readonly kind: ReceivedKind;
  readonly outcome: ReceivedOutcome;
  /** A sentence. */
  readonly detail: string;
  /** By its own words; `null`: it named none. */
  readonly sender: string | null;
  readonly subject: string;
}
