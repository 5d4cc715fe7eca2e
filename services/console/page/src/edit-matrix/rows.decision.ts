import { isMap, isSeq, parseDocument, stringify, YAMLMap } from 'yaml';

/** A row of the matrix as a person reads and writes it: each part as YAML on few lines. */
export interface MatrixRow {
  readonly id: string;
  readonly stage: string;
  readonly when: string;
  readonly then: string;
  readonly text: string;
  /** Every other key of the row. */
  readonly rest: string;
}

export interface RowsRead {
  readonly rows: readonly MatrixRow[];
  /** Why the text cannot be read as rows; `null`: it can. */
  readonly problem: string | null;
}

/** Where a row stands in the text, with the comments right above it. */
interface Block {
  readonly start: number;
  readonly end: number;
  /** Of the row itself, without its `- ` and comments. */
  readonly contentStart: number;
  readonly contentEnd: number;
}

interface Laid {
  readonly blocks: readonly Block[];
  readonly maps: readonly YAMLMap[];
}

export const NEW_ROW: MatrixRow = { id: '', stage: 'area', when: 'area: []', then: 'responsible: csp-partner\nfirstContact: csp-partner', text: '', rest: 'code: matrix-row\nbasis: custom\nsource: ""' };

const OWN_KEYS = new Set(['id', 'stage', 'when', 'then', 'text']);
const LINE_CHARS = 120;

export function rowsOf(text: string): RowsRead {
  const laid = laidOut(text);
  return typeof laid === 'string' ? { rows: [], problem: laid } : { rows: laid.maps.map(rowOf), problem: null };
}

/** Where the row cannot be written as YAML, the message says why; `null`: it can. */
export function problemOf(row: MatrixRow): string | null {
  if (row.id.trim() === '') return 'id';
  for (const part of [row.when, row.then, row.rest]) {
    const [error] = parseDocument(part).errors;
    if (error !== undefined) return error.message;
  }
  return null;
}

/**
 * The text with one row changed, and everything else of it as it was.
 * @param index of the row; the number of rows: behind the last.
 */
export function withRow(text: string, index: number, row: MatrixRow): string {
  const laid = laidOut(text);
  if (typeof laid === 'string') return text;
  const block = laid.blocks[index];
  if (block !== undefined) return text.slice(0, block.contentStart) + written(row, columnAt(text, block.contentStart)) + text.slice(block.contentEnd);
  const last = laid.blocks.at(-1);
  if (last === undefined) return text;
  const column = columnAt(text, last.contentStart);
  const head = text.slice(0, last.contentEnd);
  return `${head}\n\n${' '.repeat(column - 2)}- ${written(row, column)}${text.slice(last.contentEnd)}`;
}

export function withoutRow(text: string, index: number): string {
  const laid = laidOut(text);
  const block = typeof laid === 'string' ? undefined : laid.blocks[index];
  return block === undefined ? text : text.slice(0, block.start) + text.slice(block.end);
}

/** The text with a row one place up (`-1`) or down (`1`): within a stage the first row that matches wins. */
export function withRowMoved(text: string, index: number, by: -1 | 1): string {
  const laid = laidOut(text);
  if (typeof laid === 'string') return text;
  const [upper, lower] = [laid.blocks[Math.min(index, index + by)], laid.blocks[Math.max(index, index + by)]];
  if (upper === undefined || lower === undefined) return text;
  const [above, below] = [text.slice(upper.start, upper.end), text.slice(lower.start, lower.end)];
  // What ends the text ends it without a line of its own.
  const first = below.endsWith('\n') ? below : `${below}\n`;
  return text.slice(0, upper.start) + first + (below.endsWith('\n') ? above : above.replace(/\n$/, '')) + text.slice(lower.end);
}

function laidOut(text: string): Laid | string {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error !== undefined) return error.message;
  const rows = isMap(document.contents) ? document.contents.get('rows') : null;
  if (!isSeq(rows) || rows.flow === true || !rows.items.every((item) => isMap(item))) return 'rows';
  const maps = rows.items as YAMLMap[];
  const starts = maps.map(({ range }) => blockStart(text, range?.[0] ?? 0));
  const sequenceEnd = rows.range?.[1] ?? text.length;
  return {
    maps,
    blocks: maps.map(({ range }, index) => {
      const contentStart = range?.[0] ?? 0;
      const contentEnd = contentStart + text.slice(contentStart, range?.[1]).trimEnd().length;
      return { start: starts[index] ?? 0, end: starts[index + 1] ?? Math.max(contentEnd, sequenceEnd), contentStart, contentEnd };
    }),
  };
}

/** The beginning of the first line of a row, or of the comments right above it. */
function blockStart(text: string, at: number): number {
  let start = text.lastIndexOf('\n', at - 1) + 1;
  while (start > 0) {
    const before = text.lastIndexOf('\n', start - 2) + 1;
    if (!/^\s*#/.test(text.slice(before, start))) break;
    start = before;
  }
  return start;
}

function columnAt(text: string, at: number): number {
  return at - (text.lastIndexOf('\n', at - 1) + 1);
}

function rowOf(map: YAMLMap): MatrixRow {
  const value = map.toJSON() as Readonly<Record<string, unknown>>;
  const rest = Object.fromEntries(Object.entries(value).filter(([key]) => !OWN_KEYS.has(key)));
  const word = (key: string): string => (typeof value[key] === 'string' ? value[key] : '');
  return { id: word('id'), stage: word('stage'), when: yamlOf(value['when']), then: yamlOf(value['then']), text: word('text'), rest: yamlOf(rest) };
}

/** Lists on one line, as rows have them. */
function yamlOf(value: unknown): string {
  return value === undefined ? '' : stringify(value, { lineWidth: LINE_CHARS, collectionStyle: 'any', flowCollectionPadding: false, singleQuote: false }).replaceAll(/:\n((?:\s+- [^\n]+\n)+)/g, (_all, items: string) => `: [${items.trim().split('\n').map((item) => item.trim().slice(2)).join(', ')}]\n`).trimEnd();
}

function written({ id, stage, when, then, text, rest }: MatrixRow, column: number): string {
  const parts = [
    yamlOf({ id: id.trim(), stage }), `when:${nested(when)}`, `then:${nested(then)}`,
    ...(text === '' ? [] : [stringify({ text }, { lineWidth: LINE_CHARS }).trimEnd()]), ...(rest.trim() === '' ? [] : [rest.trimEnd()]),
  ];
  return parts.join('\n').split('\n').map((line, number) => (number === 0 || line === '' ? line : ' '.repeat(column) + line)).join('\n');
}

function nested(yaml: string): string {
  const lines = yaml.trimEnd();
  if (lines.trim() === '' || lines.trim() === '{}') return ' {}';
  return `\n${lines.split('\n').map((line) => `  ${line}`).join('\n')}`;
}
