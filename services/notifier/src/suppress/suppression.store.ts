import type { Transaction } from '@handoff/messaging';
import type { Letter } from '../letters/letter.js';
import type { Notification, Suppressed, Told, UnsentReason } from '../notification/notification.js';
import type { Ended, Suppression, SuppressionState } from './suppression.js';

export interface SuppressionPage {
  readonly items: readonly Suppression[];
  readonly next: string | null;
}

export interface SuppressionQuery {
  readonly state: SuppressionState | null;
  readonly now: Date;
  readonly cursor: string | null;
  readonly limit: number;
}

/** A message that is held, with what it would say. */
export interface HeldNotification {
  readonly notification: Notification;
  readonly told: Told | Letter;
  readonly subjectLine: string;
  /** Why it is not needed any more: a newer message of its ticket went to the address, or its reminder was answered. `null`: it is. */
  readonly reasonAgainst: UnsentReason | null;
}

/** Messages to one address that an ended suppression still holds. */
export interface HeldGroup {
  readonly suppression: Suppression;
  /** In the order in which they were planned. */
  readonly held: readonly HeldNotification[];
}

/** What becomes of held messages when their suppression ends. */
export interface Outcome {
  readonly released: readonly string[];
  /** Told by the notification `summaryId`. */
  readonly summarised: { readonly notificationIds: readonly string[]; readonly summaryId: string } | null;
  /** Held by another suppression, or not sent at all. */
  readonly suppressed: readonly { readonly notificationId: string; readonly suppressed: Suppressed }[];
}

/** Keeps suppressions, and finds what they hold. */
export interface SuppressionStore {
  add(tx: Transaction, suppression: Suppression): Promise<void>;
  find(tx: Transaction, suppressionId: string): Promise<Suppression | null>;
  /** The latest first. */
  list(tx: Transaction, query: SuppressionQuery): Promise<SuppressionPage>;
  /** Ends one that has not ended. `null`: there is none, or it has ended. */
  end(tx: Transaction, suppressionId: string, ended: Ended): Promise<Suppression | null>;
  /** Those that have not ended. */
  open(tx: Transaction, now: Date): Promise<readonly Suppression[]>;
  /** How many messages each of them holds now. */
  held(tx: Transaction, suppressionIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /**
   * Takes one that ends within `warningMs`, and lasts longer than that, and notes that it was warned of: of all processes one
   * gets it, once. `null`: there is none.
   */
  takeWarning(tx: Transaction, now: Date, warningMs: number): Promise<Suppression | null>;
  /**
   * Locks a suppression that has ended and still holds something, and gives what it holds for one address, `limit` messages at
   * most. Suppressions that another process has in hand, and those of `passedOver`, are passed over. `null`: there is none.
   */
  takeEnded(tx: Transaction, now: Date, limit: number, passedOver?: readonly string[]): Promise<HeldGroup | null>;
  /** Messages that are held now, by all of them. */
  heldInAll(tx: Transaction): Promise<number>;
  settle(tx: Transaction, outcome: Outcome, now: Date): Promise<void>;
}

export function summarisedDetail(summaryId: string): string {
  return `Told in one message together with others: ${summaryId}.`;
}

/** Of a message that was held while a newer one of its ticket passed. */
export const OVERTAKEN: UnsentReason = { code: 'superseded', detail: 'A newer message about the ticket was sent while this one was held.' };
