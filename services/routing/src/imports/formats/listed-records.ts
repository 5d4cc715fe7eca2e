import { type CsvColumns, csvRows } from './csv-rows.js';
import type { FileContext, FileRecord } from './format.js';
import { jsonElements } from './json-elements.js';
import { ndjsonElements } from './ndjson-lines.js';

/**
 * The records of a file as the syntax asks, without the lists that they stood in. Collections of Partner Center's REST
 * interface are objects with `totalCount` and `items`.
 */
export async function* listedRecords(bytes: AsyncIterable<Buffer>, { columns, lists }: { readonly columns: CsvColumns; readonly lists: readonly string[] }, context: FileContext): AsyncGenerator<FileRecord> {
  if (context.options.syntax === 'csv') return yield* csvRows(bytes, columns, context);
  const elements = context.options.syntax === 'json' ? jsonElements(bytes, lists) : ndjsonElements(bytes, lists);
  for await (const record of elements) yield 'error' in record ? record : { line: record.line, value: record.value.value };
}
