import { RECORD_BYTES_MAX } from '../import.js';
import { type FileRecord, UnreadableFile } from './format.js';

/** A value of a JSON file, and the list that it stood in (`null`: a list without a name, or no list). */
export interface JsonElement {
  readonly list: string | null;
  readonly value: unknown;
}

const QUOTE = 34, COMMA = 44, BACKSLASH = 92, NEWLINE = 10;
const OPENING = new Set([91, 123]);
const CLOSING = new Set([93, 125]);
const LIST_START = /"((?:[^"\\]|\\.)*)"\s*:\s*\[$/;
/** Where a list begins, its name stands within the last of what came before. */
const NAME_BYTES_MAX = 1_024;

/**
 * The elements of a JSON file, however large it is: of the list that it is; of those lists of the object that it is
 * which are named; else the object itself. Only one element is in memory at a time.
 */
export async function* jsonElements(bytes: AsyncIterable<Buffer>, lists: readonly string[]): AsyncGenerator<FileRecord<JsonElement>> {
  const cutter = new ElementCutter(lists);
  for await (const chunk of bytes) yield* cutter.cut(chunk);
  cutter.end();
}

/** Cuts the text into elements at the commas between them; whether each is JSON, JSON.parse says. */
class ElementCutter {
  private depth = 0;
  private isInString = false;
  private isEscaped = false;
  private line = 1;
  private startLine = 1;
  private kept: Buffer[] = [];
  private keptBytes = 0;
  /** Depth inside the list whose elements we are cutting; 0 where there is none. */
  private listDepth = 0;
  private list: string | null = null;
  private hasLists = false;
  private hasEnded = false;

  constructor(private readonly lists: readonly string[]) {}

  *cut(chunk: Buffer): Generator<FileRecord<JsonElement>> {
    let start = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] as number;
      if (byte === NEWLINE) this.line++;
      if (this.isInString) {
        if (this.isEscaped) this.isEscaped = false;
        else if (byte === BACKSLASH) this.isEscaped = true;
        else if (byte === QUOTE) this.isInString = false;
      } else if (byte === QUOTE) this.isInString = true;
      else if (OPENING.has(byte)) {
        this.depth++;
        if (this.opensList(byte, chunk, start, at)) start = at + 1;
      } else if (this.isAtElementEnd(byte)) {
        this.keep(chunk.subarray(start, at));
        yield* this.element(byte);
        start = at + 1;
        if (CLOSING.has(byte)) this.depth--;
      } else if (CLOSING.has(byte) && --this.depth === 0) {
        this.keep(chunk.subarray(start, at + 1));
        yield* this.wholeObject();
        start = at + 1;
      }
    }
    this.keep(chunk.subarray(start));
  }

  end(): void {
    if (this.hasEnded && this.text().trim() === '') return;
    if (!this.hasEnded && this.depth === 0) throw new UnreadableFile('The file holds no JSON list or object.', this.line);
    if (!this.hasEnded) throw new UnreadableFile('The JSON ends before its last bracket is closed.', this.line);
    throw new UnreadableFile('There is something after the end of the JSON. Several documents in a file are NDJSON: one a line.', this.line);
  }

  private isAtElementEnd(byte: number): boolean {
    return this.listDepth > 0 && this.depth === this.listDepth && (byte === COMMA || CLOSING.has(byte));
  }

  private opensList(byte: number, chunk: Buffer, start: number, at: number): boolean {
    if (byte !== 91 || this.listDepth > 0 || this.hasEnded || this.depth > 2) return false;
    if (this.depth === 1) return this.begin(null);
    const before = Buffer.concat([...this.kept, chunk.subarray(start, at + 1)]).subarray(-NAME_BYTES_MAX).toString('utf8');
    const name = LIST_START.exec(before)?.[1];
    return name !== undefined && this.lists.includes(name) && this.begin(name);
  }

  private begin(list: string | null): true {
    this.listDepth = this.depth;
    this.list = list;
    this.hasLists = true;
    this.forget();
    return true;
  }

  private *element(byte: number): Generator<FileRecord<JsonElement>> {
    const text = this.text();
    const line = this.startLine + leadingLineEnds(text);
    const isLast = byte !== COMMA;
    this.forget();
    if (text.trim() !== '' || !isLast) yield parsed(text, line, this.list);
    if (!isLast) return;
    if (byte !== 93) throw new UnreadableFile("A list is closed by '}' instead of ']'.", this.line);
    this.listDepth = 0;
    if (this.list === null) this.hasEnded = true;
    // What follows in the object is read as if it began here.
    else this.keep(Buffer.from('{'));
  }

  private *wholeObject(): Generator<FileRecord<JsonElement>> {
    const text = this.text();
    const line = this.startLine + leadingLineEnds(text);
    this.forget();
    if (this.hasEnded) throw new UnreadableFile('There is something after the end of the JSON. Several documents in a file are NDJSON: one a line.', line);
    this.hasEnded = true;
    if (!this.hasLists) yield parsed(text, line, null);
  }

  private keep(part: Buffer): void {
    if (part.length === 0) return;
    this.kept.push(part);
    this.keptBytes += part.length;
    if (this.keptBytes > RECORD_BYTES_MAX) throw new UnreadableFile(`An element is longer than ${RECORD_BYTES_MAX} bytes, or its quotes or brackets are never closed.`, this.startLine);
  }

  private forget(): void {
    this.kept = [];
    this.keptBytes = 0;
    this.startLine = this.line;
  }

  private text(): string {
    return (this.kept.length === 1 ? this.kept[0] as Buffer : Buffer.concat(this.kept)).toString('utf8').replace(/^\uFEFF/, '');
  }
}

function leadingLineEnds(text: string): number {
  return (/^\s*/.exec(text)?.[0] ?? '').split('\n').length - 1;
}

export function parsed(text: string, line: number, list: string | null): FileRecord<JsonElement> {
  try {
    return { line, value: { list, value: JSON.parse(text) as unknown } };
  } catch (error) {
    return { line, error: { field: '', code: 'invalid-json', detail: `This is not JSON: ${(error as Error).message}.`, remedy: 'Check the line with a JSON checker.' } };
  }
}
