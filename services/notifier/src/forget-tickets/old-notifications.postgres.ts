import type { RetentionRule } from '@handoff/persistence';

/**
 * Messages that came to their end so long ago, with their attempts, acknowledgements and answers. With the last message of a ticket the
 * ticket itself goes, unless it is open in its contact's system: news of it must find that one. What waits or is held stays.
 */
export function oldNotifications(ticketDays: number): readonly RetentionRule[] {
  return [
    { table: 'notification', keptDays: ticketDays, deleteSql: DELETE_NOTIFICATIONS },
    { table: 'suppression', keptDays: ticketDays, deleteSql: 'with gone as (delete from suppression where ctid >= $1::tid and ctid < $2::tid and ends_at < $3 returning 1) select count(*)::integer as rows from gone' },
  ];
}

const DELETE_NOTIFICATIONS = `
  with gone as (
    delete from notification where ctid >= $1::tid and ctid < $2::tid and finished_at < $3 and state <> 'pending' and code is distinct from 'held' returning id, ticket_id
  ),
    attempts as (delete from attempt using gone where notification_id = gone.id),
    acknowledgements as (delete from acknowledgement using gone where notification_id = gone.id),
    mails as (delete from received_mail using gone where notification_id = gone.id),
    without as (
      select distinct g.ticket_id from gone g
      where not exists (select 1 from notification n where n.ticket_id = g.ticket_id and n.id not in (select id from gone))
        and not exists (select 1 from foreign_ticket f where f.ticket_id = g.ticket_id and not f.is_closed)
    ),
    tickets as (delete from ticket using without where ticket.id = without.ticket_id),
    versions as (delete from routed using without where routed.ticket_id = without.ticket_id),
    elsewhere as (delete from foreign_ticket f using without where f.ticket_id = without.ticket_id)
  select count(*)::integer as rows from gone`;
