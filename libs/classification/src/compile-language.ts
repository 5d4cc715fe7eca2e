import { type Area, AREAS } from './areas.js';
import { fold, wordsOfTerm } from './fold.js';
import type { LanguageWords } from './language.js';

/** Words in a row that are looked for; in a language without blanks, one text. */
export interface Phrase {
  readonly id: number;
  readonly parts: readonly { readonly stem: string; readonly isOpen: boolean }[];
}

export interface Term {
  readonly area: Area;
  readonly weight: number;
  /** All of them must be near each other. */
  readonly phrases: readonly Phrase[];
}

/** A language made ready to be looked up: phrases by their first word, and all terms. */
export interface CompiledLanguage {
  readonly language: string;
  readonly hasBlanks: boolean;
  readonly letters: LanguageWords['letters'];
  readonly stopWords: ReadonlySet<string>;
  readonly ownLetters: ReadonlySet<string>;
  readonly terms: readonly Term[];
  readonly byWord: ReadonlyMap<string, readonly Phrase[]>;
  readonly byStem: ReadonlyMap<string, readonly Phrase[]>;
  /** Lengths of the stems, so that only those beginnings of a word are looked up. */
  readonly stemLengths: readonly number[];
}

const WEIGHTS = { sure: 4, likely: 2, hint: 1 } as const;
/** How much of a text without blanks finds the phrases that begin there. */
export const KEY_CHARS = 2;

export function compileLanguage(words: LanguageWords): CompiledLanguage {
  const phrases = new Map<string, Phrase>();
  const phraseOf = (text: string): Phrase => {
    const known = phrases.get(text);
    if (known !== undefined) return known;
    const parts = words.hasBlanks ? wordsOfTerm(text, words) : [{ stem: fold(text.trim(), words), isOpen: true }];
    const phrase = { id: phrases.size, parts };
    phrases.set(text, phrase);
    return phrase;
  };
  const terms = AREAS.flatMap((area) => (Object.keys(WEIGHTS) as (keyof typeof WEIGHTS)[]).flatMap((strength) =>
    (words.terms[area][strength] ?? []).map((term): Term => ({ area, weight: WEIGHTS[strength], phrases: term.split('~').map((text) => phraseOf(text.trim())) }))));
  const byWord = new Map<string, Phrase[]>();
  const byStem = new Map<string, Phrase[]>();
  for (const phrase of phrases.values()) {
    const first = phrase.parts[0];
    if (first === undefined) continue;
    const index = first.isOpen ? byStem : byWord;
    const key = words.hasBlanks ? first.stem : first.stem.slice(0, KEY_CHARS);
    index.set(key, [...(index.get(key) ?? []), phrase]);
  }
  return {
    language: words.language, hasBlanks: words.hasBlanks, letters: words.letters, stopWords: new Set(words.stopWords.map((word) => fold(word, words))),
    ownLetters: new Set(words.ownLetters),
    terms, byWord, byStem, stemLengths: [...new Set([...byStem.keys()].map(({ length }) => length))].sort((a, b) => a - b),
  };
}
