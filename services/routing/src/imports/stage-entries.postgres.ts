import type { EntityManager } from 'typeorm';
import type { StagedEntry } from './import.js';
import type { DuplicateEntry, Staged } from './import.store.js';

const GIVEN = 'jsonb_to_recordset($2::jsonb) as given (kind text, id text, line bigint, rank smallint, document jsonb)';

/** Adds entries to those that wait; ranked ones are merged, of others the first one stays. */
export async function stageEntries(manager: EntityManager, seq: string, entries: readonly StagedEntry[]): Promise<Staged> {
  const { distinct, ranked, duplicates } = sorted(entries);
  const merged = await mergeRanked(manager, seq, ranked);
  if (distinct.length === 0) return { added: merged, duplicates };
  const rows = await manager.query<{ kind: string; id: string; first: string }[]>(
    `with given as materialized (select * from ${GIVEN}), added as (
       insert into import_entry (import_seq, kind, id, line, document) select $1, kind, id, line, document from given
       on conflict (import_seq, kind, id) do nothing returning kind, id)
     select given.kind, given.id, earlier.line as first from given
     join import_entry earlier on earlier.import_seq = $1 and earlier.kind = given.kind and earlier.id = given.id
     where not exists (select 1 from added where added.kind = given.kind and added.id = given.id)`, [seq, JSON.stringify(distinct)]);
  const byKey = new Map(distinct.map((entry) => [keyOf(entry), entry]));
  const earlier = rows.flatMap((row) => {
    const entry = byKey.get(keyOf(row));
    return entry === undefined ? [] : [{ entry, firstLine: Number(row.first) }];
  });
  return { added: merged + distinct.length - earlier.length, duplicates: [...duplicates, ...earlier] };
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
