import type { Transaction } from '@handoff/messaging';
import { managerOf } from '@handoff/persistence';
import { LessThan, LessThanOrEqual, type SelectQueryBuilder } from 'typeorm';
import type { DirectoryEntry, DirectoryKind, ListFilter } from './directory-kinds.js';
import { type DirectoryEntity, ENTITY_OF, RevisionEntity } from './directory.entity.js';
import { KEY_COLUMNS } from './directory.store.postgres.js';
import type { Change, Current, EntryQuery, EntryStore, Expected, Revision } from './entry.store.js';

/** Single entries, by TypeORM's entities. Revisions, times and history are the triggers' work. */
export class PostgresEntryStore implements EntryStore {
  async find(tx: Transaction, kind: DirectoryKind, id: string): Promise<Current | null> {
    const row = await managerOf(tx).findOneBy(ENTITY_OF[kind], { id });
    return row === null ? null : currentOf(row);
  }

  async findAt(tx: Transaction, kind: DirectoryKind, id: string, at: string): Promise<Current | null> {
    const row = await managerOf(tx).findOne(RevisionEntity, { where: { kind, id, changedAt: LessThanOrEqual(new Date(at)) }, order: { revision: 'DESC' } });
    const revision = row === null ? null : revisionOf(row);
    return isCurrent(revision) ? revision : null;
  }

  async history(tx: Transaction, kind: DirectoryKind, id: string, { before, limit }: { readonly before?: number | undefined; readonly limit: number }): Promise<readonly Revision[]> {
    const rows = await managerOf(tx).find(RevisionEntity, { where: { kind, id, ...(before === undefined ? {} : { revision: LessThan(before) }) }, order: { revision: 'DESC' }, take: limit + 1 });
    return rows.map(revisionOf);
  }

  async list(tx: Transaction, kind: DirectoryKind, { filters, q, after, limit }: EntryQuery): Promise<readonly Current[]> {
    const query = managerOf(tx).createQueryBuilder(ENTITY_OF[kind], 'e').orderBy('e.id').limit(limit + 1);
    for (const [filter, value] of Object.entries(filters)) narrow(query, kind, [filter as ListFilter, value]);
    if (q !== undefined) query.andWhere("(e.id ilike :part or e.document ->> 'name' ilike :part)", { part: `%${q.replaceAll(/[\\%_]/g, String.raw`\$&`)}%` });
    if (after !== undefined) query.andWhere('e.id > :after', { after });
    return (await query.getMany()).map(currentOf);
  }

  async put(tx: Transaction, kind: DirectoryKind, document: DirectoryEntry, { expected, by }: Change): Promise<Current | null> {
    const keys = Object.entries(KEY_COLUMNS[kind]);
    const parameters: unknown[] = [document.id, JSON.stringify(document), by];
    const written = await managerOf(tx).query<unknown[]>(expected === 'nothing'
      ? `insert into ${kind} (id, document, changed_by${keys.map(([column]) => `, ${column}`).join('')})
         values ($1, $2::jsonb, $3${keys.map(([, field]) => `, $2::jsonb ->> '${field}'`).join('')}) on conflict (id) do nothing returning id`
      : `with written as (
           update ${kind} set document = $2::jsonb, changed_by = $3${keys.map(([column, field]) => `, ${column} = $2::jsonb ->> '${field}'`).join('')}
           where id = $1 ${isRevision(expected, parameters)} returning id) select id from written`, parameters);
    return written.length === 0 ? null : this.find(tx, kind, document.id);
  }

  async remove(tx: Transaction, kind: DirectoryKind, id: string, { expected, by }: Change): Promise<boolean> {
    const manager = managerOf(tx);
    await manager.query("select set_config('handoff.changed_by', $1, true)", [by]);
    const parameters: unknown[] = [id];
    const removed = await manager.query<unknown[]>(`with removed as (delete from ${kind} where id = $1 ${isRevision(expected, parameters)} returning id) select id from removed`, parameters);
    return removed.length > 0;
  }
}

function isRevision(expected: Expected, parameters: unknown[]): string {
  switch (expected) {
    case 'anything': return '';
    case 'nothing': return 'and false';
    default: return `and revision = any($${parameters.push([...expected])}::integer[])`;
  }
}

function narrow(query: SelectQueryBuilder<DirectoryEntity>, kind: DirectoryKind, [filter, value]: readonly [ListFilter, string]): void {
  if (Object.values(KEY_COLUMNS[kind]).includes(filter)) query.andWhere(`e.${filter} = :${filter}`, { [filter]: value });
  else if (filter === 'globalId') query.andWhere("e.document ->> 'globalId' = :globalId", { globalId: value });
  else if (kind === 'partner') query.andWhere("e.document -> 'providers' @> :provider::jsonb", { provider: JSON.stringify([{ [filter]: value }]) });
  else {
    const sale = { [filter]: value };
    const isRelated = kind === 'customer' ? ` or e.document -> 'relationships' @> :${filter}Related::jsonb` : '';
    query.andWhere(`(e.document -> 'soldBy' @> :${filter}::jsonb${isRelated})`, { [filter]: JSON.stringify(sale), [`${filter}Related`]: JSON.stringify([{ soldBy: sale }]) });
  }
}

function currentOf({ id, document, revision, changedAt, changedBy }: DirectoryEntity): Current {
  return { id, revision, changedAt: changedAt.toISOString(), changedBy, document };
}

function revisionOf({ id, document, revision, changedAt, changedBy }: RevisionEntity): Revision {
  return { id, revision, changedAt: changedAt.toISOString(), changedBy, document };
}

function isCurrent(revision: Revision | null): revision is Current {
  return revision !== null && revision.document !== null;
}
