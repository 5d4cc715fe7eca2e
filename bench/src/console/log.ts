import { withClient } from '@handoff/engines';
import type { HandoffEvent } from '@handoff/contracts';
import type { Database } from '../rig/rig.js';

const BATCH = 2_000;

/** Writes events into the console's log, as if it had taken them from Kafka, and projects nothing. @returns how many. */
export async function writeLog(database: Database, events: Iterable<HandoffEvent>): Promise<number> {
  return withClient(database.url, async (client) => {
    let written = 0;
    const write = async (batch: readonly HandoffEvent[]): Promise<void> => {
      await client.query(
        `insert into console.event (event_id, type, ticket_id, at, rank, event)
         select event_id, type, ticket_id, at, rank, event from unnest($1::text[], $2::text[], $3::uuid[], $4::timestamptz[], $5::smallint[], $6::json[]) with ordinality as e (event_id, type, ticket_id, at, rank, event, n) order by n`,
        [batch.map(({ id }) => id), batch.map(({ type }) => type), batch.map(({ subject }) => subject), batch.map(({ time }) => time), batch.map(({ type, data }) => (type === 'handoff.ticket.received.v1' || !('ticketVersion' in data) ? 0 : data.ticketVersion)), batch.map((event) => JSON.stringify(event))]);
      written += batch.length;
    };
    let batch: HandoffEvent[] = [];
    // The next are made while the last are written.
    let writing = Promise.resolve();
    for (const event of events) {
      batch.push(event);
      if (batch.length < BATCH) continue;
      await writing;
      writing = write(batch);
      writing.catch(() => undefined);
      batch = [];
    }
    await writing;
    await write(batch);
    return written;
  });
}

/** Tables of the read model, and which of their rows count: numbers that fell to zero are as good as none. */
const TABLES: Readonly<Record<string, string>> = { ticket: '', queue_count: 'where tickets <> 0', ticket_measure: 'where tickets <> 0', notification: '', health_notice: '', health_notice_partner: '' };

/** Tables of which a row follows from the events of one ticket. */
export const ROWS_OF_TICKETS: readonly string[] = ['ticket', 'notification'];

/** Keeps every row of the read model as it is now. */
export async function keepRows(database: Database): Promise<void> {
  await withClient(database.url, async (client) => {
    await client.query('drop schema if exists kept cascade');
    await client.query('create schema kept');
    for (const [table, where] of Object.entries(TABLES)) await client.query(`create table kept.${table} as select t::text as row from console.${table} t ${where}`);
  });
}

/** How many rows were kept, and how many of them are not in the read model as they were. */
export async function lostRows(database: Database, tables: readonly string[]): Promise<{ readonly rows: number; readonly differing: number }> {
  const sum = { rows: 0, differing: 0 };
  for (const table of tables) {
    sum.rows += await database.number(`select count(*) from kept.${table}`);
    sum.differing += await database.number(`select count(*) from (select row from kept.${table} except all select t::text from console.${table} t) d`);
  }
  return sum;
}

/** How many numbers of queues and measures are others than the rows of tickets say. */
export async function wrongNumbers(database: Database): Promise<number> {
  const mark = '(select at from console.overdue_mark)';
  const queues = await database.number(
    `with kept as (select queue, severity_rank, state, tickets, overdue from console.queue_count where tickets <> 0 or overdue <> 0),
       counted as (select queue, severity_rank, state, count(*) as tickets, count(*) filter (where due_at < ${mark}) as overdue from console.ticket where is_known group by 1, 2, 3)
     select count(*) from ((table kept except all table counted) union all (table counted except all table kept)) d`);
  const measures = await database.number(
    `with kept as (select scope, grain, at, key, tickets, overdue from console.ticket_measure where tickets <> 0 or overdue <> 0),
       counted as (
         select scope, grain, date_trunc(grain, opened_at, 'UTC') as at, key, count(*) as tickets, count(*) filter (where due_at < ${mark}) as overdue
         from console.ticket, (values ('hour'), ('day')) g (grain), lateral (select 'all', '' union all select 'queue', queue union all select 'partner', unnest(partners)) s (scope, key) where is_known group by 1, 2, 3, 4
       )
     select count(*) from ((table kept except all table counted) union all (table counted except all table kept)) d`);
  return queues + measures;
}

/** How many rows there are, and how many are only in one of both: kept, or now in the read model. */
export async function differingRows(database: Database): Promise<{ readonly rows: number; readonly differing: number }> {
  return withClient(database.url, async (client) => {
    const sum = { rows: 0, differing: 0 };
    for (const [table, where] of Object.entries(TABLES)) {
      const now = `select t::text as row from console.${table} t ${where}`;
      const { rows: [found] } = await client.query<{ rows: string; differing: string }>(
        `select (select count(*) from kept.${table}) as rows, (select count(*) from ((select row from kept.${table} except all ${now}) union all (${now} except all select row from kept.${table})) d) as differing`);
      sum.rows += Number(found?.rows);
      sum.differing += Number(found?.differing);
    }
    return sum;
  });
}
