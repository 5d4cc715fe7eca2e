import type { EntityManager } from 'typeorm';
import type { Ticket } from '../tickets/ticket.js';

/** Sets, moves and ends the timers of tickets, in the transaction that writes the tickets. One ticket has one timer. */
export async function saveTimers(manager: EntityManager, tickets: readonly Ticket[]): Promise<void> {
  const set = tickets.flatMap(({ state, response }) => (response?.next == null ? [] : [{ ticketId: state.ticketId, dueAt: response.next.at }]));
  // A ticket of version 1 is written for the first time and has no timer yet.
  const existing = tickets.filter(({ version }) => version > 1).map(({ state }) => state.ticketId);
  if (set.length === 0 && existing.length === 0) return;
  await manager.query(
    `with due as (select * from unnest($1::uuid[], $2::timestamptz[]) as d (ticket_id, due_at)),
     ended as (delete from timer t where t.ticket_id = any($3::uuid[]) and not exists (select 1 from due d where d.ticket_id = t.ticket_id))
     insert into timer (ticket_id, due_at) select ticket_id, due_at from due
     on conflict (ticket_id) do update set due_at = excluded.due_at, attempts = 0, failure = null`,
    [set.map(({ ticketId }) => ticketId), set.map(({ dueAt }) => dueAt), existing]);
}
