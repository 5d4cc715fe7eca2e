import type { LanguageWords } from './language.js';

type Spelling = Pick<LanguageWords, 'letters' | 'hasBlanks'>;

const LINKS = /\b(?:https?:\/\/|www\.)\S+|[^\s@]{1,64}@[^\s@]{1,255}/giu;
const WORDS = /[\p{L}\p{N}\p{M}]+/gu;

/** A text without what only looks like words: links and addresses. */
export function withoutLinks(text: string): string {
  return text.replace(LINKS, ' ');
}

/** One spelling for all forms of a text: compatibility forms, case, the Turkish i with and without dot, and accents where they may be left out. */
export function fold(text: string, { letters, hasBlanks }: Spelling): string {
  const plain = text.normalize('NFKC').replace(/[İIı]/g, 'i').toLowerCase();
  if (!hasBlanks) return plain;
  const respelt = plain.replace(/[^\u0000-\u007f]/gu, (letter) => letters[letter] ?? letter);
  return respelt.normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC');
}

export interface Word {
  readonly folded: string;
  /** As it was written. */
  readonly written: string;
}

/** The words of a text where blanks stand between them. */
export function wordsIn(text: string, spelling: Spelling): Word[] {
  return (text.normalize('NFC').match(WORDS) ?? []).map((written) => ({ written, folded: fold(written, spelling) }));
}

/** The same for the words of a term, where `*` stands for any ending. */
export function wordsOfTerm(term: string, spelling: Spelling): { readonly stem: string; readonly isOpen: boolean }[] {
  return term.split(/\s+/).filter((word) => word !== '').map((word) => ({ stem: fold(word.replace(/\*$/, ''), spelling), isOpen: word.endsWith('*') }));
}
