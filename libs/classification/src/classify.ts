import type { Area } from './areas.js';
import { type CompiledLanguage, compileLanguage } from './compile-language.js';
import { likelyLanguages } from './detect-language.js';
import { withoutLinks } from './fold.js';
import { LANGUAGES } from './languages/index.js';
import { type AreaScore, scoreAreas } from './score.js';

export interface TicketText {
  readonly subject?: string | null | undefined;
  readonly description?: string | null | undefined;
  /** BCP 47, where it is known. */
  readonly language?: string | null | undefined;
}

export interface ClassifyOptions {
  /** 0 to 1; below it there is no answer. */
  readonly minConfidence?: number;
}

export interface Classification {
  readonly area: Area;
  /** 0 to 1: how far the area is ahead of the next, and of too little to say anything. It is no probability. */
  readonly confidence: number;
  /** What decided, as it was written, the weightiest first. */
  readonly words: readonly string[];
  /** The language whose words they are. */
  readonly language: string;
}

/** What is longer says no more about what a ticket is about, and must not cost more. */
export const SUBJECT_CHARS_MAX = 512;
export const DESCRIPTION_CHARS_MAX = 6_000;
export const MIN_CONFIDENCE_DEFAULT = 0.55;

/** Less than this is too little, whatever else there is: a sure word in the text, or two likely ones. */
const SCORE_MIN = 4;
/** Points that speak for nothing in particular: they keep a single word from being certain. */
const DOUBT_POINTS = 2;

const compiled: readonly CompiledLanguage[] = LANGUAGES.map(compileLanguage);

/** The languages whose words are known, as BCP 47 primary subtags. */
export const CLASSIFIER_LANGUAGES: readonly string[] = compiled.map(({ language }) => language);

/**
 * What a ticket is about, by its words; `null` where they are too few, or speak for two things nearly alike.
 * A language that is told but not known has no answer. Never throws, and looks at a bounded part of the text.
 */
export function classify(text: TicketText, { minConfidence = MIN_CONFIDENCE_DEFAULT }: ClassifyOptions = {}): Classification | null {
  const subject = cut(text.subject, SUBJECT_CHARS_MAX);
  const description = cut(text.description, DESCRIPTION_CHARS_MAX);
  const candidates = languagesFor(text.language, `${subject}\n${description}`);
  const answers = candidates.map((language) => best(scoreAreas(subject, description, language), language)).filter((answer) => answer !== null);
  const [first, ...others] = answers.sort((a, b) => b.score - a.score || (a.language < b.language ? -1 : 1));
  if (first === undefined || first.confidence < minConfidence) return null;
  // Two languages that read the same text as different things: it is neither clearly.
  if (others.some(({ area, score }) => area !== first.area && score === first.score)) return null;
  const { score: _score, ...answer } = first;
  return answer;
}

/** Cut twice, because one letter of a compatibility form may become eighteen. */
function cut(text: string | null | undefined, charsMax: number): string {
  return withoutLinks((text ?? '').slice(0, charsMax).normalize('NFKC').slice(0, charsMax).toWellFormed());
}

function languagesFor(told: string | null | undefined, text: string): readonly CompiledLanguage[] {
  const primary = told?.trim().split(/[-_]/)[0]?.toLowerCase();
  if (primary === undefined || primary === '' || primary === 'und') return likelyLanguages(text, compiled);
  return compiled.filter(({ language }) => language === primary);
}

function best(scores: readonly AreaScore[], { language }: CompiledLanguage): (Classification & { readonly score: number }) | null {
  const [first, second] = scores;
  if (first === undefined || first.score < SCORE_MIN) return null;
  const confidence = first.score / (first.score + (second?.score ?? 0) + DOUBT_POINTS);
  return { area: first.area, confidence: Math.round(confidence * 100) / 100, words: first.words, language, score: first.score };
}
