import { createHash } from 'node:crypto';
import type { FileRecord, ImportFormat } from './formats/format.js';
import { holdsUnreadable } from './formats/fields.js';
import type { Import, ImportCounts, ImportOptions, ImportPosition, LineProblem, StagedEntry } from './import.js';
import type { DuplicateEntry, Staged } from './import.store.js';

/** What came of a file since the last batch was stored, and how far the whole has come. */
export class ImportBatch {
  entries: StagedEntry[] = [];
  problems: LineProblem[] = [];
  private readonly hash = createHash('sha256');
  private hashed = '';
  private records = 0;
  private line = 0;
  private counts: ImportCounts;
  /** Records since the last batch. */
  private pending = 0;

  constructor(begun: Import, private readonly format: ImportFormat, private readonly options: ImportOptions) {
    this.counts = begun.counts;
  }

  get size(): number {
    return this.pending;
  }

  /** How many records came, with those that an earlier upload has brought. */
  get recordsSeen(): number {
    return this.records;
  }

  /** Notes a record that an earlier upload has brought. */
  pass(record: FileRecord): void {
    this.note(record);
  }

  take(record: FileRecord): void {
    this.note(record);
    this.pending++;
    const { line } = record;
    const mapped = 'error' in record ? { problems: [record.error] } : this.map(record.value);
    if (mapped === 'ignored') this.counts = { ...this.counts, ignored: this.counts.ignored + 1 };
    else if ('entry' in mapped) this.entries.push({ ...mapped.entry, line });
    else {
      this.counts = { ...this.counts, invalid: this.counts.invalid + 1 };
      this.problems.push(...mapped.problems.map((problem) => ({ line, ...problem })));
    }
  }

  /** SHA-256 over the records so far, in hexadecimal. */
  digest(): string {
    this.flushHash();
    return this.hash.copy().digest('hex');
  }

  position(): ImportPosition {
    return { records: this.records, line: this.line, hash: this.digest() };
  }

  /** The counts once this batch is stored, in which these entries turned out to be there already. */
  countsWith({ added, duplicates }: Staged): ImportCounts {
    const { valid, invalid, problems, staged } = this.counts;
    return { ...this.counts, read: this.records, valid: valid + this.entries.length - duplicates.length, invalid: invalid + duplicates.length, problems: problems + this.problems.length + duplicates.length, staged: staged + added };
  }

  /** How many problems the batches before this one had. */
  get problemsBefore(): number {
    return this.counts.problems;
  }

  /** Empties the batch after it was stored. */
  stored(counts: ImportCounts): void {
    this.counts = counts;
    this.entries = [];
    this.problems = [];
    this.pending = 0;
  }

  private map(value: unknown): ReturnType<ImportFormat['map']> {
    const mapped = this.format.map(value, this.options);
    if (typeof mapped === 'object' && 'entry' in mapped && holdsUnreadable(mapped.entry.document)) {
      return { problems: [{ field: '', code: 'characters', detail: 'It has characters that are no text.', remedy: 'Save the file as UTF-8.' }] };
    }
    return mapped;
  }

  private note(record: FileRecord): void {
    this.records++;
    this.line = record.line;
    this.hashed += JSON.stringify('error' in record ? record.error : record.value) + '\n';
    if (this.hashed.length > HASHED_CHARS) this.flushHash();
  }

  private flushHash(): void {
    this.hash.update(this.hashed);
    this.hashed = '';
  }
}

/** Records are hashed in portions of this many characters, which is faster than one by one. */
const HASHED_CHARS = 65_536;

export function duplicateProblem({ entry, firstLine }: DuplicateEntry): LineProblem {
  return { line: entry.line, field: 'id', code: 'duplicate', detail: `The ${entry.kind} '${entry.id}' is on line ${firstLine} already.`, remedy: 'Keep one of the two lines.' };
}
