import fc from 'fast-check';
import { AREAS } from './areas.js';
import { CLASSIFIER_LANGUAGES, classify } from './classify.js';
import { LANGUAGES } from './languages/index.js';

const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ unit: 'grapheme', maxLength: 200 }), fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 100 }).map((units) => String.fromCharCode(...units)));
const anyLanguage = fc.option(fc.oneof(fc.constantFrom(...CLASSIFIER_LANGUAGES), fc.string({ maxLength: 8 })));
/** Texts made of words that mean something, of one language. */
const meantText = fc.constantFrom(...LANGUAGES).chain((words) => {
  const terms = AREAS.flatMap((area) => Object.values(words.terms[area]).flat() as string[]).map((term) => term.replaceAll(/[*~]/g, ' ').trim());
  return fc.record({
    language: fc.constant(words.language),
    subject: fc.array(fc.constantFrom(...terms), { maxLength: 3 }).map((parts) => parts.join(' ')),
    description: fc.array(fc.constantFrom(...terms), { maxLength: 6 }).map((parts) => parts.join(' ')),
  });
});

describe('classifying', () => {
  it('answers any text, whatever is in it, and the same each time', () => {
    fc.assert(fc.property(anyText, anyText, anyLanguage, (subject, description, language) => {
      const found = classify({ subject, description, language });
      expect(classify({ subject, description, language })).toEqual(found);
      if (found !== null) expect(AREAS).toContain(found.area);
    }), { numRuns: 500 });
  });

  it('does not depend on the case of letters', () => {
    fc.assert(fc.property(meantText, ({ subject, description, language }) => {
      const area = classify({ subject, description, language })?.area;
      expect(classify({ subject: subject.toUpperCase(), description: description.toUpperCase(), language })?.area).toBe(area);
      expect(classify({ subject: subject.toLocaleUpperCase(language), description, language })?.area).toBe(area);
    }), { numRuns: 500 });
  });

  it('is not turned to a third area by a word that means nothing', () => {
    fc.assert(fc.property(meantText, fc.integer({ min: 0, max: 0xfffff }), fc.boolean(), ({ subject, description, language }, number, isTold) => {
      const text = { subject, description, language: isTold ? language : null };
      const before = classify(text);
      const after = classify({ ...text, description: `${description} zqx${number.toString(16)}` });
      expect(after?.area).toBe(before?.area);
    }), { numRuns: 500 });
  });

  it('gives a confidence within 0 and 1 that speaks of words of the text', () => {
    fc.assert(fc.property(meantText, (text) => {
      const found = classify(text, { minConfidence: 0 });
      if (found === null) return;
      expect(found.confidence).toBeGreaterThan(0);
      expect(found.confidence).toBeLessThan(1);
      expect(found.words.length).toBeGreaterThan(0);
    }));
  });
});
