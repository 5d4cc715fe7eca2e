import type { Transaction } from '@handoff/messaging';
import type { Notification, UnsentReason } from '../notification/notification.js';

/** Since which version of a ticket nobody needs to be reminded, and why. */
export interface Answered extends UnsentReason {
  readonly ticketId: string;
  readonly version: number;
}

export interface SuppressedReminder extends UnsentReason {
  readonly notification: Notification;
  /** Attempts made before. */
  readonly attempts: number;
}

/** The messages of escalations, reminders among them, that are not needed once their ticket is answered. */
export interface ReminderStore {
  /** Keeps the answers, and suppresses what waits of earlier versions. What a process has in hand it must ask about before it sends it. */
  suppress(tx: Transaction, answered: readonly Answered[], at: Date): Promise<readonly SuppressedReminder[]>;
  /** Why a message of an escalation is not needed any more; `null`: it is. */
  reasonAgainst(notification: Pick<Notification, 'ticketId' | 'ticketVersion'>): Promise<UnsentReason | null>;
}
