import type { EntityManager } from 'typeorm';
import type { Ticket } from '../tickets/ticket.js';
import { awaitedBy } from './waiting.decision.js';

/**
 * Writes what tickets wait for, in the transaction that writes their decisions. `since` stays for what they waited for before.
 *
 * The directory may learn an entry between our reading it and our commit, and whoever takes up that change sees no ticket waiting for
 * it yet. So whatever begins to wait is noted in `waiting_begun` as well, and is compared with the directory once both can be seen: a
 * change is committed before that comparison, and then the comparison finds the entry, or after it, and then the change finds the
 * ticket. No clock and no lock on the directory is needed. What goes on waiting could be seen all the time.
 */
export async function saveAwaited(manager: EntityManager, tickets: readonly Ticket[]): Promise<void> {
  const rows = tickets.flatMap((ticket) => awaitedBy(ticket).map((awaited) => ({ ticketId: ticket.state.ticketId, ...awaited })));
  // A ticket of version 1 is written for the first time, so that most chunks need no statement.
  const existing = tickets.filter(({ version }) => version > 1).map(({ state }) => state.ticketId);
  if (rows.length === 0 && existing.length === 0) return;
  await manager.query(
    `with awaited as (select * from unnest($1::uuid[], $2::text[], $3::text[], $4::boolean[]) as a (ticket_id, kind, key, was_known)),
     ended as (
       delete from ticket_waiting w where w.ticket_id = any($5::uuid[])
       and not exists (select 1 from awaited a where a.ticket_id = w.ticket_id and a.kind = w.kind and a.key = w.key)),
     begun as (
       insert into ticket_waiting (ticket_id, kind, key) select ticket_id, kind, key from awaited
       on conflict do nothing returning ticket_id, kind, key)
     insert into waiting_begun (ticket_id, kind, key, was_known) select ticket_id, kind, key, was_known from begun join awaited using (ticket_id, kind, key)`,
    [rows.map(({ ticketId }) => ticketId), rows.map(({ kind }) => kind), rows.map(({ key }) => key), rows.map(({ wasKnown }) => wasKnown), existing]);
}
