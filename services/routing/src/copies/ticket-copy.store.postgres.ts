import type { Transaction } from '@handoff/messaging';
import { managerOf } from '@handoff/persistence';
import { HELD_EVENTS_MAX, HELD_HOURS_MAX, type Received, type TicketCopy } from './ticket-copy.js';
import type { TicketCopyStore } from './ticket-copy.store.js';

interface Row {
  readonly copy_id: string;
  readonly ticket_id: string;
  readonly destination: string;
  readonly notification_id: string;
  readonly system: string;
}

export class PostgresTicketCopyStore implements TicketCopyStore {
  async find(tx: Transaction, copyIds: readonly string[]): Promise<ReadonlyMap<string, TicketCopy>> {
    const rows = await managerOf(tx).query<Row[]>('select copy_id, ticket_id, destination, notification_id, system from ticket_copy where copy_id = any($1::uuid[])', [[...copyIds]]);
    return new Map(rows.map(({ copy_id, ticket_id, destination, notification_id, system }) => [copy_id, { copyId: copy_id, ticketId: ticket_id, destination, notificationId: notification_id, system }]));
  }

  async lock(tx: Transaction, copyIds: readonly string[]): Promise<void> {
    // In one order, so that two chunks with the same copies wait for each other and never deadlock.
    await managerOf(tx).query("select pg_advisory_xact_lock(hashtextextended('ticket_copy ' || id, 0)) from (select distinct id from unnest($1::text[]) as given (id) order by id) as ordered", [[...copyIds]]);
  }

  async keep(tx: Transaction, copies: readonly TicketCopy[]): Promise<void> {
    const latest = [...new Map(copies.map((copy) => [copy.copyId, copy])).values()].sort((a, b) => (a.copyId < b.copyId ? -1 : 1));
    await managerOf(tx).query(
      `insert into ticket_copy (copy_id, ticket_id, destination, notification_id, system) select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::text[])
       on conflict (copy_id) do update set notification_id = excluded.notification_id`,
      [latest.map(({ copyId }) => copyId), latest.map(({ ticketId }) => ticketId), latest.map(({ destination }) => destination), latest.map(({ notificationId }) => notificationId), latest.map(({ system }) => system)]);
  }

  async note(tx: Transaction, events: readonly Received[], now: Date): Promise<void> {
    await managerOf(tx).query('insert into copy_event (event_id, copy_id, held_at) select *, $3::timestamptz from unnest($1::uuid[], $2::uuid[]) on conflict (event_id) do nothing', [events.map(({ id }) => id), events.map(({ data }) => data.ticketId), now]);
  }

  async hold(tx: Transaction, events: readonly Received[], now: Date): Promise<number> {
    const manager = managerOf(tx);
    await manager.query('insert into copy_event (event_id, copy_id, event, held_at) select *, $4::timestamptz from unnest($1::uuid[], $2::uuid[], $3::json[]) on conflict (event_id) do nothing',
      [events.map(({ id }) => id), events.map(({ data }) => data.ticketId), events.map((event) => JSON.stringify(event)), now]);
    const [, dropped] = await manager.query<[unknown, number]>(
      'update copy_event set event = null where event is not null and (held_at <= $1 or seq <= (select seq from copy_event where event is not null order by seq desc offset $2 limit 1))', [new Date(now.getTime() - HELD_HOURS_MAX * 3_600_000), HELD_EVENTS_MAX]);
    return dropped;
  }

  async takeHeld(tx: Transaction, copyIds: readonly string[]): Promise<readonly Received[]> {
    const rows = await managerOf(tx).query<{ event: Received }[]>(
      `with taken as (select seq, event from copy_event where copy_id = any($1::uuid[]) and event is not null for update),
         told as (update copy_event set event = null from taken where copy_event.seq = taken.seq)
       select event from taken order by seq`, [[...copyIds]]);
    return rows.map(({ event }) => event);
  }
}
