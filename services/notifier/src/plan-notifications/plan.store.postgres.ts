import type { Transaction } from '@handoff/messaging';
import { managerOf } from '@handoff/persistence';
import type { EntityManager } from 'typeorm';
import { COLUMNS, notificationOf, type NotificationRow } from '../notification/notification.row.js';
import type { Notification, PlannedNotification } from '../notification/notification.js';
import type { Plan, PlanStore, TicketThread, ToldTicket } from './plan.store.js';

/** All documents are one parameter, as bytes: as an array of texts each quotation mark is escaped on this side and unescaped on the other. */
const SAVE_ROUTED = `
  insert into routed (ticket_id, ticket_version, facts)
  select r.ticket_id, r.ticket_version, convert_from(substring($5::bytea from r.start for r.bytes), 'UTF8')::json
  from unnest($1::uuid[], $2::integer[], $3::integer[], $4::integer[]) as r (ticket_id, ticket_version, start, bytes)
  on conflict do nothing`;

/**
 * Whether an earlier one waits is asked only of tickets that were known before. It is counted, and by \`finished_at\`: that leaves
 * PostgreSQL one way to answer, the index of the ticket, also on a table that was just filled and of which it knows nothing yet.
 */
const SAVE_NOTIFICATIONS = `
  insert into notification (id, about, suppression_id, ticket_id, ticket_version, destination, party_name, purpose, channel, channel_id, address, lane,
    addressee, traceparent, state, code, detail, owner, claimed_at, next_attempt_at, created_at, finished_at)
  select p.id, p.about, p.suppression_id, p.ticket_id, p.ticket_version, p.destination, p.party_name, p.purpose, p.channel, p.channel_id, p.address, p.lane,
    p.addressee, p.traceparent, p.state, p.code, p.detail, o.owner, case when o.owner is null then null else $3::timestamptz end, $3, $3,
    case when p.state = 'pending' then null else $3::timestamptz end
  from json_to_recordset($1::json) as p (id uuid, about text, suppression_id uuid, ticket_id uuid, ticket_version integer, destination text, party_name text, purpose text,
    channel text, channel_id uuid, address text, lane text, addressee json, traceparent text, state text, code text, detail text, hand_off boolean, is_new boolean)
  cross join lateral (select case when p.hand_off and (p.is_new or (
    select count(*) from notification earlier where earlier.ticket_id = p.ticket_id and earlier.lane = p.lane and earlier.finished_at is null
  ) = 0) then $2::bigint end as owner) o
  on conflict (id) do nothing
  returning id, owner`;

export class PostgresPlanStore implements PlanStore {
  async lockThreads(tx: Transaction, tickets: readonly ToldTicket[]): Promise<ReadonlyMap<string, TicketThread>> {
    const inOrder = [...tickets].sort((a, b) => (a.ticketId < b.ticketId ? -1 : 1));
    const inserted = await managerOf(tx).query<{ id: string }[]>(
      `insert into ticket (id, planned_version, subject_line)
       select * from unnest($1::uuid[], $2::integer[], $3::text[]) on conflict (id) do nothing returning id`,
      [inOrder.map(({ ticketId }) => ticketId), inOrder.map(({ version }) => version), inOrder.map(({ subjectLine }) => subjectLine)]);
    const isNew = new Set(inserted.map(({ id }) => id));
    const known = inOrder.flatMap(({ ticketId }) => (isNew.has(ticketId) ? [] : [ticketId]));
    const rows = known.length === 0 ? [] : await managerOf(tx).query<{ id: string; planned_version: number; subject_line: string }[]>(
      'select id, planned_version, subject_line from ticket where id = any($1::uuid[]) order by id for update', [known]);
    return new Map<string, TicketThread>([
      ...inOrder.filter(({ ticketId }) => isNew.has(ticketId)).map(({ ticketId, subjectLine }) => [ticketId, { ticketId, plannedVersion: 0, subjectLine, isNew: true }] as const),
      ...rows.map(({ id, planned_version, subject_line }) => [id, { ticketId: id, plannedVersion: planned_version, subjectLine: subject_line, isNew: false }] as const),
    ]);
  }

  async ticketingLanes(tx: Transaction, ticketIds: readonly string[]): Promise<readonly Notification[]> {
    if (ticketIds.length === 0) return [];
    const rows = await managerOf(tx).query<NotificationRow[]>(
      `select distinct on (ticket_id, lane) ${COLUMNS.join(', ')} from notification
       where ticket_id = any($1::uuid[]) and channel = 'ticketing' and state <> 'failed' order by ticket_id, lane, ticket_version desc`, [[...ticketIds]]);
    return rows.map(notificationOf);
  }

  async save(tx: Transaction, plan: Plan): Promise<ReadonlySet<string>> {
    const manager = managerOf(tx);
    if (plan.threads.length > 0) {
      await manager.query(
        'update ticket set planned_version = t.version from unnest($1::uuid[], $2::integer[]) as t (id, version) where ticket.id = t.id',
        [plan.threads.map(({ ticketId }) => ticketId), plan.threads.map(({ plannedVersion }) => plannedVersion)]);
    }
    if (plan.notifications.length === 0) return new Set();
    await saveRouted(manager, plan.routed);
    const rows = await manager.query<{ id: string; owner: string | null }[]>(
      SAVE_NOTIFICATIONS, [JSON.stringify(plan.notifications.map((notification) => rowOf(notification, plan))), plan.owner, plan.now]);
    return new Set(rows.filter(({ owner }) => owner !== null).map(({ id }) => id));
  }
}

async function saveRouted(manager: EntityManager, routed: Plan['routed']): Promise<void> {
  const documents = routed.map((facts) => Buffer.from(JSON.stringify(facts)));
  let next = 1;
  const starts = documents.map(({ length }) => (next += length) - length);
  await manager.query(SAVE_ROUTED, [routed.map(({ ticketId }) => ticketId), routed.map(({ ticketVersion }) => ticketVersion), starts, documents.map(({ length }) => length), Buffer.concat(documents)]);
}

function rowOf(notification: PlannedNotification, { handOffIds, newTicketIds }: Plan): Record<string, unknown> {
  const { notificationId, target, planned } = notification;
  return {
    id: notificationId, about: notification.about, suppression_id: planned.state === 'suppressed' ? (planned.heldBy?.suppressionId ?? null) : null, ticket_id: notification.ticketId, ticket_version: notification.ticketVersion, destination: notification.destination,
    party_name: notification.partyName, purpose: notification.purpose, channel: target.channel, channel_id: target.channelId, address: target.address,
    lane: notification.lane, addressee: notification.addressee, traceparent: notification.traceparent, state: planned.state,
    code: planned.state === 'pending' ? null : planned.code, detail: planned.state === 'pending' ? null : planned.detail,
    is_new: newTicketIds.has(notification.ticketId), hand_off: planned.state === 'pending' && handOffIds.has(notificationId),
  };
}
