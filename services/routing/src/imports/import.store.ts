import type { Transaction } from '@handoff/messaging';
import type { Page } from '@handoff/platform';
import type { Import, ImportCounts, ImportEntry, ImportOptions, ImportPosition, ImportState, LineProblem, StagedEntry } from './import.js';

/** One upload of an import's file. Only the latest of an import may write. */
export interface Upload {
  readonly seq: string;
  readonly uploadId: string;
}

export interface Progress {
  readonly state: ImportState;
  readonly position: ImportPosition;
  readonly counts: ImportCounts;
  readonly ignoredColumns: readonly string[];
  readonly detail: string | null;
}

/** What staging a batch came to. `added` are those that no entry of the same id was there for. */
export interface Staged {
  readonly added: number;
  readonly duplicates: readonly DuplicateEntry[];
}

/** An entry that was left out because one of the same id was staged before it. */
export interface DuplicateEntry {
  readonly entry: StagedEntry;
  readonly firstLine: number;
}

export interface ApplyOrder {
  readonly kinds: readonly ImportEntry['kind'][];
  /** Whether keys that an entry lacks stay as the directory has them. */
  readonly merges: boolean;
  readonly changedBy: string;
}

export type ApplyCounts = Pick<ImportCounts, 'created' | 'changed' | 'unchanged'>;

/** Keeps imports, their reports, and their entries until these are applied. */
export interface ImportStore {
  /**
   * Begins an import, or goes on with it. One that has ended is returned as it is. What a server crash took from a
   * broken-off one makes it begin anew.
   * @throws ImportDiffers when the id belongs to one with other options.
   */
  open(tx: Transaction, wanted: { readonly id: string; readonly options: ImportOptions; readonly uploadId: string }): Promise<Import>;
  /** Locks the import for this upload. @throws ImportTakenOver when another upload has begun since. */
  hold(tx: Transaction, upload: Upload): Promise<void>;
  stage(tx: Transaction, upload: Upload, entries: readonly StagedEntry[]): Promise<Staged>;
  report(tx: Transaction, upload: Upload, firstNumber: number, problems: readonly LineProblem[]): Promise<void>;
  save(tx: Transaction, upload: Upload, progress: Progress): Promise<Import>;
  /** Writes what was staged into the directory. */
  apply(tx: Transaction, upload: Upload, order: ApplyOrder): Promise<ApplyCounts>;
  /** What `apply` would do. */
  compare(tx: Transaction, upload: Upload, order: ApplyOrder): Promise<ApplyCounts>;
  /** Removes what was staged. */
  discard(tx: Transaction, upload: Upload): Promise<void>;
  find(tx: Transaction, id: string): Promise<Import | null>;
  /** The latest first. @throws InvalidCursor */
  list(tx: Transaction, page: { readonly cursor?: string; readonly limit: number }): Promise<Page<Import>>;
  /** Problems in the order of the file. @throws InvalidCursor */
  problems(tx: Transaction, seq: string, page: { readonly cursor?: string; readonly limit: number }): Promise<Page<LineProblem>>;
}

export const IMPORT_STORE = Symbol('IMPORT_STORE');

export class ImportDiffers extends Error {
  override readonly name = 'ImportDiffers';
}

export class ImportTakenOver extends Error {
  override readonly name = 'ImportTakenOver';
}
