import type { Reason } from '../reasons.js';
import type { ConsideredRow } from '../walk.js';
import { LANGUAGES } from './catalogues.js';
import type { Language } from './catalogues.js';
import { textIn } from './row-message.js';

/** An answer in words of a language, or that the language is not known and which are. */
export type Worded<Answer> =
  | Readonly<{ language: Language; answer: Answer }>
  | Readonly<{ language: null; refused: string; known: readonly Language[] }>;

type Reasoned = Readonly<{ reasons: readonly Reason[]; rows?: readonly ConsideredRow[] }>;

/**
 * A decision or an explanation with its sentences in a language (`tr`, `tr-TR`); codes, parties and queues
 * are the same in all. What has no words in that language keeps those it has: a row that somebody wrote
 * without them, or a reason of an older version.
 */
export function inLanguage<Answer extends Reasoned>(answer: Answer, tag: string): Worded<Answer> {
  const language = languageOf(tag);
  if (language === null) {
    const refused = `There is no language '${tag}': use ${LANGUAGES.join(', ')}.`;
    return { language, refused, known: LANGUAGES };
  }
  const reasons = answer.reasons.map((reason) => ({ ...reason, text: textIn(reason, language) }));
  const rows = answer.rows?.map((row) => ({ ...row, because: textIn({ ...row, text: row.because }, language) }));
  return { language, answer: { ...answer, reasons, ...(rows === undefined ? {} : { rows }) } };
}

/** The language of a tag by its first part; null where there is no such catalogue. */
export function languageOf(tag: string): Language | null {
  const primary = tag.trim().toLowerCase().replace(/[-_].*$/, '');
  return LANGUAGES.find((language) => language === primary) ?? null;
}
