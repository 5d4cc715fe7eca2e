import { useSyncExternalStore } from 'react';

export const LANGUAGES = ['en', 'tr'] as const;
export type Language = (typeof LANGUAGES)[number];
export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** What a viewer chose. It stays in this browser. */
export interface Preferences {
  readonly theme: Theme;
  readonly language: Language;
  /** Whether single keys are commands. Chords as Ctrl+K always are. */
  readonly singleKeys: boolean;
}

/** public/first-paint.js reads the same. */
const STORED_AS = 'handoff.preferences';
const listeners = new Set<() => void>();
let current = read();

export function preferences(): Preferences {
  return current;
}

export function prefer(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  keep(STORED_AS, current);
  look(current);
  for (const listener of listeners) listener();
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, preferences);
}

/** Stores a value in this browser; where it may not, the page goes on without. */
export function keep(name: string, value: unknown): void {
  try {
    localStorage.setItem(name, JSON.stringify(value));
  } catch {
    // Private windows and full disks: the value lives as long as the page.
  }
}

/** What `keep` stored, or `null`. Whoever reads checks its shape: an older page may have written it. */
export function kept(name: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(name) ?? 'null') as unknown;
  } catch {
    return null;
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function look({ theme }: Preferences): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}

function read(): Preferences {
  const stored = (kept(STORED_AS) ?? {}) as Partial<Record<keyof Preferences, unknown>>;
  const spoken: Language = navigator.language.toLowerCase().startsWith('tr') ? 'tr' : 'en';
  return {
    theme: THEMES.find((theme) => theme === stored.theme) ?? 'system',
    language: LANGUAGES.find((language) => language === stored.language) ?? spoken,
    singleKeys: stored.singleKeys !== false,
  };
}
