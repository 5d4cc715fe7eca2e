import { type Counted, countedOf, isOverdue, shownTicketOf } from './shown-ticket.decision.js';
import type { TicketRow } from './ticket-row.js';

/** Up to when response targets count as missed: for the rows before a change, and for those after it. */
export interface Marks {
  readonly before: Date;
  readonly after: Date;
}

export interface CountChange extends Counted {
  /** Tickets more, or fewer. */
  readonly tickets: number;
  /** Of them, those that are overdue. */
  readonly overdue: number;
}

/** How the numbers of the queues change, each named once. */
export function countChanges(before: ReadonlyMap<string, TicketRow>, changed: readonly TicketRow[], marks: Marks): readonly CountChange[] {
  const changes = new Map<string, CountChange>();
  const add = (row: TicketRow | undefined, more: 1 | -1, mark: Date): void => {
    const shown = row === undefined ? null : shownTicketOf(row);
    if (shown === null) return;
    const counted = countedOf(shown);
    const key = JSON.stringify([counted.queue, counted.severityRank, counted.state]);
    const former = changes.get(key);
    changes.set(key, { ...counted, tickets: (former?.tickets ?? 0) + more, overdue: (former?.overdue ?? 0) + (isOverdue(shown, mark) ? more : 0) });
  };
  for (const row of changed) {
    add(before.get(row.ticketId), -1, marks.before);
    add(row, 1, marks.after);
  }
  return [...changes.values()].filter(({ tickets, overdue }) => tickets !== 0 || overdue !== 0);
}
