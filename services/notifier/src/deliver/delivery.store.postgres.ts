import type { Transaction } from '@handoff/messaging';
import { managerOf } from '@handoff/persistence';
import type { DataSource } from 'typeorm';
import type { Letter } from '../letters/letter.js';
import { COLUMNS, notificationOf, type NotificationRow } from '../notification/notification.row.js';
import type { Delivery, Told } from '../notification/notification.js';
import type { ClaimRequest, DeliveryStore, SendResult, SummarisedNotification } from './delivery.store.js';
import { summarisedDetail } from '../suppress/suppression.store.js';
import { ORDER_HOLD_MS_MAX } from './disposition.decision.js';

interface ClaimedRow extends NotificationRow {
  readonly attempts: number;
  readonly step: number;
  readonly facts: Told | Letter;
  readonly subject_line: string;
  readonly messages_per_minute_max: number | null;
}

/**
 * Lanes are found by jumping along the index, then each gives its oldest: a long queue of one hides no other.
 * Earlier ones are counted, and known by `finished_at`: so PostgreSQL can only ask the index of the ticket for them, row by row. As
 * `not exists`, or by `state`, it may take a join or an index of all that is open, and does on a table that was just filled.
 */
const CLAIM = `
  with recursive waiting (lane) as (
    (select lane from notification where state = 'pending' and owner is null order by lane limit 1)
    union all
    select (select n.lane from notification n where n.state = 'pending' and n.owner is null and n.lane > w.lane order by n.lane limit 1)
    from waiting w where w.lane is not null
  ),
  head as (
    select due.id from waiting w cross join lateral (
      select n.id from notification n
      where n.lane = w.lane and n.state = 'pending' and n.owner is null and n.next_attempt_at <= $2
        and (
          select count(*) from notification earlier
          where earlier.ticket_id = n.ticket_id and earlier.lane = n.lane and earlier.ticket_version < n.ticket_version and earlier.finished_at is null
            and (earlier.owner is not null or earlier.next_attempt_at <= $3)) = 0
      order by n.next_attempt_at, n.seq
      limit coalesce(($4::jsonb ->> w.lane)::integer, $5)
      for update skip locked
    ) due
    where w.lane is not null and w.lane <> all($7::text[])
    limit $6
  ),
  claimed as (
    update notification n set owner = $1, claimed_at = $2, overtakes = overtakes or (
      select count(*) from notification earlier
      where earlier.ticket_id = n.ticket_id and earlier.lane = n.lane and earlier.ticket_version < n.ticket_version and earlier.finished_at is null) > 0
    from head where n.id = head.id
    returning n.*
  )
  select ${COLUMNS.map((column) => `n.${column}`).join(', ')}, n.attempts, n.step, r.facts, t.subject_line, c.messages_per_minute_max
  from claimed n join routed r using (ticket_id, ticket_version) join ticket t on t.id = n.ticket_id left join channel c on c.id = n.channel_id
  order by n.next_attempt_at, n.seq`;

/** Asked in words that no other index than the one of the ids answers: those of what is open are full of what was recorded a moment ago. */
const RECORD = `
  with result as (
    select * from json_to_recordset($1::json) as r (id uuid, state text, code text, detail text, receipt text, next_attempt_at timestamptz,
      attempt integer, step integer, at timestamptz, duration_ms integer, outcome text, finished_at timestamptz)
  ),
  recorded as (
    update notification n set state = r.state, code = r.code, detail = r.detail, receipt = r.receipt, next_attempt_at = coalesce(r.next_attempt_at, n.next_attempt_at),
      attempts = coalesce(r.attempt, n.attempts), step = coalesce(r.step, n.step), finished_at = r.finished_at, owner = null, claimed_at = null
    from result r where n.id = r.id and n.owner is not distinct from $2 and n.finished_at is null
    returning n.id
  ),
  made as (
    insert into attempt (notification_id, attempt, at, duration_ms, outcome, code, detail)
    select r.id, r.attempt, r.at, r.duration_ms, r.outcome, r.code, coalesce(r.receipt, r.detail, '') from result r join recorded using (id) where r.attempt is not null
  )
  select id from recorded`;

export class PostgresDeliveryStore implements DeliveryStore {
  constructor(private readonly dataSource: DataSource) {}

  async claim({ owner, now, limit, rooms, roomElse, heldLanes }: ClaimRequest): Promise<readonly Delivery[]> {
    const holdUntil = new Date(now.getTime() + ORDER_HOLD_MS_MAX);
    const rows = await this.dataSource.query<ClaimedRow[]>(CLAIM, [owner, now, holdUntil, JSON.stringify(Object.fromEntries(rooms)), roomElse, limit, [...heldLanes]]);
    return rows.map((row) => ({ notification: notificationOf(row), routed: row.facts, subjectLine: row.subject_line, attempts: row.attempts, step: row.step, messagesPerMinuteMax: row.messages_per_minute_max }));
  }

  async release(owner: string, notificationIds: readonly string[]): Promise<void> {
    await this.dataSource.query('update notification set owner = null, claimed_at = null where owner = $1 and id = any($2::uuid[])', [owner, [...notificationIds]]);
  }

  async releaseDead(owner: string): Promise<number> {
    // The lock of a dead process can be taken; it is let go again at the end of this transaction.
    return this.dataSource.transaction(async (manager) => {
      const dead = await manager.query<{ owner: string }[]>(
        'select owner from (select distinct owner from notification where owner is not null and owner <> $1) owners where pg_try_advisory_xact_lock(owner)', [owner]);
      if (dead.length === 0) return 0;
      const [, count] = await manager.query<[unknown, number]>(
        'update notification set owner = null, claimed_at = null where owner = any($1::bigint[])', [dead.map((row) => row.owner)]);
      return count;
    });
  }

  async releaseForgotten(owner: string, known: readonly string[], claimedBefore: Date): Promise<number> {
    const [, count] = await this.dataSource.query<[unknown, number]>(
      'update notification set owner = null, claimed_at = null where owner = $1 and claimed_at < $2 and id <> all($3::uuid[])', [owner, claimedBefore, [...known]]);
    return count;
  }

  async record(tx: Transaction, owner: string, results: readonly SendResult[]): Promise<ReadonlySet<string>> {
    const rows = await managerOf(tx).query<{ id: string }[]>(RECORD, [JSON.stringify(results.map(rowOf)), owner]);
    return new Set(rows.map(({ id }) => id));
  }

  async summarise(tx: Transaction, owner: string, notificationIds: readonly string[], { summaryId, at }: { readonly summaryId: string; readonly at: Date }): Promise<ReadonlySet<string>> {
    const [rows] = await managerOf(tx).query<[{ id: string }[], number]>(
      `update notification set state = 'suppressed', code = 'summarised', detail = $4, summary_id = $3, finished_at = $5, owner = null, claimed_at = null
       where id = any($2::uuid[]) and owner = $1 and finished_at is null returning id`, [owner, [...notificationIds], summaryId, summarisedDetail(summaryId), at]);
    return new Set(rows.map(({ id }) => id));
  }

  async recordSummarised(tx: Transaction, summaryIds: readonly string[], { at, receipt }: { readonly at: Date; readonly receipt: string }): Promise<readonly SummarisedNotification[]> {
    const [rows] = await managerOf(tx).query<[(NotificationRow & { readonly facts: Told | Letter })[], number]>(
      `update notification n set state = 'delivered', code = null, detail = null, receipt = $2, finished_at = $3 from routed r
       where n.summary_id = any($1::uuid[]) and n.state = 'suppressed' and n.code = 'summarised' and r.ticket_id = n.ticket_id and r.ticket_version = n.ticket_version
       returning ${COLUMNS.map((column) => `n.${column}`).join(', ')}, r.facts`, [[...summaryIds], receipt, at]);
    return rows.map((row) => ({ notification: notificationOf(row), told: row.facts }));
  }

  async oldestPending(): Promise<Date | null> {
    const [row] = await this.dataSource.query<{ created_at: Date }[]>("select created_at from notification where state = 'pending' order by seq limit 1");
    return row?.created_at ?? null;
  }
}

function rowOf(result: SendResult): Record<string, unknown> {
  const { delivery } = result;
  if (!('attempt' in result)) return { id: delivery.notification.notificationId, state: 'suppressed', ...result.reason, finished_at: result.at };
  const { attempt, disposition } = result;
  return {
    id: delivery.notification.notificationId, state: disposition.state, step: delivery.step + 1,
    code: attempt.code, detail: disposition.state === 'delivered' ? null : disposition.detail,
    receipt: disposition.state === 'delivered' ? disposition.receipt : null,
    next_attempt_at: disposition.state === 'pending' ? new Date(disposition.nextAttemptAtMs) : null,
    finished_at: disposition.state === 'pending' ? null : new Date(Date.parse(attempt.at) + attempt.durationMs),
    attempt: attempt.attempt, at: attempt.at, duration_ms: attempt.durationMs, outcome: attempt.outcome,
  };
}
