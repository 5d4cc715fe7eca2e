import { shownTicketOf } from './shown-ticket.decision.js';
import type { TicketRow } from './ticket-row.js';

/** How the numbers of a queue in an hour of UTC change. */
export interface QueueHourChange {
  /** '': not decided yet. */
  readonly queue: string;
  /** When the hour begins. */
  readonly at: string;
  /** Tickets received in the hour that lie in the queue, whenever they came to lie there. */
  readonly received: number;
  /** Tickets of the queue that were closed in the hour. */
  readonly finished: number;
}

/** How the hours of the queues change when these rows take the place of those before, each named once. */
export function queueHourChanges(before: ReadonlyMap<string, TicketRow>, changed: readonly TicketRow[]): readonly QueueHourChange[] {
  const changes = new Map<string, QueueHourChange>();
  const add = (row: TicketRow | undefined, more: 1 | -1): void => {
    for (const { queue, at, received, finished } of hoursOf(row)) {
      const key = JSON.stringify([queue, at]);
      const former = changes.get(key) ?? { queue, at, received: 0, finished: 0 };
      changes.set(key, { ...former, received: former.received + more * received, finished: former.finished + more * finished });
    }
  };
  for (const row of changed) {
    add(before.get(row.ticketId), -1);
    add(row, 1);
  }
  return [...changes.values()].filter(({ received, finished }) => received !== 0 || finished !== 0);
}

/** The hours in which a ticket counts. */
function hoursOf(row: TicketRow | undefined): readonly QueueHourChange[] {
  const shown = row === undefined ? null : shownTicketOf(row);
  if (row === undefined || shown === null) return [];
  const queue = shown.queue ?? '';
  const closedAt = row.routed?.closedAt ?? null;
  const came = { queue, at: hourOf(shown.openedAt), received: 1, finished: 0 };
  return closedAt === null ? [came] : [came, { queue, at: hourOf(closedAt), received: 0, finished: 1 }];
}

function hourOf(instant: string): string {
  return `${instant.slice(0, 13)}:00:00.000Z`;
}
