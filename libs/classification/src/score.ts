import type { Area } from './areas.js';
import type { CompiledLanguage, Term } from './compile-language.js';
import { type Found, findPhrases, type FoundPhrases } from './find-phrases.js';

export interface AreaScore {
  readonly area: Area;
  readonly score: number;
  /** As they were written, the heaviest first. */
  readonly words: readonly string[];
}

/** A word of the subject counts this much more than one of the description. */
const SUBJECT_FACTOR = 2;
const NEAR_WORDS_MAX = 7;
const NEAR_CHARS_MAX = 24;
const WORDS_TOLD_MAX = 6;

interface Hit {
  readonly points: number;
  readonly words: readonly string[];
}

/** How strongly a text speaks for each area, the strongest first. Each term counts once, where it stands best. */
export function scoreAreas(subject: string, description: string, language: CompiledLanguage): AreaScore[] {
  const inSubject = findPhrases(subject, language);
  const inDescription = findPhrases(description, language);
  const hits = new Map<Area, Hit[]>();
  for (const term of language.terms) {
    const hit = hitOf(term, inSubject, language, SUBJECT_FACTOR) ?? hitOf(term, inDescription, language, 1);
    if (hit === null) continue;
    const ofArea = hits.get(term.area);
    if (ofArea === undefined) hits.set(term.area, [hit]);
    else ofArea.push(hit);
  }
  return [...hits].map(([area, found]) => ({ area, score: found.reduce((sum, { points }) => sum + points, 0), words: heaviest(found) }))
    .sort((a, b) => b.score - a.score || (a.area < b.area ? -1 : 1));
}

function hitOf({ phrases, weight }: Term, found: FoundPhrases, { hasBlanks }: CompiledLanguage, factor: number): Hit | null {
  const [first, second] = phrases;
  const a = first === undefined ? undefined : found.get(first.id);
  if (a === undefined) return null;
  if (second === undefined) return { points: weight * factor, words: [a.written] };
  const b = found.get(second.id);
  if (b === undefined || !areNear(a, b, hasBlanks ? NEAR_WORDS_MAX : NEAR_CHARS_MAX)) return null;
  return { points: weight * factor, words: [a.written, b.written] };
}

function areNear(a: Found, b: Found, distanceMax: number): boolean {
  return a.places.some((place) => b.places.some((other) => other !== place && Math.abs(place - other) <= distanceMax));
}

function heaviest(hits: readonly Hit[]): string[] {
  return [...new Set([...hits].sort((a, b) => b.points - a.points).flatMap(({ words }) => words))].slice(0, WORDS_TOLD_MAX);
}
