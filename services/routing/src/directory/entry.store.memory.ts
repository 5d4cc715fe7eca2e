import { onRollback, type Transaction } from '@handoff/messaging';
import { DIRECTORY_KINDS, type DirectoryEntry, type DirectoryKind } from './directory-kinds.js';
import { matchesQuery } from './entry-filter.decision.js';
import type { Change, Current, EntryQuery, EntryStore, Revision } from './entry.store.js';

/** All revisions of all entries, oldest first; what is there now is the last one that deletes nothing. */
export class MemoryEntryStore implements EntryStore {
  private readonly revisions: Readonly<Record<DirectoryKind, Map<string, readonly Revision[]>>>;

  constructor(private readonly now: () => Date = () => new Date()) {
    this.revisions = Object.fromEntries(DIRECTORY_KINDS.map((kind) => [kind, new Map()])) as unknown as Record<DirectoryKind, Map<string, readonly Revision[]>>;
  }

  find(_tx: Transaction, kind: DirectoryKind, id: string): Promise<Current | null> {
    return Promise.resolve(current(this.of(kind, id).at(-1)));
  }

  findAt(_tx: Transaction, kind: DirectoryKind, id: string, at: string): Promise<Current | null> {
    return Promise.resolve(asOf(this.of(kind, id), at));
  }

  history(_tx: Transaction, kind: DirectoryKind, id: string, { before = Infinity, limit }: { readonly before?: number | undefined; readonly limit: number }): Promise<readonly Revision[]> {
    return Promise.resolve(this.of(kind, id).filter(({ revision }) => revision < before).toReversed().slice(0, limit + 1));
  }

  list(_tx: Transaction, kind: DirectoryKind, query: EntryQuery): Promise<readonly Current[]> {
    const after = query.after ?? '';
    const found = this.all(kind).filter(({ id, document }) => id > after && matchesQuery(document, query));
    return Promise.resolve(found.toSorted((a, b) => (a.id < b.id ? -1 : 1)).slice(0, query.limit + 1));
  }

  put(tx: Transaction, kind: DirectoryKind, document: DirectoryEntry, { expected, by }: Change): Promise<Current | null> {
    const former = current(this.of(kind, document.id).at(-1));
    const isExpected = expected === 'nothing' ? former === null : former !== null && (expected === 'anything' || expected.includes(former.revision));
    if (!isExpected) return Promise.resolve(null);
    this.write(tx, kind, { document, by });
    return this.find(tx, kind, document.id);
  }

  remove(tx: Transaction, kind: DirectoryKind, id: string, { expected, by }: Change): Promise<boolean> {
    const former = current(this.of(kind, id).at(-1));
    if (former === null || expected === 'nothing' || (expected !== 'anything' && !expected.includes(former.revision))) return Promise.resolve(false);
    this.append(tx, kind, { id, document: null, by });
    return Promise.resolve(true);
  }

  /** Adds or replaces without a condition; the same content again makes no revision. */
  write(tx: Transaction, kind: DirectoryKind, { document, by }: { readonly document: DirectoryEntry; readonly by: string }): void {
    if (canonical(this.of(kind, document.id).at(-1)?.document) !== canonical(document)) this.append(tx, kind, { id: document.id, document, by });
  }

  all(kind: DirectoryKind, at?: string): readonly Current[] {
    return [...this.revisions[kind].values()].flatMap((revisions) => (at === undefined ? current(revisions.at(-1)) : asOf(revisions, at)) ?? []);
  }

  private of(kind: DirectoryKind, id: string): readonly Revision[] {
    return this.revisions[kind].get(id) ?? [];
  }

  private append(tx: Transaction, kind: DirectoryKind, { id, document, by }: { readonly id: string; readonly document: DirectoryEntry | null; readonly by: string }): void {
    const former = this.of(kind, id);
    onRollback(tx, () => this.revisions[kind].set(id, former));
    this.revisions[kind].set(id, [...former, { id, revision: (former.at(-1)?.revision ?? 0) + 1, changedAt: this.now().toISOString(), changedBy: by, document }]);
  }
}

function current(revision: Revision | undefined): Current | null {
  return revision === undefined || revision.document === null ? null : { ...revision, document: revision.document };
}

function asOf(revisions: readonly Revision[], at: string): Current | null {
  return current(revisions.findLast(({ changedAt }) => Date.parse(changedAt) <= Date.parse(at)));
}

/** Documents are compared as the database does: the order of keys is of no account. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === 'object' && part !== null && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part)) ?? '';
}
