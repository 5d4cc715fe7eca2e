import type { RetentionRule } from '@handoff/persistence';
import { PROJECTION_LOCK } from '../read-model/read-model.store.postgres.js';

/** Tickets that were closed so long ago, with their events and messages; a rebuild from the log does not bring them back. */
export function endedTickets(keptDays: number): readonly RetentionRule[] {
  return [{ table: 'ticket', keptDays, deleteSql: DELETE_TICKETS, lock: PROJECTION_LOCK }];
}

const DELETE_TICKETS = `
  with gone as (delete from ticket where ctid >= $1::tid and ctid < $2::tid and state = 'closed' and changed_at < $3 returning id, queue, severity_rank, state),
    events as (delete from event using gone where ticket_id = gone.id),
    messages as (delete from notification n using gone where n.ticket_id = gone.id),
    numbers as (
      update queue_count c set tickets = c.tickets - g.tickets from (select queue, severity_rank, state, count(*) as tickets from gone group by 1, 2, 3) g
      where (c.queue, c.severity_rank, c.state) = (g.queue, g.severity_rank, g.state)
    )
  select count(*)::integer as rows from gone`;
