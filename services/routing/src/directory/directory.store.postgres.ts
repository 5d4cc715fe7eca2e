import type { Transaction } from '@handoff/messaging';
import { managerOf } from '@handoff/persistence';
import type { EntityManager } from 'typeorm';
import { DIRECTORY_KINDS, type DirectoryEntry, type DirectoryKind, entriesByKind } from './directory-kinds.js';
import type { DirectoryContent, DirectoryKeys, DirectorySlice, HealthNotice } from './directory.js';
import { type Lookup, sliceOf } from './directory.slice.js';
import type { DirectoryStore } from './directory.store.js';

const ENTRIES_AT_ONCE = 1_000;

/** The columns that repeat a field of the document, so that it can be looked up. */
export const KEY_COLUMNS: Readonly<Record<DirectoryKind, Readonly<Record<string, string>>>> = {
  publisher: {}, partner: {}, customer: {}, calendar: {},
  offer: { publisher_id: 'publisherId' },
  subscription: { customer_id: 'customerId', offer_id: 'offerId' },
  agreement: { provider_id: 'providerId', reseller_id: 'resellerId' },
};

/** Set-based SQL: a chunk of tickets asks once, and an import writes a thousand entries at once. */
export class PostgresDirectoryStore implements DirectoryStore {
  slice(tx: Transaction, keys: DirectoryKeys): Promise<DirectorySlice> {
    return sliceOf(keys, currentIn(managerOf(tx)));
  }

  sliceAt(tx: Transaction, keys: DirectoryKeys, at: string): Promise<DirectorySlice> {
    return sliceOf(keys, formerIn(managerOf(tx), at));
  }

  async save(tx: Transaction, content: DirectoryContent, by = 'system'): Promise<void> {
    const entries = entriesByKind(content);
    for (const kind of DIRECTORY_KINDS) await upsert(managerOf(tx), kind, { entries: entries[kind], by });
  }

  async isEmpty(tx: Transaction): Promise<boolean> {
    const [row] = await managerOf(tx).query<{ is_empty: boolean }[]>('select not exists (select 1 from publisher) and not exists (select 1 from partner) as is_empty');
    return row?.is_empty ?? true;
  }

  async saveHealthNotice(tx: Transaction, notice: HealthNotice): Promise<number | null> {
    const [row] = await managerOf(tx).query<{ version: number }[]>(
      `insert into health_notice as former (id, offer_id, document) values ($1, $2, $3)
       on conflict (id) do update set offer_id = excluded.offer_id, document = excluded.document, version = former.version + 1, changed_at = now()
       where former.document is distinct from excluded.document returning version`,
      [notice.id, notice.offerId, JSON.stringify(notice)]);
    return row?.version ?? null;
  }
}

function currentIn(manager: EntityManager): Lookup {
  return {
    entries: (kind, ids) => documents(manager, `select document from ${kind} where id = any($1)`, [ids]),
    subscriptions: (ids, customerIds) => documents(manager, 'select document from subscription where id = any($1) or customer_id = any($2)', [ids, customerIds]),
    agreements: (partnerIds) => documents(manager, 'select document from agreement where provider_id = any($1) and reseller_id = any($1)', [partnerIds]),
    healthNotices: (offerIds) => documents(manager, 'select document from health_notice where offer_id = any($1)', [offerIds]),
  };
}

/** What history says of ids at an instant ($1), given how to find the ids. */
function asOf(kind: DirectoryKind, ids: string): string {
  return `select former.document from (select distinct id from directory_history where kind = '${kind}' and (${ids})) i
    cross join lateral (select h.document from directory_history h where h.kind = '${kind}' and h.id = i.id and h.changed_at <= $1 order by h.revision desc limit 1) former
    where former.document is not null`;
}

function formerIn(manager: EntityManager, at: string): Lookup {
  return {
    entries: (kind, ids) => documents(manager, asOf(kind, 'id = any($2)'), [ids], at),
    // An entry may have been another customer's, or another pair's, at another time.
    subscriptions: (ids, customerIds) => documents(manager,
      `${asOf('subscription', "id = any($2) or document ->> 'customerId' = any($3)")} and (i.id = any($2) or former.document ->> 'customerId' = any($3))`, [ids, customerIds], at),
    agreements: (partnerIds) => documents(manager,
      `${asOf('agreement', "document ->> 'providerId' = any($2) and document ->> 'resellerId' = any($2)")} and former.document ->> 'providerId' = any($2) and former.document ->> 'resellerId' = any($2)`, [partnerIds], at),
    healthNotices: (offerIds) => currentIn(manager).healthNotices(offerIds),
  };
}

async function documents<T>(manager: EntityManager, sql: string, ids: readonly (readonly string[])[], at?: string): Promise<T[]> {
  if (ids.every(({ length }) => length === 0)) return [];
  const rows = await manager.query<{ document: T }[]>(sql, [...(at === undefined ? [] : [at]), ...ids.map((list) => [...list])]);
  return rows.map(({ document }) => document);
}

/** In the order of ids, so that two writers wait for each other and never deadlock. Table and column names come from this file only. */
async function upsert(manager: EntityManager, kind: DirectoryKind, { entries, by }: { readonly entries: readonly DirectoryEntry[]; readonly by: string }): Promise<void> {
  const keys = Object.entries(KEY_COLUMNS[kind]);
  const columns = ['id', ...keys.map(([column]) => column), 'document', 'changed_by'];
  const sql = `
    insert into ${kind} (${columns.join(', ')})
    select d ->> 'id', ${keys.map(([, field]) => `d ->> '${field}', `).join('')}d, $2 from unnest($1::jsonb[]) d order by 1
    on conflict (id) do update set ${columns.slice(1).map((column) => `${column} = excluded.${column}`).join(', ')}
    where ${kind}.document is distinct from excluded.document`;
  // A statement cannot write one row twice: of entries with the same id the last one counts.
  const distinct = [...new Map(entries.map((entry) => [entry.id, entry])).values()];
  for (let start = 0; start < distinct.length; start += ENTRIES_AT_ONCE) {
    await manager.query(sql, [distinct.slice(start, start + ENTRIES_AT_ONCE).map((entry) => JSON.stringify(entry)), by]);
  }
}
