import { AREAS } from '../areas.js';
import { LANGUAGES } from './index.js';

describe.each(LANGUAGES)('the words of $language', ({ hasBlanks, stopWords, terms }) => {
  const every = AREAS.flatMap((area) => Object.entries(terms[area]).flatMap(([strength, list]) => (list as string[]).map((term) => ({ area, strength, term }))));

  it('have sure and likely words for every area', () => {
    for (const area of AREAS) expect([area, (terms[area].sure ?? []).length >= 5, (terms[area].likely ?? []).length >= 3]).toEqual([area, true, true]);
  });

  it('say each word at most once for an area, and surely for one area only', () => {
    const within = every.map(({ area, term }) => `${area}: ${term}`);
    const sure = every.filter(({ strength }) => strength === 'sure').map(({ term }) => term);
    expect(within.filter((text, index) => within.indexOf(text) !== index)).toEqual([]);
    expect(sure.filter((text, index) => sure.indexOf(text) !== index)).toEqual([]);
  });

  it('are written in lower case, with at most two parts, and stars at the ends of words only', () => {
    const odd = every.filter(({ term }) => term !== term.toLowerCase().normalize('NFKC') || term.split('~').length > 2 || /\*\S|(^| )\*/.test(term));
    expect(odd).toEqual([]);
  });

  it('are long enough to mean something where any ending may follow, or where they may stand anywhere', () => {
    const alone = every.filter(({ strength, term }) => strength === 'sure' && !/[\s~]/.test(term));
    expect(alone.filter(({ term }) => term.replace('*', '').length < (hasBlanks && term.endsWith('*') ? 3 : 2))).toEqual([]);
  });

  it('have small words by which the language is recognised, unless its script tells', () => {
    expect(stopWords.length > 30).toBe(hasBlanks);
  });
});
