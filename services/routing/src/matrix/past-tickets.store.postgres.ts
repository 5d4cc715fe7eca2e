import type { Instant } from '@handoff/contracts';
import type { Transaction } from '@handoff/messaging';
import { managerOf } from '@handoff/persistence';
import type { TicketState } from '../tickets/ticket.js';
import type { PastTicket, PastTickets } from './past-tickets.store.js';

interface PastTicketRow {
  id: string; state: TicketState; updated_at: Date; at: string;
}

export class PostgresPastTickets implements PastTickets {
  async *pages(tx: Transaction, { since, pageSize }: { readonly since: Instant; readonly pageSize: number }): AsyncIterable<readonly PastTicket[]> {
    const manager = managerOf(tx);
    // One moment for all pages: a ticket that is routed meanwhile would move past the place where the reading is.
    await manager.query('set transaction isolation level repeatable read, read only');
    let last: PastTicketRow | undefined;
    do {
      const rows: PastTicketRow[] = await manager.query<PastTicketRow[]>(
        `select id, state, updated_at, updated_at::text as at from ticket
         where updated_at >= $1 and ($2::timestamptz is null or (updated_at, id) < ($2::timestamptz, $3::uuid))
         order by updated_at desc, id desc limit $4`,
        [since, last?.at ?? null, last?.id ?? null, pageSize]);
      if (rows.length > 0) yield rows.map(({ state, updated_at }) => ({ state, decidedAt: updated_at.toISOString() }));
      last = rows.length < pageSize ? undefined : rows.at(-1);
    } while (last !== undefined);
  }
}
