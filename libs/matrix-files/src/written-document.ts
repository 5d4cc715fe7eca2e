import type { Finding } from '@handoff/matrix';
import { LineCounter, isAlias, isMap, isNode, isScalar, isSeq, parseAllDocuments, type Document, type Node } from 'yaml';
import type { FileFinding, FileOptions } from './file-finding.js';

/** A text longer than this is not read: no matrix that people keep in their heads is as long. */
export const FILE_CHARS_MAX = 2_097_152;
/** How often an anchor may be repeated, so that a short text cannot become an endless one. */
const ALIASES_MAX = 2_000;

/** One slip makes a parser stumble again and again; the first places are those that help. */
const SYNTAX_FINDINGS_MAX = 5;

/** A text that was read, with the place of everything in it. */
export interface WrittenDocument {
  /** Plain data; undefined where the text is not YAML or JSON. */
  readonly value: unknown;
  readonly findings: readonly FileFinding[];
  /** Adds to a finding where its path is written: the value, or the nearest thing around it that is there. */
  place(finding: Finding): FileFinding;
}

/** Reads YAML 1.2 or JSON. Never throws: what is not readable is a finding with code `syntax`. */
export function readDocument(text: string, { file }: FileOptions): WrittenDocument {
  const lines = new LineCounter();
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  if (text.length > FILE_CHARS_MAX) return unreadable(tooLong(text, file));
  try {
    const [document, ...more] = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false });
    if (document === undefined || !('contents' in document)) return unreadable(syntax('The file is empty.', at(0)));
    const errors = document.errors
      .slice(0, SYNTAX_FINDINGS_MAX)
      .map((error) => syntax(sentence(error.message), at(error.pos[0])));
    if (more.length > 0) errors.push(syntax('The file holds more than one document.', at(more[0]?.range[0] ?? 0)));
    const isReadable = errors.length === 0;
    return {
      value: isReadable ? document.toJS({ maxAliasCount: ALIASES_MAX }) : undefined,
      findings: errors,
      place: (finding) => ({ ...finding, ...at(offsetOf(document, finding.path)) }),
    };
  } catch (error) {
    // The parser gives up on nesting that is too deep, and on aliases that are repeated without end.
    const message = error instanceof Error ? error.message : String(error);
    return unreadable(syntax(`It cannot be read: ${message}.`, { file, line: 1, column: 1 }));
  }
}

type Place = Pick<FileFinding, 'file' | 'line' | 'column'>;

function unreadable(finding: FileFinding): WrittenDocument {
  const { file, line, column } = finding;
  return { value: undefined, findings: [finding], place: (other) => ({ ...other, file, line, column }) };
}

function syntax(message: string, place: Place): FileFinding {
  const remedy = 'Correct the text there: indent with spaces, close every bracket and quote, and write each key once.';
  return { severity: 'error', code: 'syntax', path: '', message, remedy, ...place };
}

function tooLong(text: string, file: string): FileFinding {
  return {
    severity: 'error',
    code: 'file-too-long',
    path: '',
    message: `The file has ${text.length} characters; at most ${FILE_CHARS_MAX} are read.`,
    remedy: 'Split it, or remove what is repeated.',
    file,
    line: 1,
    column: 1,
  };
}

function sentence(message: string): string {
  const trimmed = message.trim().replace(/[.:]?$/, '.');
  return trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
}

type Step = string | number;

/** The steps of a path such as `rows[2].when.area[0]`. */
export function stepsOf(path: string): readonly Step[] {
  return [...path.matchAll(/([^.[\]]+)|\[(\d+)\]/g)].map(([, key, index]) => key ?? Number(index));
}

function offsetOf(document: Document, path: string): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const step of stepsOf(path)) {
    const next = childOf(resolved(node, document), step);
    if (next === null) break;
    offset = next.offset ?? offset;
    node = next.node;
  }
  return offset;
}

function resolved(node: unknown, document: Document): unknown {
  return isAlias(node) ? node.resolve(document) : node;
}

function childOf(node: unknown, step: Step): { node: unknown; offset: number | null } | null {
  if (isSeq(node)) {
    const item = node.items[Number(step)];
    return item === undefined ? null : { node: item, offset: startOf(item) };
  }
  if (!isMap(node)) return null;
  const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
  if (pair === undefined) return null;
  // A value that follows on its own lines is shown at its key, where a reader looks for it.
  const isBlock = isMap(pair.value) || isSeq(pair.value);
  return { node: pair.value, offset: isBlock ? startOf(pair.key) : (startOf(pair.value) ?? startOf(pair.key)) };
}

function startOf(node: unknown): number | null {
  return isNode(node) ? ((node as Node).range?.[0] ?? null) : null;
}
