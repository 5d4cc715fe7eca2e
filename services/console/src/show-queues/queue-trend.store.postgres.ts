import type { Transaction } from '@handoff/messaging';
import { managerOf } from '@handoff/persistence';
import type { QueueHour } from './queue-trend.decision.js';
import type { QueueTrendStore } from './queue-trend.store.js';

export class PostgresQueueTrendStore implements QueueTrendStore {
  async hoursSince(tx: Transaction, start: Date): Promise<readonly QueueHour[]> {
    const rows = await managerOf(tx).query<{ queue: string; at: Date; received: string; finished: string }[]>(
      'select queue, at, received, finished from queue_hour where at >= $1 and (received <> 0 or finished <> 0) order by queue, at', [start]);
    return rows.map(({ queue, at, received, finished }) => ({ queue: queue === '' ? null : queue, at, received: Number(received), finished: Number(finished) }));
  }
}
