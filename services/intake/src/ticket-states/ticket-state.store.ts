import type { Instant } from '@handoff/contracts';
import type { TicketState } from './ticket-state.js';

/** The latest state in which each ticket was told, by whatever way; kept for sources that are polled. */
export interface TicketStateStore {
  /** An older state than the one that is known changes nothing. Sources that are gone are left out. */
  note(states: readonly TicketState[]): Promise<void>;
  /** By external id; a ticket that was not told, or long ago, is not in it. */
  latest(source: string, externalIds: readonly string[]): Promise<ReadonlyMap<string, Instant>>;
  /** Removes what no poll can meet again: states a day before what is read up to, and those of sources that are not polled. */
  forget(): Promise<void>;
}
