import type { Transaction } from '@handoff/messaging';
import { managerOf } from '@handoff/persistence';
import type { DataSource } from 'typeorm';
import { COLUMNS, notificationOf, type NotificationRow } from '../notification/notification.row.js';
import type { Notification, UnsentReason } from '../notification/notification.js';
import type { Answered, ReminderStore, SuppressedReminder } from './reminder.store.js';

interface SuppressedRow extends NotificationRow, UnsentReason {
  readonly attempts: number;
}

/** Tickets are locked in the order of their ids, so that two chunks cannot block each other. */
const KEEP = `
  with told as (select * from json_to_recordset($1::json) as t ("ticketId" uuid, version integer, code text, detail text)),
  locked as (select t.id from ticket t where t.id in (select "ticketId" from told) order by t.id for update)
  update ticket set answered_version = told.version, answered_code = told.code, answered_detail = told.detail
  from told join locked on locked.id = told."ticketId"
  where ticket.id = told."ticketId" and coalesce(ticket.answered_version, 0) < told.version`;

const SUPPRESS = `
  update notification n set state = 'suppressed', code = t.answered_code, detail = t.answered_detail, finished_at = $2
  from ticket t, routed r
  where t.id = any($1::uuid[]) and n.ticket_id = t.id and n.ticket_version < t.answered_version and n.state = 'pending' and n.owner is null
    and r.ticket_id = n.ticket_id and r.ticket_version = n.ticket_version and r.facts ->> 'escalation' is not null
  returning ${COLUMNS.map((column) => `n.${column}`).join(', ')}, n.attempts, n.code, n.detail`;

export class PostgresReminderStore implements ReminderStore {
  constructor(private readonly dataSource: DataSource) {}

  async suppress(tx: Transaction, answered: readonly Answered[], at: Date): Promise<readonly SuppressedReminder[]> {
    await managerOf(tx).query(KEEP, [JSON.stringify(answered)]);
    const [rows] = await managerOf(tx).query<[SuppressedRow[], number]>(SUPPRESS, [answered.map(({ ticketId }) => ticketId), at]);
    return rows.map((row) => ({ notification: notificationOf(row), attempts: row.attempts, code: row.code, detail: row.detail }));
  }

  async reasonAgainst({ ticketId, ticketVersion }: Pick<Notification, 'ticketId' | 'ticketVersion'>): Promise<UnsentReason | null> {
    const [row] = await this.dataSource.query<UnsentReason[]>('select answered_code as code, answered_detail as detail from ticket where id = $1 and answered_version > $2', [ticketId, ticketVersion]);
    return row ?? null;
  }
}
