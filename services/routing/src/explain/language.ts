import { inLanguage, LANGUAGES, languageOf, type Reason, type ConsideredRow } from '@handoff/matrix';
import { Problem } from '@handoff/platform';

type Answer = Readonly<{ reasons: readonly Reason[]; rows?: readonly ConsideredRow[] }>;

/** What a reader asked for: `?language=`, else the languages of its browser. */
export interface LanguageWish {
  /** A list where the parameter stands there more than once. */
  readonly language?: string | readonly string[] | undefined;
  /** `Accept-Language` (RFC 9110, 12.5.4); its order decides, its weights do not. */
  readonly acceptLanguage?: string | undefined;
}

/**
 * An answer in the language that its reader asked for; English where it asked for none that there is.
 * @throws Problem 422 `language-unknown` where the language was asked for by name.
 */
export function inLanguageOf<A extends Answer>(answer: A, { language, acceptLanguage }: LanguageWish): A & { readonly language: string } {
  const accepted = (acceptLanguage ?? '').split(',').map((range) => languageOf(range.split(';')[0] ?? '')).find((known) => known !== null);
  const worded = inLanguage(answer, [language ?? accepted ?? 'en'].flat().join(', '));
  if (worded.language === null) {
    throw new Problem(422, 'language-unknown', worded.refused, { fields: [{ field: 'language', detail: `Use one of ${LANGUAGES.join(', ')}, or leave it out.` }] });
  }
  return { ...worded.answer, language: worded.language };
}
