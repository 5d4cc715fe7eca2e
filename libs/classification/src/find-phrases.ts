import { type CompiledLanguage, KEY_CHARS, type Phrase } from './compile-language.js';
import { fold, type Word, wordsIn } from './fold.js';

export interface Found {
  /** Where it begins: words from the beginning, or characters where there are no blanks. */
  readonly places: number[];
  /** As it was written where it stands first. */
  readonly written: string;
}

/** The phrases of a language that a text has, by their ids. */
export type FoundPhrases = ReadonlyMap<number, Found>;

const PLACES_MAX = 32;
const WRITTEN_CHARS_MAX = 40;

export function findPhrases(text: string, language: CompiledLanguage): FoundPhrases {
  const found = new Map<number, { places: number[]; written: string }>();
  const note = (phrase: Phrase, place: number, written: string): void => {
    const before = found.get(phrase.id);
    if (before === undefined) found.set(phrase.id, { places: [place], written: written.slice(0, WRITTEN_CHARS_MAX).toWellFormed() });
    else if (before.places.length < PLACES_MAX) before.places.push(place);
  };
  if (language.hasBlanks) findInWords(wordsIn(text, language), language, note);
  else findInText(fold(text, language).replace(/\s+/gu, ''), language, note);
  return found;
}

type Note = (phrase: Phrase, place: number, written: string) => void;

function findInWords(words: readonly Word[], { byWord, byStem, stemLengths }: CompiledLanguage, note: Note): void {
  words.forEach(({ folded }, place) => {
    const check = (phrase: Phrase): void => {
      if (continues(words, place, phrase)) note(phrase, place, words.slice(place, place + phrase.parts.length).map(({ written }) => written).join(' '));
    };
    byWord.get(folded)?.forEach(check);
    for (const length of stemLengths) {
      if (length > folded.length) break;
      byStem.get(folded.slice(0, length))?.forEach(check);
    }
  });
}

function continues(words: readonly Word[], place: number, { parts }: Phrase): boolean {
  return parts.every(({ stem, isOpen }, index) => {
    const word = words[place + index]?.folded;
    return word !== undefined && (isOpen ? word.startsWith(stem) : word === stem);
  });
}

function findInText(text: string, { byStem }: CompiledLanguage, note: Note): void {
  for (let place = 0; place + KEY_CHARS <= text.length; place += 1) {
    for (const phrase of byStem.get(text.slice(place, place + KEY_CHARS)) ?? []) {
      const stem = phrase.parts[0]?.stem ?? '';
      if (text.startsWith(stem, place)) note(phrase, place, stem);
    }
  }
}
