import { randomUUID } from 'node:crypto';
import type { Transaction, Transactions } from '@handoff/messaging';
import { type ImportFormat, UnreadableFile } from './formats/format.js';
import { FORMATS } from './formats/formats.js';
import { FileTooLarge } from './import-bytes.js';
import { duplicateProblem, ImportBatch } from './import-batch.js';
import { BATCH_RECORDS, type Import, type ImportCounts, type ImportOptions, type ImportState, IMPORTS_CONCURRENT_MAX, REPORT_PROBLEMS_MAX } from './import.js';
import { type ApplyOrder, ImportDiffers, type ImportStore, type Staged, type Upload } from './import.store.js';

export interface ImportFile {
  readonly id: string;
  readonly options: ImportOptions;
  readonly bytes: AsyncIterable<Buffer>;
}

/** So many imports run already that another one would slow routing down. */
export class TooManyImports extends Error {
  override readonly name = 'TooManyImports';
}

const NOTHING_STAGED: Staged = { added: 0, duplicates: [] };

/** What the work on one upload needs at every step. */
interface Work {
  readonly format: ImportFormat;
  readonly options: ImportOptions;
  readonly upload: Upload;
  readonly begun: Import;
  readonly batch: ImportBatch;
  ignoredColumns: readonly string[];
}

/** Takes a file into the directory, all of it or nothing, in memory that does not depend on its size. */
export class ReceiveImportHandler {
  private running = 0;

  constructor(private readonly parts: { readonly transactions: Transactions; readonly imports: ImportStore }) {}

  /**
   * Resolves when the import has ended, also where it was refused.
   * @throws ImportDiffers, ImportTakenOver, TooManyImports; UnreadableFile and FileTooLarge, with which it has failed; and
   * whatever reading the bytes throws: then the same file, sent again, goes on.
   */
  async receive(file: ImportFile): Promise<Import> {
    if (this.running >= IMPORTS_CONCURRENT_MAX) throw new TooManyImports(`${this.running} imports run already. Wait until one of them has ended.`);
    this.running++;
    try {
      return await this.take(file);
    } finally {
      this.running--;
    }
  }

  private async take({ id, options, bytes }: ImportFile): Promise<Import> {
    const { transactions, imports } = this.parts;
    const uploadId = randomUUID();
    const begun = await transactions.run((tx) => imports.open(tx, { id, options, uploadId }));
    const format = FORMATS[options.format];
    const work: Work = { format, options, upload: { seq: begun.seq, uploadId }, begun, batch: new ImportBatch(begun, format, options), ignoredColumns: begun.ignoredColumns };
    try {
      await this.read(work, bytes);
    } catch (error) {
      if (!(error instanceof UnreadableFile || error instanceof FileTooLarge) || isEnded(begun)) throw error;
      if (work.batch.recordsSeen < begun.position.records) throw differs(begun);
      await this.store(work, 'failed', error.message);
      throw error;
    }
    return isEnded(begun) ? begun : this.conclude(work);
  }

  private async read(work: Work, bytes: AsyncIterable<Buffer>): Promise<void> {
    const { begun, batch, options, format } = work;
    const known = begun.position.records;
    const context = { options, ignoredColumns: (names: readonly string[]) => void (work.ignoredColumns = names) };
    for await (const record of format.read(bytes, context)) {
      if (batch.recordsSeen < known) {
        batch.pass(record);
        if (batch.recordsSeen === known) refuseOther(begun, batch);
        continue;
      }
      if (isEnded(begun)) throw differs(begun);
      batch.take(record);
      if (batch.size >= BATCH_RECORDS) await this.store(work, 'receiving');
    }
    if (batch.recordsSeen < known || (known === 0 && isEnded(begun) && batch.recordsSeen > 0)) throw differs(begun);
    if (!isEnded(begun)) await this.store(work, 'staged');
  }

  /** The entries, problems and position of a batch are kept together: an upload goes on exactly behind them. */
  private store(work: Work, state: ImportState, detail: string | null = null): Promise<Import> {
    const { upload, batch } = work;
    return this.holding(upload, async (tx, imports) => {
      const staged = batch.entries.length === 0 ? NOTHING_STAGED : await imports.stage(tx, upload, batch.entries);
      const problems = [...batch.problems, ...staged.duplicates.map(duplicateProblem)].sort((a, b) => a.line - b.line);
      await imports.report(tx, upload, batch.problemsBefore + 1, problems.slice(0, Math.max(0, REPORT_PROBLEMS_MAX - batch.problemsBefore)));
      const counts = batch.countsWith(staged);
      const saved = await imports.save(tx, upload, { state, position: batch.position(), counts, ignoredColumns: work.ignoredColumns, detail });
      tx.afterCommit(() => batch.stored(counts));
      return saved;
    });
  }

  /** One transaction: the directory gets everything, or stays as it was. */
  private conclude(work: Work): Promise<Import> {
    const { upload, options, begun, batch, format } = work;
    return this.holding(upload, async (tx, imports) => {
      const counts = batch.countsWith(NOTHING_STAGED);
      const order: ApplyOrder = { kinds: format.kinds, merges: format.merges, changedBy: `import/${begun.id}` };
      const end = async (state: ImportState, more: Partial<ImportCounts>, detail: string | null): Promise<Import> => {
        await imports.discard(tx, upload);
        return imports.save(tx, upload, { state, position: batch.position(), counts: { ...counts, ...more, staged: 0 }, ignoredColumns: work.ignoredColumns, detail });
      };
      if (options.dryRun) return end('checked', await imports.compare(tx, upload, order), null);
      if (counts.invalid > 0 && !options.skipInvalid) return end('refused', {}, `${counts.invalid} of ${counts.read} records are invalid, so nothing was changed.`);
      return end('applied', await imports.apply(tx, upload, order), null);
    });
  }

  private holding<R>(upload: Upload, work: (tx: Transaction, imports: ImportStore) => Promise<R>): Promise<R> {
    const { transactions, imports } = this.parts;
    return transactions.run(async (tx) => {
      await imports.hold(tx, upload);
      return work(tx, imports);
    });
  }
}

function isEnded({ state }: Import): boolean {
  return state === 'checked' || state === 'applied' || state === 'refused';
}

function refuseOther(begun: Import, batch: ImportBatch): void {
  if (batch.digest() !== begun.position.hash) throw differs(begun);
}

function differs({ id, position }: Import): ImportDiffers {
  return new ImportDiffers(`The first ${position.records} records of this file are not those that the import '${id}' has taken.`);
}
