import type { managerOf } from '@handoff/persistence';

type Manager = ReturnType<typeof managerOf>;

/** Where tickets are: those that are shown, or those that a rebuild makes beside them. */
export type TicketTable = 'ticket' | 'ticket_anew';

/** So that an index of a million rows is sorted in memory. */
const SORTING_MEMORY = '256MB';

/** An empty table beside that of tickets, found by id alone: all other indexes are made when its rows are there, which takes a tenth of the time. */
export async function openTicketsAnew(manager: Manager): Promise<void> {
  await manager.query('create table ticket_anew (like ticket including defaults including constraints including storage)');
  await manager.query('alter table ticket_anew add constraint ticket_anew_pkey primary key (id)');
}

/** Puts it in the place of the former, with the same indexes. Readers see either; they wait only while the names are changed. */
export async function replaceTickets(manager: Manager): Promise<void> {
  await manager.query(`set local maintenance_work_mem = '${SORTING_MEMORY}'`);
  const indexes = await manager.query<{ name: string; definition: string }[]>("select indexname as name, indexdef as definition from pg_indexes where schemaname = current_schema() and tablename = 'ticket' and indexname <> 'ticket_pkey'");
  for (const { name, definition } of indexes) await manager.query(definition.replace(new RegExp(`^(CREATE (?:UNIQUE )?INDEX )${name}( ON \\S*?)ticket `), `$1${name}_anew$2ticket_anew `));
  await manager.query('analyze ticket_anew');
  await manager.query('drop table ticket');
  await manager.query('alter table ticket_anew rename to ticket');
  for (const name of ['ticket_pkey', ...indexes.map((index) => index.name)]) await manager.query(`alter index ${name === 'ticket_pkey' ? 'ticket_anew_pkey' : `${name}_anew`} rename to ${name}`);
}
