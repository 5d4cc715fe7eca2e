import type { Transaction } from '@handoff/messaging';
import { managerOf } from '@handoff/persistence';
import { isInstant, type Page, pageOf, readCursor } from '@handoff/platform';
import type { HealthNotice } from '../directory/directory.js';
import type { NoticeMessage, NoticeRecord, NoticeStore, PartnerRecord } from './notice.store.js';
import { PostgresTellingStore } from './notice.store.postgres.js';

interface NoticeRow {
  readonly document: HealthNotice;
  readonly version: number;
  readonly changed_at: Date;
  readonly partners: string;
  readonly partners_told: string;
  readonly failure: string | null;
}

const NOTICES = `
  select n.document, n.version, n.changed_at, t.failure, p.partners, p.partners_told from health_notice n left join health_notice_telling t on t.notice_id = n.id
    cross join lateral (select count(*) as partners, count(*) filter (where told_version = n.version) as partners_told from health_notice_partner where notice_id = n.id) p`;

/** With the half that shows what was told. */
export class PostgresNoticeStore extends PostgresTellingStore implements NoticeStore {
  async list(tx: Transaction, { offerId, isOpen, cursor, limit }: Parameters<NoticeStore['list']>[1]): Promise<Page<NoticeRecord>> {
    const [changedAt, id] = cursor === undefined ? [null, null] : readCursor(cursor, (parts): parts is readonly [string, string] => parts.length === 2 && isInstant(parts[0]) && typeof parts[1] === 'string');
    const rows = await managerOf(tx).query<NoticeRow[]>(
      `${NOTICES} where ($1::text is null or n.offer_id = $1) and ($2::boolean is null or (n.document ->> 'endedAt' is null) = $2)
         and ($3::timestamptz is null or (date_trunc('milliseconds', n.changed_at), n.id) < ($3, $4))
       order by date_trunc('milliseconds', n.changed_at) desc, n.id desc limit $5`, [offerId ?? null, isOpen ?? null, changedAt, id, limit + 1]);
    return pageOf(rows.map(recordOf), limit, ({ changedAt: at, notice }) => [at, notice.id]);
  }

  async find(tx: Transaction, noticeId: string): Promise<NoticeRecord | null> {
    const [row] = await managerOf(tx).query<NoticeRow[]>(`${NOTICES} where n.id = $1`, [noticeId]);
    return row === undefined ? null : recordOf(row);
  }

  async partnersOf(tx: Transaction, noticeId: string, { cursor, limit }: Parameters<NoticeStore['partnersOf']>[2]): Promise<Page<PartnerRecord>> {
    const [after] = cursor === undefined ? [''] : readCursor(cursor, (parts): parts is readonly [string] => parts.length === 1 && typeof parts[0] === 'string');
    const rows = await managerOf(tx).query<{ partner_id: string; name: string | null; customers: number; told_version: number; told_at: Date | null; messages: NoticeMessage[] | null }[]>(
      `select p.partner_id, d.document ->> 'name' as name, p.customers, p.told_version, p.told_at, m.messages
       from health_notice_partner p left join partner d on d.id = p.partner_id left join lateral (
         select json_agg(json_build_object('notificationId', notification_id, 'version', version, 'channel', channel, 'outcome', outcome,
           'at', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'code', code, 'detail', detail) order by version, channel, notification_id) as messages
         from health_notice_message where notice_id = p.notice_id and partner_id = p.partner_id
       ) m on true
       where p.notice_id = $1 and p.partner_id > $2 order by p.partner_id limit $3`, [noticeId, after, limit + 1]);
    const records = rows.map((row): PartnerRecord => ({ partnerId: row.partner_id, partnerName: row.name, customers: row.customers, toldVersion: row.told_version, toldAt: row.told_at?.toISOString() ?? null, messages: row.messages ?? [] }));
    return pageOf(records, limit, ({ partnerId }) => [partnerId]);
  }
}

function recordOf({ document, version, changed_at, partners, partners_told, failure }: NoticeRow): NoticeRecord {
  return { notice: document, version, changedAt: changed_at.toISOString(), partners: Number(partners), partnersTold: Number(partners_told), failure };
}
