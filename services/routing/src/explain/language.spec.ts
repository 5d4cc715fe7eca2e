import { compile, DEFAULT_MATRIX, explain, factsOf } from '@handoff/matrix';
import { inLanguageOf } from './language.js';

const answer = explain(factsOf({ ticket: { area: 'payment' } }, '2026-11-01T09:00:00Z'), compile(DEFAULT_MATRIX));
const firstReason = (wish: Parameters<typeof inLanguageOf>[1]): string | undefined => inLanguageOf(answer, wish).reasons[0]?.text;

describe('the language of an explanation', () => {
  it('is English when nobody asked for another', () => {
    expect(inLanguageOf(answer, {})).toMatchObject({ language: 'en', reasons: answer.reasons });
  });

  it('is the first of the browser’s languages that there is', () => {
    expect(inLanguageOf(answer, { acceptLanguage: 'xx, tr-TR;q=0.8, en;q=0.5' }).language).toBe('tr');
    expect(firstReason({ acceptLanguage: 'tr' })).not.toBe(firstReason({}));
  });

  it('is the one asked for by name, before the browser’s', () => {
    expect(inLanguageOf(answer, { language: 'en', acceptLanguage: 'tr' }).language).toBe('en');
  });

  it('is refused with those that there are, when there is no such one', () => {
    expect(() => inLanguageOf(answer, { language: 'tlh' })).toThrow(expect.objectContaining({ code: 'language-unknown', message: expect.stringContaining('en, tr') as string }));
  });

  it('is refused where two were asked for at once', () => {
    expect(() => inLanguageOf(answer, { language: ['en', 'tr'] })).toThrow(expect.objectContaining({ code: 'language-unknown', message: expect.stringContaining("'en, tr'") as string }));
  });

  it('words the rows as well as the reasons, and changes nothing else', () => {
    const turkish = inLanguageOf(answer, { language: 'tr' });
    expect(turkish.rows.map(({ because }) => because)).not.toEqual(answer.rows.map(({ because }) => because));
    expect({ ...turkish, language: 'en', reasons: [], rows: [] }).toEqual({ ...answer, language: 'en', reasons: [], rows: [] });
  });
});
