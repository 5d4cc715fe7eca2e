import type { Area } from './areas.js';

/**
 * Terms of one area. A term is a word or words in a row, in lower case as one writes them. `*` at the end of a word stands for any
 * ending; ` ~ ` between two of them means near each other, in either order.
 */
export interface Terms {
  /** Hardly ever said about anything else. */
  readonly sure?: readonly string[];
  /** Mostly said about this. */
  readonly likely?: readonly string[];
  /** Counts only together with others. */
  readonly hint?: readonly string[];
}

/** One language, as data. A new one is one more file like this, and its line in `languages/index.ts`. */
export interface LanguageWords {
  /** BCP 47, the primary subtag alone. */
  readonly language: string;
  /** Whether blanks stand between words; where they do not, terms are looked for anywhere in the text, and `*` means nothing. */
  readonly hasBlanks: boolean;
  /** Letters that are written in two ways, as `ä` and `ae`. Other accents are dropped, where blanks stand between words. */
  readonly letters: Readonly<Record<string, string>>;
  /** Frequent small words by which the language is recognised. */
  readonly stopWords: readonly string[];
  /** Letters that hardly any other of the languages here has; each counts like a small word. */
  readonly ownLetters: string;
  readonly terms: Readonly<Record<Area, Terms>>;
}
