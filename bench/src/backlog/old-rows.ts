import { withClient } from '@handoff/engines';
import type { Database } from '../rig/rig.js';

/** Rows of routing whose time was over before the run. */
export interface OldRows {
  readonly inbox: number;
  readonly tickets: number;
}

/** One closed ticket for ten events. */
const EVENTS_A_TICKET = 10;
const OVER = "now() - interval '1000 days'";

/** Puts so many rows into the tables of routing as if they had been there for years, so that there is something to delete. */
export async function insertOldRows(database: Database, events: number): Promise<OldRows> {
  const tickets = Math.floor(events / EVENTS_A_TICKET);
  await withClient(database.url, async (client) => {
    await client.query(`insert into routing.inbox (event_id, accepted_at) select gen_random_uuid()::text, ${OVER} from generate_series(1, $1::integer)`, [events]);
    await client.query(
      `with old as (
         insert into routing.ticket (id, version, source, external_id, queue, state, created_at, updated_at)
         select gen_random_uuid(), 1, 'old', n::text, 'triage', json_build_object('isClosed', true, 'description', repeat('x', 600)), ${OVER}, ${OVER} from generate_series(1, $1::integer) n returning id
       )
       insert into routing.decision (ticket_id, ticket_version, event_id, change, queue, decision, decided_at)
       select id, 1, gen_random_uuid()::text, 'closed', 'triage', json_build_object('text', repeat('x', 1200)), ${OVER} from old`, [tickets]);
  });
  return { inbox: events, tickets };
}

/** How many of them are still there. */
export async function oldRowsLeft(database: Database): Promise<number> {
  return database.number("select (select count(*) from routing.inbox where accepted_at < now() - interval '900 days') + (select count(*) from routing.ticket where source = 'old')");
}

/** MiB of each table with its indexes, by name. */
export async function tableSizes(database: Database): Promise<Readonly<Record<string, number>>> {
  return withClient(database.url, async (client) => {
    const { rows } = await client.query<{ name: string; mib: string }>(
      `select relname as name, pg_total_relation_size(c.oid) / 1048576.0 as mib from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'routing' and relkind = 'r' and relname in ('inbox', 'outbox', 'ticket', 'decision')`);
    return Object.fromEntries(rows.map(({ name, mib }) => [`${name}Mib`, Number(mib)]));
  });
}
