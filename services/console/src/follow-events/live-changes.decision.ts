import type { LogEntry } from './event-log.store.js';

/** That a ticket changed, and between which queues. `null` as a queue: not decided yet. */
export interface LiveChange {
  readonly ticketId: string;
  /** Position of the last of its events. */
  readonly seq: number;
  readonly fromQueue: string | null;
  readonly toQueue: string | null;
}

/** One change for each ticket that these events are about: from the queue that it left first to the one in which it lies now. */
export function liveChangesOf(entries: readonly LogEntry[]): readonly LiveChange[] {
  const changes = new Map<string, LiveChange>();
  for (const { position, event, ticket } of entries) {
    if (ticket === null) continue;
    const former = changes.get(ticket.ticketId);
    const toQueue = ticket.queue === '' ? null : ticket.queue;
    const left = event.type === 'handoff.ticket.routed.v1' ? event.data.previousQueue : toQueue;
    // A position is exact as a number up to 2^53, which no log reaches.
    changes.set(ticket.ticketId, { ticketId: ticket.ticketId, seq: Number(position), fromQueue: former === undefined || former.fromQueue === toQueue ? left : former.fromQueue, toQueue });
  }
  return [...changes.values()];
}
