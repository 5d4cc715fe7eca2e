import { AFFECTED_CUSTOMERS_MAX, type EventOf } from '@handoff/contracts';
import type { Transaction } from '@handoff/messaging';
import { managerOf } from '@handoff/persistence';
import type { HealthNotice, Offer, Partner, Publisher } from '../directory/directory.js';
import type { Affected, Sale } from './affected.decision.js';
import type { ConcernedPartner, Stage, Telling } from './notice.store.js';

const FAILURE_CHARS_MAX = 1_024;

/** The half of the store that the telling of notices works with. */
export class PostgresTellingStore {
  async begin(tx: Transaction, noticeId: string, version: number, now: Date): Promise<void> {
    await managerOf(tx).query(
      `insert into health_notice_telling (notice_id, version, stage, due_at) values ($1, $2, 'collect', $3)
       on conflict (notice_id) do update set version = excluded.version, stage = 'collect', position = '', due_at = excluded.due_at, attempts = 0, failure = null`, [noticeId, version, now]);
  }

  async takeDue(tx: Transaction, now: Date): Promise<Telling | null> {
    const [row] = await managerOf(tx).query<{ document: HealthNotice; version: number; stage: Stage; position: string }[]>(
      `select n.document, t.version, t.stage, t.position from health_notice_telling t join health_notice n on n.id = t.notice_id
       where t.due_at <= $1 order by t.due_at limit 1 for update of t skip locked`, [now]);
    return row === undefined ? null : { notice: row.document, version: row.version, stage: row.stage, position: row.position };
  }

  async sales(tx: Transaction, offerId: string, after: string, limit: number): Promise<readonly (Sale & { readonly subscriptionId: string })[]> {
    const rows = await managerOf(tx).query<{ id: string; subscription: Sale['subscription']; customer: Sale['customer'] | null }[]>(
      `select s.id, s.document as subscription, c.document as customer from subscription s left join customer c on c.id = s.customer_id
       where s.offer_id = $1 and s.id > $2 order by s.id limit $3`, [offerId, after, limit]);
    return rows.map(({ id, subscription, customer }) => ({ subscriptionId: id, subscription, customer: customer ?? undefined }));
  }

  async note(tx: Transaction, { notice, version }: Telling, affected: readonly Affected[]): Promise<void> {
    if (affected.length === 0) return;
    const rows = [...new Map(affected.map((one) => [`${one.partnerId}\u0000${one.customerId}`, one])).values()];
    const partnerIds = [...new Set(rows.map(({ partnerId }) => partnerId))];
    await managerOf(tx).query('insert into health_notice_partner (notice_id, partner_id) select $1, unnest($2::text[]) on conflict do nothing', [notice.id, partnerIds]);
    await managerOf(tx).query(
      `insert into health_notice_customer (notice_id, partner_id, customer_id, version) select $1, a.partner_id, a.customer_id, $4 from unnest($2::text[], $3::text[]) as a (partner_id, customer_id)
       on conflict (notice_id, partner_id, customer_id) do update set version = excluded.version`,
      [notice.id, rows.map(({ partnerId }) => partnerId), rows.map(({ customerId }) => customerId), version]);
  }

  async partners(tx: Transaction, { notice, version, position }: Telling, limit: number): Promise<readonly ConcernedPartner[]> {
    const rows = await managerOf(tx).query<{ partner_id: string; told_version: number; partner: Partner | null; customers: ConcernedPartner['customers'] | null; total: string }[]>(
      `select p.partner_id, p.told_version, d.document as partner, shown.customers, (
         select count(*) from health_notice_customer c where c.notice_id = p.notice_id and c.partner_id = p.partner_id and c.version = $2) as total
       from health_notice_partner p left join partner d on d.id = p.partner_id left join lateral (
         select json_agg(json_build_object('customerId', c.customer_id, 'name', coalesce(k.document ->> 'name', c.customer_id)) order by c.customer_id) as customers from (
           select customer_id from health_notice_customer c where c.notice_id = p.notice_id and c.partner_id = p.partner_id and c.version = $2 order by customer_id limit $5
         ) c left join customer k on k.id = c.customer_id
       ) shown on true
       where p.notice_id = $1 and p.partner_id > $3 order by p.partner_id limit $4`, [notice.id, version, position, limit, AFFECTED_CUSTOMERS_MAX]);
    return rows.map((row) => ({ partnerId: row.partner_id, partner: row.partner ?? undefined, toldVersion: row.told_version, customers: row.customers ?? [], customersTotal: Number(row.total) }));
  }

  async names(tx: Transaction, offerId: string): Promise<{ readonly offer: Offer | undefined; readonly publisher: Publisher | undefined }> {
    const [row] = await managerOf(tx).query<{ offer: Offer; publisher: Publisher | null }[]>(
      'select o.document as offer, p.document as publisher from offer o left join publisher p on p.id = o.publisher_id where o.id = $1', [offerId]);
    return { offer: row?.offer, publisher: row?.publisher ?? undefined };
  }

  async told(tx: Transaction, { notice, version }: Telling, partners: readonly ConcernedPartner[], now: Date): Promise<void> {
    await managerOf(tx).query(
      `update health_notice_partner p set told_version = $2, told_at = $3, customers = t.customers
       from unnest($4::text[], $5::integer[]) as t (partner_id, customers) where p.notice_id = $1 and p.partner_id = t.partner_id`,
      [notice.id, version, now, partners.map(({ partnerId }) => partnerId), partners.map(({ customersTotal }) => customersTotal)]);
  }

  async advance(tx: Transaction, noticeId: string, { stage, position }: Pick<Telling, 'stage' | 'position'>): Promise<void> {
    await managerOf(tx).query('update health_notice_telling set stage = $2, position = $3, attempts = 0, failure = null where notice_id = $1', [noticeId, stage, position]);
  }

  async finish(tx: Transaction, noticeId: string): Promise<void> {
    await managerOf(tx).query('delete from health_notice_telling where notice_id = $1', [noticeId]);
  }

  async fail(tx: Transaction, noticeId: string, { text, now }: { readonly text: string; readonly now: Date }): Promise<void> {
    await managerOf(tx).query(
      "update health_notice_telling set attempts = attempts + 1, failure = $2, due_at = $3::timestamptz + least(power(2, least(attempts, 12)), 3600) * interval '1 second' where notice_id = $1",
      [noticeId, text.slice(0, FAILURE_CHARS_MAX), now]);
  }

  async keepMessages(tx: Transaction, events: readonly EventOf<'handoff.health-notice.told.v1'>[]): Promise<void> {
    // Of a message that was held and then delivered, the last word counts; a statement cannot write one row twice.
    const last = [...new Map(events.map(({ data }) => [data.notificationId, data])).values()];
    await managerOf(tx).query(
      `insert into health_notice_message (notification_id, notice_id, partner_id, version, channel, outcome, at, code, detail)
       select "notificationId", "noticeId", "partnerId", "noticeVersion", channel, outcome, at, code, detail from json_to_recordset($1::json)
         as m ("notificationId" uuid, "noticeId" text, "partnerId" text, "noticeVersion" integer, channel text, outcome text, at timestamptz, code text, detail text)
       on conflict (notification_id) do update set outcome = excluded.outcome, at = excluded.at, code = excluded.code, detail = excluded.detail`, [JSON.stringify(last)]);
  }
}
