import type { TicketChange } from './live-message.js';

/** The newest change of each ticket, with the queue that it left first: between two looks only the way from there to here counts. */
export function mergedChanges(former: readonly TicketChange[], later: readonly TicketChange[]): readonly TicketChange[] {
  const merged = new Map(former.map((change) => [change.ticketId, change]));
  for (const change of later) {
    const known = merged.get(change.ticketId);
    if (known === undefined) merged.set(change.ticketId, change);
    else if (change.seq > known.seq) merged.set(change.ticketId, { ...change, fromQueue: known.fromQueue });
  }
  return [...merged.values()];
}
