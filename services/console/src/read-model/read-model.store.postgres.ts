import type { HandoffEvent } from '@handoff/contracts';
import type { Transaction } from '@handoff/messaging';
import { binaryArray, managerOf } from '@handoff/persistence';
import { ticketIdOfEvent, type TouchedKeys } from '../project-events/project.decision.js';
import { type CountChange, countChanges, sumOfCounts } from './queue-count.decision.js';
import { noticePartnerKey, type NoticePartnerRow, type NoticeRow, type NotificationRow, type ReadModel } from './read-model.js';
import type { LoggedEvent, ReadModelStore } from './read-model.store.js';
import { measureChanges } from './measure.decision.js';
import { overdueMark } from './overdue-mark.postgres.js';
import { saveMeasures } from './measures.postgres.js';
import { saveQueueHours } from './queue-hours.postgres.js';
import { rankOf } from './story-rank.decision.js';
import { saveTickets, type StoredTicket, ticketRowOf } from './ticket-rows.postgres.js';
import { openTicketsAnew, replaceTickets, type TicketTable } from './tickets-anew.postgres.js';

type Manager = ReturnType<typeof managerOf>;

/** Name of the advisory lock that whoever writes the read model holds. */
export const PROJECTION_LOCK = 'handoff-console-projection';
/** Tickets that are counted as overdue in one transaction, and those of the same millisecond as the last. */
const OVERDUE_BATCH = 1_000;

export class PostgresReadModelStore implements ReadModelStore {
  /** Numbers of the queues that are not written yet. */
  private counts: readonly CountChange[] = [];

  constructor(private readonly tickets: TicketTable = 'ticket') {}

  async lock(tx: Transaction): Promise<void> {
    const manager = managerOf(tx);
    const [tried] = await manager.query<{ got: boolean }[]>('select pg_try_advisory_xact_lock(hashtext($1)) as got', [PROJECTION_LOCK]);
    if (tried?.got === true) return;
    // A rebuild takes minutes, and what waits for it is no failure.
    const [former] = await manager.query<{ former: string }[]>("select current_setting('statement_timeout') as former, set_config('statement_timeout', '0', true)");
    await manager.query('select pg_advisory_xact_lock(hashtext($1))', [PROJECTION_LOCK]);
    await manager.query("select set_config('statement_timeout', $1, true)", [former?.former ?? '30s']);
  }

  async append(tx: Transaction, events: readonly HandoffEvent[]): Promise<void> {
    await managerOf(tx).query(
      `insert into event (event_id, type, ticket_id, at, rank, event)
       select event_id, type, ticket_id, at, rank, event
       from unnest($1::text[], $2::text[], $3::uuid[], $4::timestamptz[], $5::smallint[], $6::json[]) with ordinality as e (event_id, type, ticket_id, at, rank, event, n)
       order by n on conflict (event_id) do nothing`,
      [events.map(({ id }) => id), events.map(({ type }) => type), events.map(ticketIdOfEvent), events.map(({ time }) => time), events.map(rankOf), documents(events)]);
  }

  async load(tx: Transaction, { ticketIds, notificationIds, noticeIds, noticePartners }: TouchedKeys): Promise<ReadModel> {
    const manager = managerOf(tx);
    const tickets = ticketIds.length === 0 ? [] : await manager.query<StoredTicket[]>(`select id, parts, undelivered, changed_at from ${this.tickets} where id = any($1::uuid[])`, [ticketIds]);
    const notifications = await documentsOf<NotificationRow>(manager, 'select document from notification where id = any($1::uuid[])', [notificationIds]);
    const notices = await documentsOf<NoticeRow>(manager, 'select document from health_notice where id = any($1::text[])', [noticeIds]);
    const partners = await documentsOf<NoticePartnerRow>(manager, 'select document from health_notice_partner where (notice_id, partner_id) in (select * from unnest($1::text[], $2::text[]))',
      [noticePartners.map(({ noticeId }) => noticeId), noticePartners.map(({ partnerId }) => partnerId)]);
    return {
      tickets: byKey(tickets.map(ticketRowOf), ({ ticketId }) => ticketId), notifications: byKey(notifications, ({ notificationId }) => notificationId),
      notices: byKey(notices, ({ noticeId }) => noticeId), noticePartners: byKey(partners, noticePartnerKey),
    };
  }

  async save(tx: Transaction, before: ReadModel, after: ReadModel): Promise<void> {
    const manager = managerOf(tx);
    const tickets = changedRows(before.tickets, after.tickets);
    await saveTickets(manager, tickets, this.tickets);
    const mark = await overdueMark(tx);
    const marks = { before: mark, after: mark };
    await saveMeasures(manager, measureChanges(before.tickets, tickets, marks));
    await this.saveOrKeep(manager, countChanges(before.tickets, tickets, marks));
    await saveQueueHours(manager, before.tickets, tickets);
    await saveNotifications(manager, changedRows(before.notifications, after.notifications));
    await saveNotices(manager, changedRows(before.notices, after.notices));
    await saveNoticePartners(manager, changedRows(before.noticePartners, after.noticePartners));
  }

  async countOverdue(tx: Transaction, now: Date): Promise<boolean> {
    const manager = managerOf(tx);
    const before = await overdueMark(tx);
    const [next] = await manager.query<{ due_at: Date }[]>('select due_at from ticket where is_open and due_at >= $1 and due_at < $2 order by due_at offset $3 limit 1', [before, now, OVERDUE_BATCH]);
    // Behind the whole millisecond, in which others may be due as well.
    const after = next === undefined ? now : new Date(next.due_at.getTime() + 1);
    if (after <= before) return false;
    const due = await manager.query<StoredTicket[]>('select id, parts, undelivered, changed_at from ticket where is_open and due_at >= $1 and due_at < $2', [before, after]);
    const rows = due.map(ticketRowOf);
    const [known, marks] = [byKey(rows, ({ ticketId }) => ticketId), { before, after }];
    await saveMeasures(manager, measureChanges(known, rows, marks));
    await saveCounts(manager, countChanges(known, rows, marks));
    await manager.query('update overdue_mark set at = $1', [after]);
    return next !== undefined;
  }

  async countEvents(tx: Transaction): Promise<number> {
    const [row] = await managerOf(tx).query<{ events: string }[]>('select count(*) as events from event');
    return Number(row?.events ?? 0);
  }

  async beginAnew(tx: Transaction): Promise<ReadModelStore> {
    // A million rows may take longer than a question may.
    await managerOf(tx).query("select set_config('statement_timeout', '0', true)");
    // Not truncated: readers go on to see what was there until this is committed.
    for (const table of ['queue_count', 'ticket_measure', 'queue_hour', 'notification', 'health_notice', 'health_notice_partner']) await managerOf(tx).query(`delete from ${table}`);
    await openTicketsAnew(managerOf(tx));
    return new PostgresReadModelStore('ticket_anew');
  }

  async endAnew(tx: Transaction): Promise<void> {
    await saveCounts(managerOf(tx), this.counts);
    this.counts = [];
    await replaceTickets(managerOf(tx));
  }

  /** In the one transaction of a rebuild each update of a number would leave a row that the next has to pass: a thousand in the end. They are written once. */
  private async saveOrKeep(manager: Manager, changes: readonly CountChange[]): Promise<void> {
    if (this.tickets === 'ticket') await saveCounts(manager, changes);
    else this.counts = sumOfCounts(this.counts, changes);
  }

  async eventsAfter(tx: Transaction, position: string, limit: number): Promise<readonly LoggedEvent[]> {
    return managerOf(tx).query<LoggedEvent[]>('select position, event from event where position > $1::bigint order by position limit $2', [position, limit]);
  }
}

async function saveCounts(manager: Manager, changes: readonly CountChange[]): Promise<void> {
  if (changes.length === 0) return;
  await manager.query(
    `insert into queue_count (queue, severity_rank, state, tickets, overdue) select * from unnest($1::text[], $2::smallint[], $3::text[], $4::bigint[], $5::bigint[])
     on conflict (queue, severity_rank, state) do update set tickets = queue_count.tickets + excluded.tickets, overdue = queue_count.overdue + excluded.overdue`,
    [changes.map(({ queue }) => queue), changes.map(({ severityRank }) => severityRank), changes.map(({ state }) => state), changes.map((change) => change.tickets), changes.map(({ overdue }) => overdue)]);
}

async function saveNotifications(manager: Manager, rows: readonly NotificationRow[]): Promise<void> {
  if (rows.length === 0) return;
  await manager.query(
    `insert into notification (id, ticket_id, state, at, document) select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[], $5::json[])
     on conflict (id) do update set state = excluded.state, at = excluded.at, document = excluded.document`,
    [rows.map(({ notificationId }) => notificationId), rows.map(({ ticketId }) => ticketId), rows.map(({ state }) => state), rows.map(({ last }) => last.at), documents(rows)]);
}

async function saveNotices(manager: Manager, rows: readonly NoticeRow[]): Promise<void> {
  if (rows.length === 0) return;
  await manager.query(
    'insert into health_notice (id, document) select * from unnest($1::text[], $2::json[]) on conflict (id) do update set document = excluded.document',
    [rows.map(({ noticeId }) => noticeId), documents(rows)]);
}

async function saveNoticePartners(manager: Manager, rows: readonly NoticePartnerRow[]): Promise<void> {
  if (rows.length === 0) return;
  await manager.query(
    `insert into health_notice_partner (notice_id, partner_id, document) select * from unnest($1::text[], $2::text[], $3::json[])
     on conflict (notice_id, partner_id) do update set document = excluded.document`,
    [rows.map(({ noticeId }) => noticeId), rows.map(({ partnerId }) => partnerId), documents(rows)]);
}

async function documentsOf<T>(manager: Manager, sql: string, keys: readonly (readonly string[])[]): Promise<readonly T[]> {
  if (keys[0]?.length === 0) return [];
  return (await manager.query<{ document: T }[]>(sql, [...keys])).map(({ document }) => document);
}

function changedRows<T>(before: ReadonlyMap<string, T>, after: ReadonlyMap<string, T>): readonly T[] {
  return [...after].filter(([key, row]) => before.get(key) !== row).map(([, row]) => row);
}

function byKey<T>(rows: readonly T[], keyOf: (row: T) => string): ReadonlyMap<string, T> {
  return new Map(rows.map((row) => [keyOf(row), row]));
}

function documents(rows: readonly object[]): Buffer {
  return binaryArray('json', rows.map((row) => JSON.stringify(row)));
}
