import type { Transaction } from '@handoff/messaging';
import type { Notification } from '../notification/notification.js';

export interface Used {
  readonly at: Date;
  /** To whom the message went, as far as is known. */
  readonly by: string | null;
  /** Of the one that was opened at Microsoft; `null`: none was named. */
  readonly serviceRequestNumber: string | null;
}

/** A message that asked somebody to act, and whether its link was used. */
export interface LinkedNotification {
  readonly notification: Notification;
  readonly subjectLine: string;
  /** BCP 47, of the contact or else the ticket, where it is known. */
  readonly language: string | null;
  readonly createdAt: Date;
  readonly used: Used | null;
}

export interface AcknowledgementStore {
  find(tx: Transaction, notificationId: string): Promise<LinkedNotification | null>;
  /** Notes that the link was used. False: it was used before. */
  use(tx: Transaction, notificationId: string, used: Used): Promise<boolean>;
  /** Adds the number of a service request to a link that was used without one. False: it has one, or was not used. */
  addServiceRequest(tx: Transaction, notificationId: string, number: string): Promise<boolean>;
}
