import { useMemo, useSyncExternalStore, type ReactNode } from 'react';
import { useLanguage } from '../words/words.js';
import type { Language } from './preferences.js';
import { distanceOf } from './distance.decision.js';

const TICK_MS = 15_000;
const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function tick(): void {
  now = Date.now();
  for (const listener of listeners) listener();
}

/** The time, moving on every 15 seconds for the whole page at once. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}

export interface Times {
  /** In the viewer's zone: "26 Nov, 14:05". */
  readonly short: (instant: string) => string;
  /** With seconds and the zone. */
  readonly full: (instant: string) => string;
  /** "in 5 min", "3 h ago". */
  readonly distance: (instant: string, from: number) => string;
}

const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', tr: 'tr-TR' };

export function useTimes(): Times {
  const language = useLanguage();
  return useMemo(() => timesIn(LOCALES[language]), [language]);
}

function timesIn(locale: string): Times {
  const short = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
  const full = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'long' });
  const distance = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });
  return {
    short: (instant) => short.format(new Date(instant)),
    full: (instant) => full.format(new Date(instant)),
    distance: (instant, from) => distance.format(...distanceOf(Date.parse(instant) - from)),
  };
}

/** How far away a time is; the time itself when it is pointed at. */
export function Ago({ at }: { readonly at: string }): ReactNode {
  const times = useTimes();
  const from = useNow();
  return <time dateTime={at} title={times.full(at)}>{times.distance(at, from)}</time>;
}

export function At({ at }: { readonly at: string }): ReactNode {
  const times = useTimes();
  return <time dateTime={at} title={times.full(at)}>{times.short(at)}</time>;
}
