const WORDS_MAX = 64;
const WORD_CHARS_MAX = 64;

/**
 * The words of a text as they are searched by: without case, accents and the dots of i, so that Turkish and other spellings of one word
 * are one. Letters and digits only; at most 64 words of 64 characters.
 */
export function searchWordsOf(text: string): readonly string[] {
  const folded = text.replaceAll(/[İIı]/g, 'i').toLowerCase().normalize('NFKD').replaceAll(/\p{M}/gu, '');
  const words = (folded.match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => word.slice(0, WORD_CHARS_MAX));
  return [...new Set(words)].slice(0, WORDS_MAX);
}
