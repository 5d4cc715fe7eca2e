import type { EntityManager } from 'typeorm';
import type { StagedEntry } from './import.js';
import type { DuplicateEntry, Staged } from './import.store.js';

const GIVEN = 'jsonb_to_recordset($2::jsonb) as given (kind text, id text, line bigint, rank smallint, document jsonb)';

/** Adds entries to those that wait; ranked ones are merged, of others the first one stays. */
export async function stageEntries(manager: EntityManager, seq: string, entries: readonly StagedEntry[]): Promise<Staged> {
  const { distinct, ranked, duplicates } = sorted(entries);
  const merged = await mergeRanked(manager, seq, ranked);
  if (distinct.length === 0) return { added: merged, duplicates };
  const added = await manager.query<{ kind: string; id: string }[]>(
    `insert into import_entry (import_seq, kind, id, line, document) select $1, kind, id, line, document from ${GIVEN}
     on conflict (import_seq, kind, id) do nothing returning kind, id`, [seq, JSON.stringify(distinct)]);
  const addedKeys = new Set(added.map(keyOf));
  const left = added.length === distinct.length ? [] : distinct.filter((entry) => !addedKeys.has(keyOf(entry)));
  return { added: merged + added.length, duplicates: [...duplicates, ...(await earlierLines(manager, seq, left))] };
}

/** Asked only of the few that were left out: a join with all that waits could read the whole table for every batch. */
async function earlierLines(manager: EntityManager, seq: string, entries: readonly StagedEntry[]): Promise<DuplicateEntry[]> {
  if (entries.length === 0) return [];
  const rows = await manager.query<{ kind: string; id: string; line: string }[]>(
    `select given.kind, given.id, earlier.line from unnest($2::text[], $3::text[]) as given (kind, id)
     cross join lateral (select line from import_entry where import_seq = $1 and kind = given.kind and id = given.id limit 1) earlier`,
    [seq, entries.map(({ kind }) => kind), entries.map(({ id }) => id)]);
  const lines = new Map(rows.map((row) => [keyOf(row), Number(row.line)]));
  return entries.map((entry) => ({ entry, firstLine: lines.get(keyOf(entry)) ?? entry.line }));
}

function keyOf({ kind, id }: { readonly kind: string; readonly id: string }): string {
  return `${kind} ${id}`;
}

function sorted(entries: readonly StagedEntry[]): { distinct: StagedEntry[]; ranked: StagedEntry[]; duplicates: DuplicateEntry[] } {
  const firsts = new Map<string, StagedEntry>();
  const ranked: StagedEntry[] = [];
  const duplicates: DuplicateEntry[] = [];
  for (const entry of entries) {
    const first = firsts.get(keyOf(entry));
    if (entry.rank !== undefined) ranked.push(entry);
    else if (first === undefined) firsts.set(keyOf(entry), entry);
    else duplicates.push({ entry, firstLine: first.line });
  }
  return { distinct: [...firsts.values()], ranked, duplicates };
}

/** The one with the lower rank wins, the other fills what it leaves out. One statement takes no row twice, so they go in rounds. Returns how many are new. */
async function mergeRanked(manager: EntityManager, seq: string, entries: readonly StagedEntry[]): Promise<number> {
  let added = 0;
  for (let rest = [...entries]; rest.length > 0; ) {
    const seen = new Set<string>();
    const round = rest.filter((entry) => !seen.has(keyOf(entry)) && seen.add(keyOf(entry)));
    rest = rest.filter((entry) => !round.includes(entry));
    const rows = await manager.query<{ is_new: boolean }[]>(
      `insert into import_entry as e (import_seq, kind, id, line, rank, document) select $1, kind, id, line, rank, document from ${GIVEN}
       on conflict (import_seq, kind, id) do update set rank = least(e.rank, excluded.rank),
         document = case when excluded.rank < e.rank
           then e.document || excluded.document || jsonb_build_object('listing', coalesce(e.document -> 'listing', '{}') || coalesce(excluded.document -> 'listing', '{}'))
           else excluded.document || e.document || jsonb_build_object('listing', coalesce(excluded.document -> 'listing', '{}') || coalesce(e.document -> 'listing', '{}')) end
       returning (xmax = 0) as is_new`,
      [seq, JSON.stringify(round)]);
    added += rows.filter(({ is_new }) => is_new).length;
  }
  return added;
}
