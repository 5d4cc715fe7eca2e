import type { Transaction } from '@handoff/messaging';
import { managerOf } from '@handoff/persistence';
import type { TimerStore } from './timer.store.js';

const FAILURE_CHARS_MAX = 1_024;

export class PostgresTimerStore implements TimerStore {
  async takeDue(tx: Transaction, now: Date): Promise<string | null> {
    // The ticket is locked with its timer, for whoever writes a ticket locks it first: waiting for one with the other in hand would be a deadlock.
    const [row] = await managerOf(tx).query<{ id: string }[]>(
      'select k.id from timer t join ticket k on k.id = t.ticket_id where t.due_at <= $1 order by t.due_at limit 1 for update of k, t skip locked', [now]);
    return row?.id ?? null;
  }

  async isUnpublished(tx: Transaction, ticketId: string): Promise<boolean> {
    const [row] = await managerOf(tx).query<{ found: boolean }[]>('select exists (select 1 from outbox where key = $1) as found', [ticketId]);
    return row?.found ?? false;
  }

  async postpone(tx: Transaction, ticketId: string, until: Date): Promise<void> {
    await managerOf(tx).query('update timer set due_at = $2 where ticket_id = $1', [ticketId, until]);
  }

  async fail(tx: Transaction, ticketId: string, { text, now }: { readonly text: string; readonly now: Date }): Promise<void> {
    await managerOf(tx).query(
      "update timer set attempts = attempts + 1, failure = $2, due_at = $3::timestamptz + least(power(2, least(attempts, 12)), 3600) * interval '1 second' where ticket_id = $1",
      [ticketId, text.slice(0, FAILURE_CHARS_MAX), now]);
  }

  async overdue(tx: Transaction): Promise<number> {
    const [row] = await managerOf(tx).query<{ n: string }[]>("select count(*) as n from ticket where response->>'overdueSince' is not null");
    return Number(row?.n ?? 0);
  }
}
