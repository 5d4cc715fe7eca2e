import type { Transaction } from '@handoff/messaging';
import { managerOf } from '@handoff/persistence';
import { COLUMNS, notificationOf, type NotificationRow } from '../notification/notification.row.js';
import type { AcknowledgementStore, LinkedNotification, Used } from './acknowledgement.store.js';

interface LinkedRow extends NotificationRow {
  readonly subject_line: string;
  readonly language: string | null;
  readonly created_at: Date;
  readonly acknowledged_at: Date | null;
  readonly by: string | null;
  readonly service_request_number: string | null;
}

export class PostgresAcknowledgementStore implements AcknowledgementStore {
  async find(tx: Transaction, notificationId: string): Promise<LinkedNotification | null> {
    const [row] = await managerOf(tx).query<LinkedRow[]>(
      `select ${COLUMNS.map((column) => `n.${column}`).join(', ')}, n.created_at, t.subject_line, r.facts -> 'ticket' ->> 'language' as language, a.acknowledged_at, a.by, a.service_request_number
       from notification n join ticket t on t.id = n.ticket_id join routed r using (ticket_id, ticket_version) left join acknowledgement a on a.notification_id = n.id where n.id = $1`, [notificationId]);
    if (row === undefined) return null;
    const notification = notificationOf(row);
    return { notification, subjectLine: row.subject_line, language: notification.addressee.language ?? row.language, createdAt: row.created_at, used: row.acknowledged_at === null ? null : { at: row.acknowledged_at, by: row.by, serviceRequestNumber: row.service_request_number } };
  }

  async use(tx: Transaction, notificationId: string, { at, by, serviceRequestNumber }: Used): Promise<boolean> {
    const rows = await managerOf(tx).query<unknown[]>(
      'insert into acknowledgement (notification_id, acknowledged_at, by, service_request_number) values ($1, $2, $3, $4) on conflict do nothing returning notification_id', [notificationId, at, by, serviceRequestNumber]);
    return rows.length > 0;
  }

  async addServiceRequest(tx: Transaction, notificationId: string, number: string): Promise<boolean> {
    const rows = await managerOf(tx).query<unknown[]>(
      'with added as (update acknowledgement set service_request_number = $2 where notification_id = $1 and service_request_number is null returning 1) select 1 from added', [notificationId, number]);
    return rows.length > 0;
  }
}
