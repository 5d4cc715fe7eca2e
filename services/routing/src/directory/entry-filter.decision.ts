import type { DirectoryEntry, ListFilter } from './directory-kinds.js';
import type { EntryQuery } from './entry.store.js';

/** Whether an entry belongs into a list; the same in words as PostgreSQL's `where`. */
export function matchesQuery(entry: DirectoryEntry, { filters, q }: Pick<EntryQuery, 'filters' | 'q'>): boolean {
  const names = [entry.id, 'name' in entry ? (entry.name ?? '') : ''];
  if (q !== undefined && !names.some((name) => name.toLowerCase().includes(q.toLowerCase()))) return false;
  return Object.entries(filters).every(([filter, value]) => valuesOf(entry, filter as ListFilter).includes(value));
}

function valuesOf(entry: object, filter: ListFilter): readonly unknown[] {
  const { soldBy, relationships = [], providers = [] } = entry as { soldBy?: object; relationships?: readonly { soldBy: object }[]; providers?: readonly object[] };
  return [entry, soldBy, ...relationships.map((relationship) => relationship.soldBy), ...providers]
    .map((part) => (part as Record<string, unknown> | undefined)?.[filter]);
}
