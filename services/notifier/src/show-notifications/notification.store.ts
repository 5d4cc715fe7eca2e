import { CHANNEL_DISABLED } from '../notification/notification.js';
import type { Attempt, MessageFacts, Notification, State, Target } from '../notification/notification.js';

/** A notification as operations see it. */
export interface NotificationRecord extends Notification {
  readonly state: State;
  readonly code: string | null;
  readonly detail: string | null;
  readonly receipt: string | null;
  /** It was sent while an earlier one of its ticket and address still waited for a retry. */
  readonly overtakes: boolean;
  /** The suppression that holds it, or held it last. */
  readonly suppressionId: string | null;
  /** The message that tells it together with others. */
  readonly summaryId: string | null;
  readonly nextAttemptAt: string | null;
  /** Attempts by schedule that are still to come. */
  readonly attemptsLeft: number;
  readonly createdAt: string;
  readonly finishedAt: string | null;
  readonly attempts: readonly Attempt[];
}

/** Notifications that are undelivered for one reason, by one channel to one destination. Times in RFC 3339. */
export interface NotificationCause {
  readonly state: State;
  /** Of the last error. */
  readonly code: string;
  readonly channel: Target['channel'];
  readonly destination: string;
  readonly notifications: number;
  /** Of the one that was planned last. */
  readonly detail: string | null;
  /** When the first and the last of them was planned. */
  readonly firstAt: string;
  readonly lastAt: string;
  /** The next attempt at any of them; `null`: none is to come. */
  readonly nextAttemptAt: string | null;
  /** Whether a retry by hand sends them again. */
  readonly isResendable: boolean;
}

export interface NotificationFilter {
  readonly ticketId: string | null;
  readonly state: State | null;
  /** Those that wait, that were given up, that a suppression holds, and that were not sent because their channel was disabled. */
  readonly undelivered?: boolean;
  readonly destination?: string | null | undefined;
  readonly suppressionId?: string | null | undefined;
  /** Of the last error. */
  readonly code?: string | null | undefined;
  /** Delivered, given up or left out since then. */
  readonly finishedSince?: Date | null | undefined;
  readonly cursor: string | null;
  readonly limit: number;
}

/** Codes of suppressed ones that are to be delivered yet, or could be. */
export const UNDELIVERED_CODES = [CHANNEL_DISABLED, 'held', 'summarised'] as const;

/** Whether it is to be delivered yet, or could be. */
export function isUndelivered({ state, code }: Pick<NotificationRecord, 'state' | 'code'>): boolean {
  return state === 'pending' || state === 'failed' || (state === 'suppressed' && UNDELIVERED_CODES.some((known) => known === code));
}

/** One that was given up, or was not sent because its channel was disabled, can be sent again. */
export function isResendable({ state, code }: Pick<NotificationRecord, 'state' | 'code'>): boolean {
  return state === 'failed' || (state === 'suppressed' && code === CHANNEL_DISABLED);
}

/** What is asked of the notifications that were planned. */
export interface NotificationStore {
  /** The latest planned first. `next` is the cursor of the page after; `null`: this is the last. */
  list(filter: NotificationFilter): Promise<{ readonly items: readonly NotificationRecord[]; readonly next: string | null }>;
  /** What is undelivered after an error or is kept back, given up from `since` on if it is given, the most frequent first. */
  causes(since: Date | null): Promise<readonly NotificationCause[]>;
  get(notificationId: string): Promise<NotificationRecord | null>;
  /** `null`: there is no such notification. */
  messageFacts(notificationId: string): Promise<MessageFacts | null>;
  /** Makes one due at once that failed or whose channel was disabled, by this target, with the schedule begun anew. `false`: it is neither. */
  retry(notificationId: string, target: Target, now: Date): Promise<boolean>;
}
