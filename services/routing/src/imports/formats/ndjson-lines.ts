import { NDJSON_LINE_BYTES_MAX } from '../import.js';
import { type FileRecord, UnreadableFile } from './format.js';
import { type JsonElement, parsed } from './json-elements.js';

/** The elements of a file with one JSON document a line, where a document may be a page: a list, or an object with a list of a known name. */
export async function* ndjsonElements(bytes: AsyncIterable<Buffer>, lists: readonly string[]): AsyncGenerator<FileRecord<JsonElement>> {
  let line = 0;
  for await (const text of lines(bytes)) {
    line++;
    if (text.trim() === '') continue;
    const record = parsed(text, line, null);
    if ('error' in record) yield record;
    else yield* elementsOf(record.value.value, line, lists);
  }
}

function* elementsOf(value: unknown, line: number, lists: readonly string[]): Generator<FileRecord<JsonElement>> {
  const named = Array.isArray(value) ? [[null, value] as const] : lists.flatMap((name) => {
    const list = (value as Record<string, unknown> | null)?.[name];
    return Array.isArray(list) ? [[name, list] as const] : [];
  });
  if (named.length === 0) yield { line, value: { list: null, value } };
  for (const [list, items] of named) for (const item of items as unknown[]) yield { line, value: { list, value: item } };
}

async function* lines(bytes: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let kept: Buffer[] = [];
  let keptBytes = 0;
  let count = 1;
  for await (const chunk of bytes) {
    let start = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
      yield textOf([...kept, chunk.subarray(start, end)], count++);
      kept = [];
      keptBytes = 0;
      start = end + 1;
    }
    kept.push(chunk.subarray(start));
    keptBytes += chunk.length - start;
    if (keptBytes > NDJSON_LINE_BYTES_MAX) throw new UnreadableFile(`A line is longer than ${NDJSON_LINE_BYTES_MAX} bytes. Write fewer records a line.`, count);
  }
  yield textOf(kept, count);
}

function textOf(parts: readonly Buffer[], line: number): string {
  const text = Buffer.concat(parts).toString('utf8');
  return line === 1 ? text.replace(/^\uFEFF/, '') : text;
}
