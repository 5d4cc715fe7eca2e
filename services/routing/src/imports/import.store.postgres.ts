import type { Transaction } from '@handoff/messaging';
import { managerOf } from '@handoff/persistence';
import { type Page, pageOf, readCursor } from '@handoff/platform';
import type { EntityManager } from 'typeorm';
import { applyEntries, compareEntries } from './apply-entries.postgres.js';
import { ABANDONED_AFTER_DAYS, type Import, type ImportCounts, type ImportOptions, type ImportPosition, type ImportState, type LineProblem, NO_COUNTS, type StagedEntry } from './import.js';
import { type ApplyCounts, type ApplyOrder, ImportDiffers, type ImportStore, ImportTakenOver, type Progress, type Staged, type Upload } from './import.store.js';
import { stageEntries } from './stage-entries.postgres.js';

const START: ImportPosition = { records: 0, line: 0, hash: '' };
const ENDED: readonly ImportState[] = ['checked', 'applied', 'refused'];
const COLUMNS = 'seq, id, options, state, position, counts, ignored_columns, detail, created_at, updated_at, finished_at';

interface Row {
  seq: string; id: string; options: ImportOptions; state: ImportState; position: ImportPosition; counts: ImportCounts;
  ignored_columns: string[]; detail: string | null; created_at: Date; updated_at: Date; finished_at: Date | null;
}

export class PostgresImportStore implements ImportStore {
  async open(tx: Transaction, { id, options, uploadId }: { readonly id: string; readonly options: ImportOptions; readonly uploadId: string }): Promise<Import> {
    const manager = managerOf(tx);
    await removeAbandoned(manager);
    const [begun] = await manager.query<Row[]>(
      `insert into import (id, options, state, upload, position, counts) values ($1, $2, 'receiving', $3, $4, $5)
       on conflict (id) do nothing returning ${COLUMNS}`, [id, options, uploadId, START, NO_COUNTS]);
    if (begun !== undefined) return importOf(begun);
    const [found] = await manager.query<(Row & { is_same: boolean })[]>(`select ${COLUMNS}, options = $2::jsonb as is_same from import where id = $1 for update`, [id, JSON.stringify(options)]);
    if (found === undefined || !found.is_same) throw new ImportDiffers(`The import '${id}' was begun with another format or other options.`);
    if (ENDED.includes(found.state)) return importOf(found);
    const isWhole = (await stagedCount(manager, found.seq)) === found.counts.staged;
    if (!isWhole) await forget(manager, found.seq);
    const [resumed] = await manager.query<Row[][]>(
      `update import set state = 'receiving', upload = $2, position = $3, counts = $4, detail = null, updated_at = now() where seq = $1 returning ${COLUMNS}`,
      [found.seq, uploadId, isWhole ? found.position : START, isWhole ? found.counts : NO_COUNTS]);
    return importOf(resumed?.[0] ?? found);
  }

  async hold(tx: Transaction, { seq, uploadId }: Upload): Promise<void> {
    const [held] = await managerOf(tx).query<object[]>('select 1 from import where seq = $1 and upload = $2 for update', [seq, uploadId]);
    if (held === undefined) throw new ImportTakenOver('The same import is being sent by another upload, which has taken over.');
  }

  stage(tx: Transaction, { seq }: Upload, entries: readonly StagedEntry[]): Promise<Staged> {
    return stageEntries(managerOf(tx), seq, entries);
  }

  async report(tx: Transaction, { seq }: Upload, firstNumber: number, problems: readonly LineProblem[]): Promise<void> {
    if (problems.length === 0) return;
    await managerOf(tx).query(
      `insert into import_problem (import_seq, number, line, field, code, detail, remedy)
       select $1, $2 + n - 1, line, field, code, detail, remedy
       from rows from (jsonb_to_recordset($3::jsonb) as (line bigint, field text, code text, detail text, remedy text)) with ordinality as given (line, field, code, detail, remedy, n)`,
      [seq, firstNumber, JSON.stringify(problems)]);
  }

  async save(tx: Transaction, { seq }: Upload, { state, position, counts, ignoredColumns, detail }: Progress): Promise<Import> {
    const [rows] = await managerOf(tx).query<Row[][]>(
      `update import set state = $2, position = $3, counts = $4, ignored_columns = $5, detail = $6, updated_at = now(),
         finished_at = case when $7 then now() end where seq = $1 returning ${COLUMNS}`,
      [seq, state, position, counts, JSON.stringify(ignoredColumns), detail, [...ENDED, 'failed'].includes(state)]);
    const row = rows?.[0];
    if (row === undefined) throw new Error(`The import ${seq} is gone.`);
    return importOf(row);
  }

  apply(tx: Transaction, { seq }: Upload, order: ApplyOrder): Promise<ApplyCounts> {
    return applyEntries(managerOf(tx), seq, order);
  }

  compare(tx: Transaction, { seq }: Upload, order: ApplyOrder): Promise<ApplyCounts> {
    return compareEntries(managerOf(tx), seq, order);
  }

  async discard(tx: Transaction, { seq }: Upload): Promise<void> {
    await managerOf(tx).query('delete from import_entry where import_seq = $1', [seq]);
  }

  async find(tx: Transaction, id: string): Promise<Import | null> {
    const [row] = await managerOf(tx).query<Row[]>(`select ${COLUMNS} from import where id = $1`, [id]);
    return row === undefined ? null : importOf(row);
  }

  async list(tx: Transaction, { cursor, limit }: { readonly cursor?: string; readonly limit: number }): Promise<Page<Import>> {
    const rows = await managerOf(tx).query<Row[]>(`select ${COLUMNS} from import where $1::bigint is null or seq < $1 order by seq desc limit $2`, [positionAt(cursor), limit + 1]);
    return pageOf(rows.map(importOf), limit, ({ seq }) => [seq]);
  }

  async problems(tx: Transaction, seq: string, { cursor, limit }: { readonly cursor?: string; readonly limit: number }): Promise<Page<LineProblem>> {
    const rows = await managerOf(tx).query<(Omit<LineProblem, 'line'> & { line: string; number: number })[]>(
      'select number, line, field, code, detail, remedy from import_problem where import_seq = $1 and number > coalesce($2::bigint, 0) order by number limit $3', [seq, positionAt(cursor), limit + 1]);
    const { items, next } = pageOf(rows, limit, ({ number }) => [String(number)]);
    return { items: items.map(({ number: _number, line, ...problem }) => ({ line: Number(line), ...problem })), next };
  }
}

async function stagedCount(manager: EntityManager, seq: string): Promise<number> {
  const [row] = await manager.query<{ count: string }[]>('select count(*) from import_entry where import_seq = $1', [seq]);
  return Number(row?.count ?? 0);
}

async function forget(manager: EntityManager, seq: string): Promise<void> {
  await manager.query('delete from import_entry where import_seq = $1', [seq]);
  await manager.query('delete from import_problem where import_seq = $1', [seq]);
}

async function removeAbandoned(manager: EntityManager): Promise<void> {
  const [rows] = await manager.query<{ seq: string }[][]>(
    `update import set state = 'failed', detail = $1, position = $2, counts = $3, finished_at = now()
     where seq in (select seq from import where state in ('receiving', 'staged', 'failed') and counts ->> 'staged' <> '0' and updated_at < now() - make_interval(days => $4) for update skip locked)
     returning seq`, [`Nobody went on with it for ${ABANDONED_AFTER_DAYS} days; what had come was removed.`, START, NO_COUNTS, ABANDONED_AFTER_DAYS]);
  for (const { seq } of rows ?? []) await forget(manager, seq);
}

function importOf(row: Row): Import {
  const { seq, id, options, state, position, counts, detail } = row;
  return { seq, id, options, state, position, counts, ignoredColumns: row.ignored_columns, detail, createdAt: row.created_at.toISOString(), updatedAt: row.updated_at.toISOString(), finishedAt: row.finished_at?.toISOString() ?? null };
}

function positionAt(cursor: string | undefined): string | null {
  return cursor === undefined ? null : readCursor(cursor, isPosition)[0];
}

function isPosition(parts: readonly unknown[]): parts is readonly [string] {
  return typeof parts[0] === 'string' && /^\d{1,18}$/.test(parts[0]);
}
