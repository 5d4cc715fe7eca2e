import type { Transaction } from '@handoff/messaging';
import { managerOf } from '@handoff/persistence';
import type { DataSource } from 'typeorm';
import type { Letter } from '../letters/letter.js';
import type { State, Told } from '../notification/notification.js';
import { COLUMNS, notificationOf, type NotificationRow } from '../notification/notification.row.js';
import type { ReceivedMail, ReceivedKind, ReceivedOutcome } from './received-mail.js';
import type { AnsweredNotification, ReceivedMailFilter, ReceivedMailStore } from './received-mail.store.js';

interface AnsweredRow extends NotificationRow {
  readonly state: State;
  readonly attempts: number;
  readonly is_in_hand: boolean;
  readonly facts: Told | Letter;
  readonly mails: number;
}

interface MailRow {
  readonly id: string; readonly seq: string; readonly notification_id: string; readonly ticket_id: string; readonly received_at: Date; readonly kind: ReceivedKind; readonly outcome: ReceivedOutcome;
  readonly detail: string; readonly sender: string | null; readonly subject: string; readonly text: string; readonly is_cut: boolean; readonly attachments: ReceivedMail['attachments'];
}

export class PostgresReceivedMailStore implements ReceivedMailStore {
  constructor(private readonly dataSource: DataSource) {}

  async lock(tx: Transaction, notificationId: string): Promise<AnsweredNotification | null> {
    const [row] = await managerOf(tx).query<AnsweredRow[]>(
      `select ${COLUMNS.map((column) => `n.${column}`).join(', ')}, n.state, n.attempts, n.owner is not null as is_in_hand, r.facts,
         (select count(*)::integer from received_mail where notification_id = n.id) as mails
       from notification n join routed r using (ticket_id, ticket_version) where n.id = $1 for update of n`, [notificationId]);
    if (row === undefined) return null;
    return { notification: notificationOf(row), state: row.state, attempts: row.attempts, isInHand: row.is_in_hand, told: row.facts, mails: row.mails };
  }

  async has(tx: Transaction, mailId: string): Promise<boolean> {
    return (await managerOf(tx).query<unknown[]>('select 1 from received_mail where id = $1', [mailId])).length > 0;
  }

  async add(tx: Transaction, mail: ReceivedMail): Promise<void> {
    const { mailId, notificationId, ticketId, receivedAt, kind, outcome, detail, sender, subject, text, isCut, attachments } = mail;
    await managerOf(tx).query(
      `insert into received_mail (id, notification_id, ticket_id, received_at, kind, outcome, detail, sender, subject, text, is_cut, attachments)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [mailId, notificationId, ticketId, receivedAt, kind, outcome, detail, sender, subject, text, isCut, JSON.stringify(attachments)]);
  }

  async fail(tx: Transaction, notificationId: string, { code, detail, at }: { readonly code: string; readonly detail: string; readonly at: Date }): Promise<void> {
    await managerOf(tx).query("update notification set state = 'failed', code = $2, detail = $3, finished_at = $4 where id = $1 and state = 'delivered'", [notificationId, code, detail, at]);
  }

  async list({ notificationId, ticketId, cursor, limit }: ReceivedMailFilter): Promise<{ readonly items: readonly ReceivedMail[]; readonly next: string | null }> {
    const rows = await this.dataSource.query<MailRow[]>(
      `select id, seq, notification_id, ticket_id, received_at, kind, outcome, detail, sender, subject, text, is_cut, attachments from received_mail
       where ($1::uuid is null or notification_id = $1) and ($2::uuid is null or ticket_id = $2) and ($3::bigint is null or seq < $3) order by seq desc limit $4`,
      [notificationId, ticketId, cursor, limit + 1]);
    const page = rows.slice(0, limit);
    return { items: page.map(mailOf), next: rows.length > limit ? (page.at(-1)?.seq ?? null) : null };
  }
}

function mailOf(row: MailRow): ReceivedMail {
  return {
    mailId: row.id, notificationId: row.notification_id, ticketId: row.ticket_id, receivedAt: row.received_at.toISOString(), kind: row.kind, outcome: row.outcome, detail: row.detail,
    sender: row.sender, subject: row.subject, text: row.text, isCut: row.is_cut, attachments: row.attachments,
  };
}
