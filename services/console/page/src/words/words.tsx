import { setupI18n } from '@lingui/core';
import { createContext, type ReactNode, use, useMemo } from 'react';
import { type Language, usePreferences } from '../design/preferences.js';
import type { WordKey } from './word-key.js';

export type Values = Readonly<Record<string, string | number | null | undefined>>;
/** Says something in the viewer's language. */
export type Say = (key: WordKey, values?: Values) => string;

const i18n = setupI18n();
const CATALOGUES = {
  en: () => import('virtual:words/en'),
  tr: () => import('virtual:words/tr'),
} as const;
const saying: Say = (key, values = {}) => i18n._(key, values);

/** Loads a language when it is needed, and makes it the one of the page. */
export async function speak(language: Language): Promise<void> {
  i18n.loadAndActivate({ locale: language, messages: (await CATALOGUES[language]()).default });
  // Decides how CSS writes capitals (i, İ) and how a screen reader pronounces.
  document.documentElement.lang = language;
}

const Words = createContext<{ readonly say: Say; readonly language: Language }>({ say: saying, language: 'en' });

/** Renders what is inside anew when the language changes. `language` must have been loaded by `speak`. */
export function WordsProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const { language } = usePreferences();
  // A new function for each language: whoever remembers by it says it anew.
  const value = useMemo(() => ({ language, say: ((key, values) => saying(key, values)) satisfies Say as Say }), [language]);
  return <Words value={value}>{children}</Words>;
}

export function useSay(): Say {
  return use(Words).say;
}

export function useLanguage(): Language {
  return use(Words).language;
}

/** Outside of components, as for what is announced after a call. */
export const sayNow: Say = saying;
