import type { Severity } from '@handoff/contracts';
import type { ShownState } from '../read-model/ticket-row.js';
import type { QueueCount, QueueUrgency } from './queue.store.js';

export interface ShownQueue extends QueueUrgency {
  /** Tickets that are not closed. */
  readonly open: number;
  readonly bySeverity: readonly { readonly severity: Severity | null; readonly tickets: number }[];
  readonly byState: readonly { readonly state: ShownState; readonly tickets: number }[];
}

/** Queues with their numbers, by name; what is not decided yet comes first. Severities are counted of open tickets alone. */
export function queueList(counts: readonly QueueCount[], urgencies: readonly QueueUrgency[]): readonly ShownQueue[] {
  return queuesIn(counts).map((queue) => {
    const own = counts.filter((count) => count.queue === queue);
    const open = own.filter(({ state }) => state !== 'closed');
    const urgency = urgencies.find((known) => known.queue === queue) ?? { queue, oldestOpenAt: null, aboutToMiss: 0, missed: 0 };
    return {
      ...urgency, open: sumOf(open),
      bySeverity: distinct(open.map(({ severity }) => severity)).map((severity) => ({ severity, tickets: sumOf(open.filter((count) => count.severity === severity)) })),
      byState: distinct(own.map(({ state }) => state)).map((state) => ({ state, tickets: sumOf(own.filter((count) => count.state === state)) })),
    };
  });
}

export function queuesIn(counts: readonly QueueCount[]): readonly (string | null)[] {
  return distinct(counts.map(({ queue }) => queue));
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}

function sumOf(counts: readonly QueueCount[]): number {
  return counts.reduce((sum, { tickets }) => sum + tickets, 0);
}
