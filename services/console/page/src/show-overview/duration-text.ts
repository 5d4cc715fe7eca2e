import { useMemo } from 'react';
import { useLanguage } from '../words/words.js';
import { durationParts } from './duration.decision.js';

/** "1.5 s", "3 min"; "–" of none. */
export function useDurationText(): (ms: number | null) => string {
  const language = useLanguage();
  return useMemo(() => (ms: number | null) => {
    if (ms === null) return '–';
    const [value, unit] = durationParts(ms);
    return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 }).format(value);
  }, [language]);
}
