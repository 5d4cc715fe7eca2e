import type { CompiledLanguage } from './compile-language.js';
import { wordsIn } from './fold.js';

/** By extension, as the mark that lengthens a vowel (ー) is of no script of its own. */
const KANA_OR_HAN = /(?=\p{L})[\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Han}]/gu;
/**
 * One letter of these scripts says about as much as a word of another: counting letters, one long name would outweigh a Japanese
 * title. Digits end no word: a number of an order is one.
 */
const OTHER_WORD = /(?:(?![\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Han}])\p{L}\p{N}*)+/gu;
/** Enough to see; a language does not change within a ticket. */
const WORDS_LOOKED_AT_MAX = 200;
const LETTERS_LOOKED_AT_MAX = 1_000;

/**
 * The languages that a text may be in, the likeliest alone where one stands out: by its script, else by its small words and own letters.
 * All with blanks where nothing tells.
 */
export function likelyLanguages(text: string, languages: readonly CompiledLanguage[]): CompiledLanguage[] {
  const eastern = text.match(KANA_OR_HAN)?.length ?? 0;
  const otherWords = text.match(OTHER_WORD)?.length ?? 0;
  const western = languages.filter(({ hasBlanks }) => hasBlanks);
  const counts = western.map((language) => ({ language, count: stopWordsIn(text, language) + ownLettersIn(text, language) }));
  const most = Math.max(0, ...counts.map(({ count }) => count));
  // Names of products stand in a Japanese text as they are; no text of another language has only names and Japanese letters.
  if (eastern > 0 && (eastern >= otherWords || most === 0)) return languages.filter(({ hasBlanks }) => !hasBlanks);
  return counts.filter(({ count }) => count === most).map(({ language }) => language);
}

function stopWordsIn(text: string, language: CompiledLanguage): number {
  return wordsIn(text, language).slice(0, WORDS_LOOKED_AT_MAX).filter(({ folded }) => language.stopWords.has(folded)).length;
}

function ownLettersIn(text: string, { ownLetters }: CompiledLanguage): number {
  let count = 0;
  for (const letter of text.slice(0, LETTERS_LOOKED_AT_MAX).normalize('NFC')) if (ownLetters.has(letter)) count += 1;
  return count;
}
