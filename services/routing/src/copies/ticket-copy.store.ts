import type { Transaction } from '@handoff/messaging';
import type { Received, TicketCopy } from './ticket-copy.js';

/** Which tickets of sources are copies that Handoff opened, and news of copies that came before they were known. */
export interface TicketCopyStore {
  /** By the copy's id. */
  find(tx: Transaction, copyIds: readonly string[]): Promise<ReadonlyMap<string, TicketCopy>>;
  /** Until the transaction ends nobody else learns of these, or holds news of them. */
  lock(tx: Transaction, copyIds: readonly string[]): Promise<void>;
  /** Which ticket a known copy stands for never changes; the message is the latest. */
  keep(tx: Transaction, copies: readonly TicketCopy[]): Promise<void>;
  /** Notes that this news of copies was told: an audit asks what became of each event. */
  note(tx: Transaction, events: readonly Received[], now: Date): Promise<void>;
  /** Keeps news for later, and drops what is older than `HELD_HOURS_MAX`, or more than `HELD_EVENTS_MAX`. @returns how many were dropped. */
  hold(tx: Transaction, events: readonly Received[], now: Date): Promise<number>;
  /** Takes out what was held of these, in the order in which it came. */
  takeHeld(tx: Transaction, copyIds: readonly string[]): Promise<readonly Received[]>;
}
