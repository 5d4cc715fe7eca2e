import type { Instant } from '@handoff/contracts';
import type { Transaction } from '@handoff/messaging';
import type { Page } from '@handoff/platform';
import type { ActiveVersion, MatrixText, MatrixVersion, VersionSummary } from './matrix-version.js';

export interface NewVersion extends MatrixText {
  readonly version: string;
  readonly base: string | null;
  readonly at: Instant;
  readonly by: string;
}

/** What may be changed in a version beside its text; an absent field stays. */
export type VersionChange = Partial<Pick<MatrixVersion, 'matrix' | 'cases' | 'authors' | 'state' | 'base' | 'failedCases' | 'testedAt' | 'activatesAt' | 'note'>>;

export interface VersionQuery {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** Keeps the versions of the matrix. At most one is active. */
export interface MatrixStore {
  /** One transaction at a time changes which version is active: whoever calls this waits until the others are done. */
  lock(tx: Transaction): Promise<void>;
  /** Adds a draft. `false`: the name is taken. */
  add(tx: Transaction, version: NewVersion): Promise<boolean>;
  find(tx: Transaction, version: string): Promise<MatrixVersion | null>;
  /** Newest first. @throws InvalidCursor */
  list(tx: Transaction, query: VersionQuery): Promise<Page<VersionSummary>>;
  /** Changes a version and raises its revision. `null`: it is not there, or its revision is not `revision` any more. */
  change(tx: Transaction, key: { readonly version: string; readonly revision: number }, change: VersionChange, at: Instant): Promise<MatrixVersion | null>;
  /** Makes a version active and retires the active one. `replaced` is where a rollback will go. Needs `lock`. */
  activate(tx: Transaction, activation: { readonly version: string; readonly replaced: string | null; readonly at: Instant; readonly by: string }): Promise<void>;
  active(tx: Transaction): Promise<ActiveVersion | null>;
  /** Versions whose time to become active has come, the earliest first. */
  due(tx: Transaction, now: Instant): Promise<readonly string[]>;
}

export const MATRIX_STORE = Symbol('MATRIX_STORE');
