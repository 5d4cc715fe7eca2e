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

/** Both together, each number named once. */
export function sumOfCounts(a: readonly CountChange[], b: readonly CountChange[]): readonly CountChange[] {
  const sums = new Map<string, CountChange>();
  for (const change of [...a, ...b]) {
    const key = JSON.stringify([change.queue, change.severityRank, change.state]);
    const former = sums.get(key);
    sums.set(key, { ...change, tickets: (former?.tickets ?? 0) + change.tickets, overdue: (former?.overdue ?? 0) + change.overdue });
  }
  return [...sums.values()].filter(({ tickets, overdue }) => tickets !== 0 || overdue !== 0);
}

/** How the numbers of the queues change, each named once. */
export function countChanges(before: ReadonlyMap<string, TicketRow>, changed: readonly TicketRow[], marks: Marks): readonly CountChange[] {
  const counted = (row: TicketRow | undefined, tickets: 1 | -1, mark: Date): readonly CountChange[] => {
    const shown = row === undefined ? null : shownTicketOf(row);
    return shown === null ? [] : [{ ...countedOf(shown), tickets, overdue: isOverdue(shown, mark) ? tickets : 0 }];
  };
  return sumOfCounts([], changed.flatMap((row) => [...counted(before.get(row.ticketId), -1, marks.before), ...counted(row, 1, marks.after)]));
}
