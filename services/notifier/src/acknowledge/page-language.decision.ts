import { type Language, languageOf } from '../message/texts/words.js';

const HEADER_CHARS_MAX = 1_024;

/** The language of a browser's `Accept-Language` that the page has, by the weights it gives; where it names none of them that of the contact or ticket, else English. */
export function pageLanguageOf(acceptLanguage: string | undefined, known: string | null = null): Language {
  const wanted = (acceptLanguage ?? '').slice(0, HEADER_CHARS_MAX).split(',').map((part) => {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
    const weight = Number(/^\s*q=([\d.]+)$/.exec(parameters.join(';'))?.[1] ?? '1');
    return { language: languageOf(tag), weight };
  });
  const best = wanted.filter(({ weight }) => weight > 0).toSorted((a, b) => b.weight - a.weight).find(({ language }) => language !== null);
  return best?.language ?? languageOf(known ?? '') ?? 'en';
}
