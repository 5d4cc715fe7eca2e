import { AREAS, ASKERS, ROLES } from '@handoff/contracts';
import { EN, type TextKey } from './en.js';
import { slotNames } from './template.js';
import { CATALOGUES, LANGUAGES, OWN_WORDS, Words } from './words.js';

const keys = Object.keys(EN) as readonly TextKey[];

describe.each(LANGUAGES)('the catalogue %s', (language) => {
  const catalogue = CATALOGUES[language];

  it.each(keys)('fills %s with what English does', (key) => {
    expect([...slotNames(catalogue[key])].sort()).toEqual([...slotNames(EN[key])].sort());
  });

  it('has no key of its own, nothing empty, no markup, and no brace that is no placeholder', () => {
    expect(Object.keys(catalogue).sort()).toEqual([...keys].sort());
    for (const text of Object.values(catalogue)) {
      expect(text.replace(/\{[a-z]+\}/g, 'x')).not.toMatch(/^\s*$|[<>{}&]|\s\s|[\p{Cc}\p{Bidi_Control}]/u);
    }
  });

  it('has a word for every area, asker and role', () => {
    for (const key of [...AREAS.map((area) => `area.${area}`), ...ASKERS.map((asker) => `asker.${asker}`), ...ROLES.map((role) => `party.${role}`)]) expect(keys).toContain(key);
  });
});

describe('Turkish', () => {
  it('is another text than English for every sentence', () => {
    const same = keys.filter((key) => CATALOGUES.tr[key] === EN[key]);
    expect(same).toEqual(['party.microsoft', 'party.named', 'asker.microsoft', 'contact.of']);
  });

  it('lets no case suffix follow a name', () => {
    for (const text of Object.values(CATALOGUES.tr)) expect(text).not.toMatch(/\{(party|parties|accountable|name|number|source|subject|queue)\}[’'\p{L}]/u);
  });
});

describe('words', () => {
  const { en, tr } = OWN_WORDS;

  it('give times and lists as their language does', () => {
    expect([en.time('2026-11-02T09:00:00.000Z'), tr.time('2026-11-02T09:00:00.000Z')]).toEqual(['2 November 2026 at 09:00 UTC', '2 Kasım 2026 09:00 UTC']);
    expect(en.time('2016-12-31T23:59:60Z')).toBe('2016-12-31T23:59:60Z');
    expect([en.list(['a', 'b', 'c']), tr.list(['a', 'b', 'c'])]).toEqual(['a, b and c', 'a, b ve c']);
  });

  it('count as their language does', () => {
    expect([en, tr].map((words) => [1, 2, 12_000].map((count) => words.counted('letter.summary.headline', count, {})))).toEqual([
      ['1 message to you was held, and is told here.', '2 messages to you were held, and are told here together.', '12,000 messages to you were held, and are told here together.'],
      [expect.stringMatching(/^1 ileti bekletildi/), expect.stringMatching(/ 2 ileti bekletildi; hepsi/), expect.stringMatching(/ 12\.000 ileti bekletildi; hepsi/)],
    ]);
  });

  it('never read what they are filled with', () => {
    expect(en.say('turn.shared.accountable', { parties: '{accountable} {x}', accountable: 'B' })).toBe('The work is shared: {accountable} {x}. Accountable is B.');
  });

  it('leave a code without words as it is, on one line', () => {
    expect([tr.area('late-fees'), tr.contact('late\r\nfees'), tr.asker('auditor'), tr.area(null)]).toEqual(['late fees', 'late fees', 'auditor', null]);
  });

  it('have no key where a code has its name', () => {
    expect(new Words('en', EN).area('named')).toBe('named');
  });
});
