import type { OfferKind } from '@handoff/matrix';
import type { DirectoryKind } from '../directory/directory-kinds.js';

/** One upload of a file into the directory, and what became of it. */

export const IMPORT_FORMATS = ['offers', 'customers', 'subscriptions', 'agreements', 'directory'] as const;
export type ImportFormatName = (typeof IMPORT_FORMATS)[number];

export const IMPORT_SYNTAXES = ['csv', 'json', 'ndjson'] as const;
/** How a file is written, by its Content-Type. */
export type ImportSyntax = (typeof IMPORT_SYNTAXES)[number];

/**
 * `receiving`: records come, or came until the upload broke off. `staged`: all came; applying is under way or was
 * broken off. `checked`: a dry run ended. `applied`: the directory has it. `refused`: lines are invalid, nothing was
 * changed. `failed`: the file cannot be read to its end.
 */
export const IMPORT_STATES = ['receiving', 'staged', 'checked', 'applied', 'refused', 'failed'] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

export const SALES_MODELS = ['direct-bill', 'indirect'] as const;

/** What the sender says about the file. The same for every upload under one id. */
export interface ImportOptions {
  readonly format: ImportFormatName;
  readonly syntax: ImportSyntax;
  readonly dryRun: boolean;
  readonly skipInvalid: boolean;
  /** Offers: id of the publisher whose listings these are. */
  readonly publisher?: string;
  /** Offers: the kind of those whose listing does not tell it. */
  readonly offerKind?: OfferKind;
  /** Customers and subscriptions: id of the partner whose Partner Center the file is from. */
  readonly partner?: string;
  /** How that partner sells; `indirect` unless said otherwise. */
  readonly model?: (typeof SALES_MODELS)[number];
  /** Subscriptions: the customer of those that name none. */
  readonly customer?: string;
}

export interface ImportCounts {
  readonly read: number;
  readonly valid: number;
  readonly invalid: number;
  /** Resources of other kinds than the format's, as a plan among listings. */
  readonly ignored: number;
  /** Entries that wait to be applied. */
  readonly staged: number;
  /** Problems found; the report keeps the first of them only. */
  readonly problems: number;
  /** After the end: entries that were, or in a dry run would be, new, changed, or as they were. */
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
}

export const NO_COUNTS: ImportCounts = { read: 0, valid: 0, invalid: 0, ignored: 0, staged: 0, problems: 0, created: 0, changed: 0, unchanged: 0 };

/** How far a file has been taken. `hash` is SHA-256 over its first `records` records, in hexadecimal. */
export interface ImportPosition {
  readonly records: number;
  readonly line: number;
  readonly hash: string;
}

export interface Import {
  readonly id: string;
  readonly seq: string;
  readonly options: ImportOptions;
  readonly state: ImportState;
  readonly position: ImportPosition;
  readonly counts: ImportCounts;
  /** Columns of a CSV file that its format does not know. */
  readonly ignoredColumns: readonly string[];
  readonly detail: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly finishedAt: string | null;
}

/** What is wrong with one line. `field` is its name in the file, empty for the whole line. */
export interface LineProblem {
  readonly line: number;
  readonly field: string;
  /** Stable, for programs. */
  readonly code: string;
  readonly detail: string;
  /** What would be right. */
  readonly remedy: string;
}

/** One entry for the directory, as a line or several lines of a file say it. */
export interface ImportEntry {
  readonly kind: DirectoryKind;
  readonly id: string;
  readonly document: { readonly id: string };
  /** Among entries of the same offer, the lowest wins and the others fill its gaps; without it, a second one is a problem. */
  readonly rank?: number;
}

export type StagedEntry = ImportEntry & { readonly line: number };

/** Bytes after decompression. */
export const FILE_BYTES_MAX = 4 * 1024 * 1024 * 1024;
/** One record of a file: a CSV row, or an element of a JSON list. */
export const RECORD_BYTES_MAX = 1024 * 1024;
/** One line of NDJSON, which may hold a page of records. */
export const NDJSON_LINE_BYTES_MAX = 8 * 1024 * 1024;
/** Rows of one agreement in a CSV file. */
export const AGREEMENT_ENTRIES_MAX = 1_000;
export const BATCH_RECORDS = 2_000;
/** Characters of an id. */
export const ID_CHARS_MAX = 256;
/** Characters of any other text. */
export const TEXT_CHARS_MAX = 2_048;
/** Problems kept for the report; more are counted only. */
export const REPORT_PROBLEMS_MAX = 10_000;
export const IMPORTS_CONCURRENT_MAX = 2;
/** What was staged by an upload that nobody resumed is removed after this time. */
export const ABANDONED_AFTER_DAYS = 7;
