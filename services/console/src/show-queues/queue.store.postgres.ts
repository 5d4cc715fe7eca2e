import type { Transaction } from '@handoff/messaging';
import { managerOf } from '@handoff/persistence';
import { overdueMark, readOneMoment } from '../read-model/overdue-mark.postgres.js';
import { severityOfRank } from '../read-model/shown-ticket.decision.js';
import type { ShownState } from '../read-model/ticket-row.js';
import type { QueueCount, QueueStore, QueueUrgency } from './queue.store.js';

export class PostgresQueueStore implements QueueStore {
  async counts(tx: Transaction): Promise<readonly QueueCount[]> {
    await readOneMoment(tx);
    const rows = await managerOf(tx).query<{ queue: string; severity_rank: number; state: ShownState; tickets: string }[]>(
      'select queue, severity_rank, state, tickets from queue_count where tickets <> 0 order by queue, severity_rank, state');
    return rows.map(({ queue, severity_rank, state, tickets }) => ({ queue: nameOf(queue), severity: severityOfRank(severity_rank), state, tickets: Number(tickets) }));
  }

  async urgencies(tx: Transaction, queues: readonly (string | null)[], { now, soon }: { readonly now: Date; readonly soon: Date }): Promise<readonly QueueUrgency[]> {
    const rows = await managerOf(tx).query<{ queue: string; oldest: Date | null; soon: string | null; missed: string | null }[]>(
      `select q.queue, o.opened_at as oldest, d.soon, coalesce(c.overdue, 0) + coalesce(d.missed, 0) as missed
       from unnest($1::text[]) q (queue)
       left join lateral (select opened_at from ticket where is_open and queue = q.queue order by opened_at, id limit 1) o on true
       left join (select queue, sum(overdue) as overdue from queue_count group by queue) c on c.queue = q.queue
       left join (
         select queue, count(*) filter (where due_at >= $2) as soon, count(*) filter (where due_at < $2) as missed
         from ticket where is_open and due_at >= $4 and due_at < $3 group by queue
       ) d on d.queue = q.queue`,
      [queues.map((queue) => queue ?? ''), now, soon, await overdueMark(tx)]);
    return rows.map((row) => ({ queue: nameOf(row.queue), oldestOpenAt: row.oldest?.toISOString() ?? null, aboutToMiss: Number(row.soon ?? 0), missed: Number(row.missed ?? 0) }));
  }
}

function nameOf(queue: string): string | null {
  return queue === '' ? null : queue;
}
