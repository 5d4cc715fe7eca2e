import type { managerOf } from '@handoff/persistence';
import { queueHourChanges } from './queue-hour.decision.js';
import type { TicketRow } from './ticket-row.js';

/** Adds what changed to the hours of the queues, in one statement. The lock of the projection must be held. */
export async function saveQueueHours(manager: ReturnType<typeof managerOf>, before: ReadonlyMap<string, TicketRow>, tickets: readonly TicketRow[]): Promise<void> {
  const changes = queueHourChanges(before, tickets);
  if (changes.length === 0) return;
  await manager.query(
    `insert into queue_hour as h (at, queue, received, finished) select * from unnest($1::timestamptz[], $2::text[], $3::bigint[], $4::bigint[])
     on conflict (at, queue) do update set received = h.received + excluded.received, finished = h.finished + excluded.finished`,
    [changes.map(({ at }) => at), changes.map(({ queue }) => queue), changes.map(({ received }) => received), changes.map(({ finished }) => finished)]);
}
