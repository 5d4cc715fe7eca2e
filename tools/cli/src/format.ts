/** Text for people: aligned, plain, with colours only where asked for. Pure. */

export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
}

const sgr = (on: number, off: number) => (text: string): string => `\u001b[${on}m${text}\u001b[${off}m`;
const plain = (text: string): string => text;

/** The colours of a terminal, or none. */
export function paintFor(hasColours: boolean): Paint {
  if (!hasColours) return { bold: plain, dim: plain, good: plain, bad: plain };
  return { bold: sgr(1, 22), dim: sgr(2, 22), good: sgr(32, 39), bad: sgr(31, 39) };
}

const GAP = '  ';
const TEXT_WIDTH_MAX = 100;

/** Rows in columns that line up; the first row is the heading. No line ends in blanks. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, column) => (widths[column] = Math.max(widths[column] ?? 0, cell.length)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(GAP).trimEnd());
}

/** A label and its values, one a line; an entry without values is left out. */
export type Entry = readonly [label: string, ...values: readonly (string | null)[]];

/** Labels on the left, values lined up on the right. */
export function entries(list: readonly Entry[], paint: Paint): string[] {
  const told = list.map(([label, ...values]) => ({ label, values: values.filter((value) => value !== null) })).filter(({ values }) => values.length > 0);
  const width = Math.max(0, ...told.map(({ label }) => label.length));
  return told.flatMap(({ label, values }) =>
    values.map((value, index) => `${index === 0 ? paint.bold(label.padEnd(width)) : ' '.repeat(width)}${GAP}${safeLine(value)}`),
  );
}

/** Breaks a text at blanks; further lines are indented by `indent`. */
export function wrapped(text: string, indent: string, widthMax = TEXT_WIDTH_MAX): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of safeLine(text).split(/\s+/)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && indent.length + longer.length > widthMax) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line].map((content, index) => (index === 0 ? content : indent + content));
}

/** Cuts a text that is longer than a column should be. */
export function cut(text: string, lengthMax: number): string {
  return text.length <= lengthMax ? text : `${text.slice(0, lengthMax - 1)}…`;
}

/** What tickets say is written by strangers: their control characters must not reach the terminal. */
export function safeLine(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');
}

/** Lines as one text that ends with its last line. */
export function asText(lines: readonly string[]): string {
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

/** One JSON document, for programs. */
export function asJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
