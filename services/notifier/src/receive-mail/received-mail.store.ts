import type { Transaction } from '@handoff/messaging';
import type { Letter } from '../letters/letter.js';
import type { Notification, State, Told } from '../notification/notification.js';
import type { ReceivedMail } from './received-mail.js';

/** A message that a mail came back to. */
export interface AnsweredNotification {
  readonly notification: Notification;
  readonly state: State;
  /** A process sends it at this moment, or records that it did. */
  readonly isInHand: boolean;
  readonly attempts: number;
  readonly told: Told | Letter;
  /** Mails that came back to it so far. */
  readonly mails: number;
}

export interface ReceivedMailFilter {
  readonly notificationId: string | null;
  readonly ticketId: string | null;
  readonly cursor: string | null;
  readonly limit: number;
}

export interface ReceivedMailStore {
  /** Locked until the transaction ends, so that two mails to one message come one after the other. */
  lock(tx: Transaction, notificationId: string): Promise<AnsweredNotification | null>;
  has(tx: Transaction, mailId: string): Promise<boolean>;
  add(tx: Transaction, mail: ReceivedMail): Promise<void>;
  /** A delivered notification did not arrive after all. */
  fail(tx: Transaction, notificationId: string, failure: { readonly code: string; readonly detail: string; readonly at: Date }): Promise<void>;
  /** The latest first. */
  list(filter: ReceivedMailFilter): Promise<{ readonly items: readonly ReceivedMail[]; readonly next: string | null }>;
}
