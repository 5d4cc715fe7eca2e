import type { RetentionRule } from '@handoff/persistence';

/**
 * Others forget first: a ticket that comes back after it was forgotten begins at version 1 again, which who still knows a higher one
 * would take for old.
 */
const LONGER_THAN_OTHERS_DAYS = 7;

/** Tickets that were closed so long ago, with their decisions and whatever else is theirs. A ticket that nobody closed is somebody's work, and stays. */
export function endedTickets(ticketDays: number): readonly RetentionRule[] {
  const keptDays = ticketDays + LONGER_THAN_OTHERS_DAYS;
  return [
    { table: 'ticket', keptDays, deleteSql: DELETE_TICKETS },
    { table: 'ticket_copy', keptDays, deleteSql: DELETE_COPIES },
    { table: 'copy_event', keptDays, deleteSql: deleteOld('copy_event', 'event is null and held_at < $3') },
    { table: 'key_conflict', keptDays, deleteSql: deleteOld('key_conflict', 'last_at < $3') },
  ];
}

const DELETE_TICKETS = `
  with gone as (delete from ticket where ctid >= $1::tid and ctid < $2::tid and updated_at < $3 and (state->>'isClosed')::boolean returning id),
    decisions as (delete from decision using gone where ticket_id = gone.id),
    replies as (delete from reply using gone where ticket_id = gone.id),
    requests as (delete from service_request_ticket using gone where ticket_id = gone.id),
    request_events as (delete from service_request_event using gone where ticket_id = gone.id)
  select count(*)::integer as rows from gone`;

/** A copy has no time of its own, and is found by its own id alone. */
const DELETE_COPIES = `
  with gone as (delete from ticket_copy c where c.ctid >= $1::tid and c.ctid < $2::tid and not exists (select 1 from ticket t where t.id = c.ticket_id) and $3::timestamptz is not null returning 1)
  select count(*)::integer as rows from gone`;

function deleteOld(table: string, isOver: string): string {
  return `with gone as (delete from ${table} where ctid >= $1::tid and ctid < $2::tid and ${isOver} returning 1) select count(*)::integer as rows from gone`;
}
