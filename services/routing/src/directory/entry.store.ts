import type { Transaction } from '@handoff/messaging';
import type { DirectoryEntry, DirectoryKind, ListFilter } from './directory-kinds.js';

/** An entry as it was from one change to the next. */
export interface Revision {
  readonly id: string;
  /** Counts from 1; goes on where a deleted entry comes back. */
  readonly revision: number;
  readonly changedAt: string;
  readonly changedBy: string;
  /** Null: the change deleted it. */
  readonly document: DirectoryEntry | null;
}

export type Current = Revision & { readonly document: DirectoryEntry };

/** What must be so for a change to happen: nothing is there, anything is, or one of these revisions is. */
export type Expected = 'nothing' | 'anything' | readonly number[];

export interface Change {
  readonly expected: Expected;
  readonly by: string;
}

export interface EntryQuery {
  readonly filters: Readonly<Partial<Record<ListFilter, string>>>;
  /** A part of the name or id, in any case. */
  readonly q?: string | undefined;
  /** The id after which the page begins. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** Single entries of the directory, each with its revisions. */
export interface EntryStore {
  find(tx: Transaction, kind: DirectoryKind, id: string): Promise<Current | null>;
  /** The entry as it was at an instant; null where it did not exist or was deleted then. */
  findAt(tx: Transaction, kind: DirectoryKind, id: string, at: string): Promise<Current | null>;
  /** Newest first, those before revision `before`. */
  history(tx: Transaction, kind: DirectoryKind, id: string, page: { readonly before?: number | undefined; readonly limit: number }): Promise<readonly Revision[]>;
  /** In the order of ids. One more than `limit` where there are more. */
  list(tx: Transaction, kind: DirectoryKind, query: EntryQuery): Promise<readonly Current[]>;
  /** Writes an entry; the same content again makes no revision. Null, and nothing written, where it is not as expected. */
  put(tx: Transaction, kind: DirectoryKind, document: DirectoryEntry, change: Change): Promise<Current | null>;
  /** Whether it was as expected and is now deleted. */
  remove(tx: Transaction, kind: DirectoryKind, id: string, change: Change): Promise<boolean>;
}

export const ENTRY_STORE = Symbol('ENTRY_STORE');
