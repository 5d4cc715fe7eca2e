import type { Transaction } from '@handoff/messaging';
import { managerOf } from '@handoff/persistence';
import type { Rerouting, RerouteStore, WaitingCount } from './reroute.store.js';

interface RerouteRow {
  readonly ticket_id: string; readonly kind: string; readonly key: string;
}

const FAILURE_CHARS_MAX = 1_024;

/** In id order, so that two instances that note the same tickets never deadlock. Waits for a routing under way, which has not seen this. */
const NOTE = `
  insert into ticket_reroute (ticket_id, kind, key) select ticket_id, kind, key from found order by ticket_id
  on conflict (ticket_id) do update set kind = excluded.kind, key = excluded.key, requested_at = now(), due_at = now()`;

/** A subscription also tells through whom its customer buys. */
const OF_CHANGES = `
  with taken as (
    delete from directory_change where seq = any(array(select seq from directory_change order by seq limit $1 for update skip locked)) returning kind, id),
  learnt as (
    select kind, id as key from taken
    union select 'customer', s.customer_id from taken t join subscription s on s.id = t.id where t.kind = 'subscription'),
  found as (select distinct on (w.ticket_id) w.ticket_id, w.kind, w.key from learnt join ticket_waiting w using (kind, key) order by w.ticket_id),
  noted as (${NOTE})
  select count(*) as taken from taken`;

const OF_BEGINNINGS = `
  with taken as (
    delete from waiting_begun where seq = any(array(select seq from waiting_begun order by seq limit $1 for update skip locked)) returning ticket_id, kind, key, was_known),
  found as (
    select distinct on (t.ticket_id) t.ticket_id, t.kind, t.key from taken t
    where t.was_known or case t.kind
      when 'offer' then exists (select 1 from offer where id = t.key)
      when 'publisher' then exists (select 1 from publisher where id = t.key)
      when 'partner' then exists (select 1 from partner where id = t.key)
      when 'subscription' then exists (select 1 from subscription where id = t.key)
      else exists (select 1 from customer where id = t.key) or exists (select 1 from subscription where customer_id = t.key)
    end order by t.ticket_id),
  noted as (${NOTE})
  select count(*) as taken from taken`;

export class PostgresRerouteStore implements RerouteStore {
  noticeChanges(tx: Transaction, limit: number): Promise<number> {
    return taken(tx, OF_CHANGES, limit);
  }

  noticeBeginnings(tx: Transaction, limit: number): Promise<number> {
    return taken(tx, OF_BEGINNINGS, limit);
  }

  async take(tx: Transaction, limit: number): Promise<readonly Rerouting[]> {
    const rows = await managerOf(tx).query<RerouteRow[]>(
      'select ticket_id, kind, key from ticket_reroute where due_at <= now() order by due_at limit $1 for update skip locked', [limit]);
    return rows.map(reroutingOf);
  }

  async takeOne(tx: Transaction, ticketId: string): Promise<Rerouting | null> {
    const [row] = await managerOf(tx).query<RerouteRow[]>('select ticket_id, kind, key from ticket_reroute where ticket_id = $1 for update skip locked', [ticketId]);
    return row === undefined ? null : reroutingOf(row);
  }

  async unpublished(tx: Transaction, ticketIds: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await managerOf(tx).query<{ key: string }[]>('select distinct key from outbox where key = any($1)', [[...ticketIds]]);
    return new Set(rows.map(({ key }) => key));
  }

  async done(tx: Transaction, ticketIds: readonly string[]): Promise<void> {
    if (ticketIds.length > 0) await managerOf(tx).query('delete from ticket_reroute where ticket_id = any($1::uuid[])', [[...ticketIds]]);
  }

  async postpone(tx: Transaction, ticketIds: readonly string[], delayMs: number): Promise<void> {
    if (ticketIds.length === 0) return;
    await managerOf(tx).query("update ticket_reroute set due_at = now() + $2 * interval '1 millisecond' where ticket_id = any($1::uuid[])", [[...ticketIds], delayMs]);
  }

  async fail(tx: Transaction, ticketId: string, failure: string): Promise<void> {
    await managerOf(tx).query(
      "update ticket_reroute set attempts = attempts + 1, failure = $2, due_at = now() + least(power(2, least(attempts, 12)), 3600) * interval '1 second' where ticket_id = $1",
      [ticketId, failure.slice(0, FAILURE_CHARS_MAX)]);
  }

  async waiting(tx: Transaction): Promise<readonly WaitingCount[]> {
    const rows = await managerOf(tx).query<{ kind: string; tickets: string; seconds: string }[]>(
      'select kind, count(distinct ticket_id) as tickets, extract(epoch from now() - min(since)) as seconds from ticket_waiting group by kind');
    return rows.map(({ kind, tickets, seconds }) => ({ kind, tickets: Number(tickets), oldestSeconds: Number(seconds) }));
  }

  async failing(tx: Transaction): Promise<number> {
    const [row] = await managerOf(tx).query<{ n: string }[]>('select count(*) as n from ticket_reroute where failure is not null');
    return Number(row?.n ?? 0);
  }
}

async function taken(tx: Transaction, statement: string, limit: number): Promise<number> {
  const [row] = await managerOf(tx).query<{ taken: string }[]>(statement, [limit]);
  return Number(row?.taken ?? 0);
}

function reroutingOf({ ticket_id: ticketId, kind, key }: RerouteRow): Rerouting {
  return { ticketId, kind, key };
}
