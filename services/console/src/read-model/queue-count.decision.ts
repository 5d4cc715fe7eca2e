import type { TicketRow } from './ticket-row.js';
import { type Counted, countedOf } from './shown-ticket.decision.js';

export interface CountChange extends Counted {
  /** Tickets more, or fewer; never 0. */
  readonly tickets: number;
}

/** How the numbers of the queues change, each named once. */
export function countChanges(before: ReadonlyMap<string, TicketRow>, changed: readonly TicketRow[]): readonly CountChange[] {
  const changes = new Map<string, CountChange>();
  const add = (row: TicketRow | undefined, more: number): void => {
    const counted = row === undefined ? null : countedOf(row);
    if (counted === null) return;
    const key = JSON.stringify([counted.queue, counted.severityRank, counted.state]);
    changes.set(key, { ...counted, tickets: (changes.get(key)?.tickets ?? 0) + more });
  };
  for (const row of changed) {
    add(before.get(row.ticketId), -1);
    add(row, 1);
  }
  return [...changes.values()].filter(({ tickets }) => tickets !== 0);
}
