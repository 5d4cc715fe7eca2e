import { EN, type TextKey } from './en.js';
import { slotNames } from './template.js';

const TEXT_CHARS_MAX = 1_000;
const LINE = /^([\w.-]+)\s*=\s*(.*)$/;

/** What an operator words otherwise than Handoff does, in one language. */
export type Wording = Readonly<Partial<Record<TextKey, string>>>;

export interface WordingProblem {
  /** From 1. */
  readonly line: number;
  readonly detail: string;
}

/** Reads lines as `key = text`. Empty ones, and those that begin with `#`, are left out. */
export function wordingOf(content: string): { readonly wording: Wording; readonly problems: readonly WordingProblem[] } {
  const wording: Partial<Record<TextKey, string>> = {};
  const problems: WordingProblem[] = [];
  for (const [index, written] of content.replace(/^\ufeff/, '').split(/\r?\n/).entries()) {
    const line = written.trim();
    if (line === '' || line.startsWith('#')) continue;
    const [, key = '', text = ''] = LINE.exec(line) ?? [];
    const detail = problemOf(key, text, wording);
    if (detail === null) wording[key as TextKey] = text;
    else problems.push({ line: index + 1, detail });
  }
  return { wording, problems };
}

function problemOf(key: string, text: string, before: Wording): string | null {
  if (key === '') return "it is no 'key = text'.";
  if (!Object.hasOwn(EN, key)) return `there is no text '${key.slice(0, 64)}'.`;
  if (Object.hasOwn(before, key)) return `'${key}' was worded before.`;
  if (text === '') return `'${key}' has no text.`;
  if (text.length > TEXT_CHARS_MAX) return `'${key}' has ${text.length} characters; use at most ${TEXT_CHARS_MAX}.`;
  if (/[\p{Cc}\p{Bidi_Control}\u2028\u2029\ufffd]/u.test(text) || !text.isWellFormed()) return `'${key}' has characters that are no text. Save the file as UTF-8.`;
  const known = slotNames(EN[key as TextKey]);
  // Whatever stands in braces is meant as a placeholder; a slip of the pen would be read by contacts.
  const wrong = [...text.matchAll(/\{([^{}]*)\}?|\}/g)].map(([whole, name]) => ({ whole, name })).find(({ whole, name }) => name === undefined || whole !== `{${name}}` || !known.includes(name));
  if (wrong === undefined) return null;
  return `'${key}' has ${wrong.whole.slice(0, 64)}, but ${known.length === 0 ? 'it has no placeholders' : `its placeholders are ${[...new Set(known)].map((name) => `{${name}}`).join(', ')}`}.`;
}
