import type { Instant } from '@handoff/contracts';

export const VERSION_STATES = ['draft', 'tested', 'active', 'retired'] as const;
export type VersionState = (typeof VERSION_STATES)[number];

/** What an author writes: the rules, and what they must answer in known cases. YAML or JSON. */
export interface MatrixText {
  readonly matrix: string;
  readonly cases: string;
}

/** One version of the responsibility matrix. Its text is fixed once its cases have passed. */
export interface MatrixVersion extends MatrixText {
  /** Chosen by the author, as `2026-03`; every decision names it. */
  readonly version: string;
  readonly state: VersionState;
  /** Rises with each change of the version. */
  readonly revision: number;
  /** The version that was active when this one was last written or tested. */
  readonly base: string | null;
  /** The version that this one took the place of. */
  readonly replaced: string | null;
  /** How many cases failed in the last test; `null`: not tested since it was written. */
  readonly failedCases: number | null;
  readonly createdAt: Instant;
  readonly createdBy: string;
  /** Everybody who wrote its text, each once; the first is `createdBy`. */
  readonly authors: readonly string[];
  readonly changedAt: Instant;
  readonly testedAt: Instant | null;
  /** When it is to become active; `null`: nobody has asked for that. */
  readonly activatesAt: Instant | null;
  readonly activatedAt: Instant | null;
  readonly activatedBy: string | null;
  readonly retiredAt: Instant | null;
  /** What happened to it without anybody's request. */
  readonly note: string | null;
}

/** A version in a list: without its texts. */
export type VersionSummary = Omit<MatrixVersion, keyof MatrixText>;

/** Which version is active. `activation` rises with each activation, also with a rollback. */
export interface ActiveVersion {
  readonly version: string;
  readonly activation: number;
}
