import type { HandoffEvent } from '@handoff/contracts';
import type { Transaction } from '@handoff/messaging';
import type { ReadModel } from './read-model.js';
import type { TouchedKeys } from '../project-events/project.decision.js';

/** The log of events and the rows that follow from it. */
export interface ReadModelStore {
  /**
   * Waits until nobody else projects, until the transaction ends. So positions rise in the order of commit, no two transactions
   * count the same queue in another order, and a rebuild is never overtaken.
   */
  lock(tx: Transaction): Promise<void>;
  /** Appends to the log. An event that is there already stays where it is. */
  append(tx: Transaction, events: readonly HandoffEvent[]): Promise<void>;
  load(tx: Transaction, keys: TouchedKeys): Promise<ReadModel>;
  /** Writes the rows of `after` that are others than in `before`, and the numbers of the queues with them. */
  save(tx: Transaction, before: ReadModel, after: ReadModel): Promise<void>;
  /**
   * Counts tickets whose response target has passed since this was done last as overdue, in the numbers of the queues and in the
   * measures: a batch of them. The lock must be held.
   * @returns whether there are more.
   */
  countOverdue(tx: Transaction, now: Date): Promise<boolean>;
  /** Events in the log. */
  countEvents(tx: Transaction): Promise<number>;
  /** Begins with no rows, and keeps the log. Readers go on to see the former rows until the transaction ends. @returns where to save until `endAnew`. */
  beginAnew(tx: Transaction): Promise<ReadModelStore>;
  /** Lets what was saved into this store, which `beginAnew` gave, take the place of the former rows. */
  endAnew(tx: Transaction): Promise<void>;
  /** Events of the log behind a position, in its order. */
  eventsAfter(tx: Transaction, position: string, limit: number): Promise<readonly LoggedEvent[]>;
}

export interface LoggedEvent {
  /** Decimal digits: positions exceed what a number holds exactly. */
  readonly position: string;
  readonly event: HandoffEvent;
}

export const READ_MODEL_STORE = Symbol('READ_MODEL_STORE');
