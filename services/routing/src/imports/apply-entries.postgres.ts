import type { EntityManager } from 'typeorm';
import type { DirectoryKind } from '../directory/directory-kinds.js';
import { KEY_COLUMNS } from '../directory/directory.store.postgres.js';
import type { ApplyCounts, ApplyOrder } from './import.store.js';

/** Rows of one statement. Triggers of the directory's tables keep as many in memory or on disk at a time. */
const APPLY_ROWS = 20_000;
/** Instead of the limit of ordinary statements; a part of an import holds many rows. */
const APPLY_STATEMENT_TIMEOUT_MS = 300_000;

interface AppliedPart {
  readonly last: string | null;
  readonly taken: string;
  readonly created: string;
  readonly changed: string;
}

/** Table and column names come from this file only, never from a file that is imported. */
export async function applyEntries(manager: EntityManager, seq: string, { kinds, merges, changedBy }: ApplyOrder): Promise<ApplyCounts> {
  await manager.query(`set local statement_timeout = ${APPLY_STATEMENT_TIMEOUT_MS}`);
  const sum = { created: 0, changed: 0, unchanged: 0 };
  for (const kind of kinds) {
    const sql = applySql(kind, merges);
    for (let after: string | null = ''; after !== null; ) {
      const rows: AppliedPart[] = await manager.query(sql, [seq, kind, after, APPLY_ROWS, changedBy]);
      const part = rows[0];
      const { taken, created, changed } = { taken: Number(part?.taken ?? 0), created: Number(part?.created ?? 0), changed: Number(part?.changed ?? 0) };
      sum.created += created;
      sum.changed += changed;
      sum.unchanged += taken - created - changed;
      after = taken < APPLY_ROWS ? null : (part?.last ?? null);
    }
  }
  return sum;
}

/** In the order of ids, so that two imports wait for each other instead of deadlocking. */
function applySql(kind: DirectoryKind, merges: boolean): string {
  const references = Object.entries(KEY_COLUMNS[kind]);
  const columns = ['id', ...references.map(([column]) => column), 'document', 'changed_by'];
  const values = ['id', ...references.map(([, field]) => `document ->> '${field}'`), 'document', '$5'];
  const written = merges ? 't.document || excluded.document' : 'excluded.document';
  return `
    with part as materialized (
      select id, document from import_entry where import_seq = $1 and kind = $2 and id > $3 order by id limit $4
    ), written as (
      insert into ${kind} as t (${columns.join(', ')}) select ${values.join(', ')} from part order by id
      on conflict (id) do update set ${references.map(([column]) => `${column} = excluded.${column}, `).join('')}document = ${written}, changed_by = excluded.changed_by
      where t.document is distinct from ${written}
      returning (xmax = 0) as is_new
    )
    select (select max(id) from part) as last, (select count(*) from part) as taken,
      count(*) filter (where is_new) as created, count(*) filter (where not is_new) as changed from written`;
}

export async function compareEntries(manager: EntityManager, seq: string, { kinds, merges }: ApplyOrder): Promise<ApplyCounts> {
  await manager.query(`set local statement_timeout = ${APPLY_STATEMENT_TIMEOUT_MS}`);
  const sum = { created: 0, changed: 0, unchanged: 0 };
  for (const kind of kinds) {
    const written = merges ? 't.document || e.document' : 'e.document';
    const [row] = await manager.query<{ created: string; changed: string; unchanged: string }[]>(
      `select count(*) filter (where t.id is null) as created,
         count(*) filter (where t.id is not null and t.document is distinct from ${written}) as changed,
         count(*) filter (where t.id is not null and t.document is not distinct from ${written}) as unchanged
       from import_entry e left join ${kind} t on t.id = e.id where e.import_seq = $1 and e.kind = $2`, [seq, kind]);
    sum.created += Number(row?.created ?? 0);
    sum.changed += Number(row?.changed ?? 0);
    sum.unchanged += Number(row?.unchanged ?? 0);
  }
  return sum;
}
