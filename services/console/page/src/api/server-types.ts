// What the console's server answers. Types alone: nothing of it gets into the page.
export type { ShownTicket } from '../../../src/read-model/shown-ticket.decision.js';
export type { ShownState } from '../../../src/read-model/ticket-row.js';
export type { ShownQueue } from '../../../src/show-queues/queue-list.decision.js';
export type { QueueTrend } from '../../../src/show-queues/queue-trend.decision.js';
export type { EntryKind, TimelineEntry } from '../../../src/show-tickets/timeline-entry.decision.js';
export type { Overview, ShownMeasures, ShownParty } from '../../../src/show-overview/overview.decision.js';
export type { TicketSort } from '../../../src/show-tickets/ticket-list.store.js';

/** A page of a list; `next` is the cursor of the following one. */
export interface PageOf<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}
