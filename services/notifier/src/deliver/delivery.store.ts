import type { Transaction } from '@handoff/messaging';
import type { Letter } from '../letters/letter.js';
import type { Attempt, Delivery, Notification, Told, UnsentReason } from '../notification/notification.js';
import type { Standing } from '../watch-channels/standing.decision.js';
import type { Disposition } from './disposition.decision.js';

/** One attempt that was made, and what became of the notification by it. */
export interface AttemptResult {
  readonly delivery: Delivery;
  readonly attempt: Attempt;
  readonly disposition: Disposition;
  /** How its channel stood before; `null`: it went by no configured channel. */
  readonly standing: Standing | null;
}

/** A notification that was not sent after all: its reason came while it was in hand. */
export interface Withheld {
  readonly delivery: Delivery;
  /** RFC 3339. */
  readonly at: string;
  readonly reason: UnsentReason;
}

/** One that was told by a summary. */
export interface SummarisedNotification {
  readonly notification: Notification;
  readonly told: Told | Letter;
}

export type SendResult = AttemptResult | Withheld;

export interface ClaimRequest {
  readonly owner: string;
  readonly now: Date;
  readonly limit: number;
  /** How many of a lane at most; for those not named, `roomElse`. */
  readonly rooms: ReadonlyMap<string, number>;
  readonly roomElse: number;
  /** Of these nothing is wanted now. */
  readonly heldLanes: readonly string[];
}

/**
 * Notifications that are to be sent. One that a process has in hand belongs to it (`owner`) until its attempt is recorded;
 * at most one of a ticket and lane is in hand at a time.
 */
export interface DeliveryStore {
  /**
   * Takes in hand what is due and not in hand elsewhere. Of a ticket and lane the lowest version goes first; only one that waits
   * for longer than `ORDER_HOLD_MS_MAX` is passed, and the one that passes it is marked.
   */
  claim(request: ClaimRequest): Promise<readonly Delivery[]>;
  /** Lets go of what `owner` has in hand and will not send now; nothing else about it changes. */
  release(owner: string, notificationIds: readonly string[]): Promise<void>;
  /** Lets go of what processes that no longer live had in hand. Returns how many. */
  releaseDead(owner: string): Promise<number>;
  /** Lets go of what `owner` has in hand by the store but not by its own knowledge: the answer to a commit was lost. */
  releaseForgotten(owner: string, known: readonly string[], claimedBefore: Date): Promise<number>;
  /** Records attempts and new states. Returns the ids of those that were still in the hand of `owner`; of others nothing is kept. */
  record(tx: Transaction, owner: string, results: readonly SendResult[]): Promise<ReadonlySet<string>>;
  /** Notes that these are told by `summaryId`. Returns the ids of those that were in the hand of `owner`; they are no more. */
  summarise(tx: Transaction, owner: string, notificationIds: readonly string[], by: { readonly summaryId: string; readonly at: Date }): Promise<ReadonlySet<string>>;
  /** Of messages that were told together by these, makes delivered ones. Returns them. */
  recordSummarised(tx: Transaction, summaryIds: readonly string[], told: { readonly at: Date; readonly receipt: string }): Promise<readonly SummarisedNotification[]>;
  /** When the oldest pending notification was planned; `null`: none is pending. */
  oldestPending(): Promise<Date | null>;
}
