import { Readable, pipeline } from 'node:stream';
import { CsvError, type Info, parse } from 'csv-parse';
import { RECORD_BYTES_MAX } from '../import.js';
import { type FileContext, type FileRecord, UnreadableFile } from './format.js';

export type CsvRow = Readonly<Record<string, string>>;

export interface CsvColumns {
  /** Names of the columns as we know them. */
  readonly known: readonly string[];
  readonly required: readonly string[];
}

const DELIMITERS = [',', ';', '\t'] as const;

/**
 * The rows of a CSV file (RFC 4180) with a header row, by the names of their columns. Commas, semicolons or tabs separate,
 * as the header row shows. A byte order mark is taken off; quoted cells may have line ends in them.
 */
export async function* csvRows(bytes: AsyncIterable<Buffer>, columns: CsvColumns, context: FileContext): AsyncGenerator<FileRecord<CsvRow>> {
  let header: readonly string[] | undefined;
  let lastLine = 0;
  let countedTwice = 0;
  for await (const { record, info } of parsedRows(bytes)) {
    // What the parser counts is the line on which the record ends, with \r\n inside of cells as two.
    const hasMoreLines = info.lines - lastLine > 1;
    if (hasMoreLines) countedTwice += occurrencesIn(record, '\r\n');
    const line = info.lines - countedTwice - (hasMoreLines ? occurrencesIn(record, '\n') : 0);
    lastLine = info.lines;
    if (header === undefined) {
      header = headerOf(record, columns, context);
    } else if (record.length === header.length) {
      yield { line, value: rowOf(header, record) };
    } else {
      const detail = `The line has ${record.length} cells, the header row ${header.length}.`;
      yield { line, error: { field: '', code: 'cells-differ', detail, remedy: 'Give every line as many cells as the header row, and put cells that hold the separator in double quotes.' } };
    }
  }
  if (header === undefined) throw new UnreadableFile('The file is empty; a header row with the names of the columns is expected.', 1);
}

interface ParsedRow {
  readonly record: readonly string[];
  readonly info: Info;
}

async function* parsedRows(bytes: AsyncIterable<Buffer>): AsyncGenerator<ParsedRow> {
  const { first, all } = await peek(bytes);
  const parser = parse({ bom: true, delimiter: delimiterOf(first), info: true, relax_column_count: true, skip_empty_lines: true, trim: true, max_record_size: RECORD_BYTES_MAX });
  // Errors of both reach the loop through the parser.
  pipeline(Readable.from(all, { objectMode: false }), parser, () => undefined);
  try {
    yield* parser as AsyncIterable<ParsedRow>;
  } catch (error) {
    if (error instanceof CsvError) throw new UnreadableFile(`The file is not CSV: ${error.message}.`, Number((error as unknown as { lines?: unknown }).lines ?? 0));
    throw error;
  }
}

async function peek(bytes: AsyncIterable<Buffer>): Promise<{ readonly first: string; readonly all: AsyncIterable<Buffer> }> {
  const source = bytes[Symbol.asyncIterator]();
  const parts: Buffer[] = [];
  let length = 0;
  while (length < RECORD_BYTES_MAX && !(parts.at(-1)?.includes(10) ?? false)) {
    const next = await source.next();
    if (next.done === true) break;
    parts.push(next.value);
    length += next.value.length;
  }
  const first = Buffer.concat(parts);
  const all = async function* (): AsyncGenerator<Buffer> {
    if (first.length > 0) yield first;
    yield* { [Symbol.asyncIterator]: () => source };
  };
  return { first: first.toString('utf8').split('\n')[0] ?? '', all: all() };
}

/** The separator that the header row has most of. */
function delimiterOf(headerRow: string): string {
  const counts = DELIMITERS.map((delimiter) => headerRow.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}

function headerOf(record: readonly string[], { known, required }: CsvColumns, context: FileContext): readonly string[] {
  const names = new Map(known.map((name) => [name.toLowerCase(), name]));
  const header = record.map((cell) => names.get(cell.toLowerCase()) ?? cell);
  const missing = required.filter((name) => !header.includes(name));
  if (missing.length > 0) throw new UnreadableFile(`The header row lacks ${missing.join(', ')}. It has ${header.slice(0, 50).join(', ')}.`, 1);
  const twice = header.filter((name, index) => header.indexOf(name) !== index);
  if (twice.length > 0) throw new UnreadableFile(`The header row names ${twice.slice(0, 5).join(', ')} twice.`, 1);
  context.ignoredColumns(header.filter((name) => !known.includes(name)));
  return header;
}

function rowOf(header: readonly string[], record: readonly string[]): CsvRow {
  const row: Record<string, string> = {};
  for (let index = 0; index < header.length; index++) row[header[index] as string] = record[index] as string;
  return row;
}

function occurrencesIn(record: readonly string[], text: string): number {
  return record.reduce((sum, cell) => sum + cell.split(text).length - 1, 0);
}
