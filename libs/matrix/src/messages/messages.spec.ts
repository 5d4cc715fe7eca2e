import { CONDITION_NAMES } from '../conditions.js';
import { DEFAULT_MATRIX } from '../default-matrix.js';
import { compile, decide, explain, inLanguage, languageOf, LANGUAGES, partyName } from '../index.js';
import type { Decision, Row } from '../index.js';
import { WEEKDAYS } from '../matrix.js';
import {
  anAgreement,
  anOffer,
  codesOf,
  decisionOn,
  defaultMatrix,
  factsAbout,
  ofReseller,
  theProvider,
} from '../question.builder.js';
import { CONTACT_FIELDS, CONTACT_KINDS, ROLES } from '../vocabulary.js';
import { CATALOGUES } from './catalogues.js';
import { partyParam, partyParamText } from './party-text.js';
import { say } from './say.js';
import { templateOf } from './template.js';

const catalogue = (language: keyof typeof CATALOGUES): Readonly<Record<string, string>> => CATALOGUES[language];
const slotsOf = (text: string) => templateOf(text).slots.map(({ name, format }) => `${name}:${format}`);
const parameters = (text: string) => slotsOf(text).map((slot) => slot.toLowerCase()).toSorted();

function worded<Answer extends Decision>(answer: Answer, tag: string): Answer {
  const said = inLanguage(answer, tag);
  if (said.language === null) throw new Error(said.refused);
  return said.answer;
}

const turkishTexts = (decision: Decision) => worded(decision, 'tr').reasons.map(({ text }) => text);

describe('the catalogues', () => {
  const others = LANGUAGES.filter((language) => language !== 'en');

  it.each(others)('%s says all that English says, about the same parameters', (language) => {
    const texts = catalogue(language);
    for (const [key, text] of Object.entries(catalogue('en'))) {
      expect([key, parameters(texts[key] ?? 'missing')]).toEqual([key, parameters(text)]);
      expect([key, texts[key]?.trim()]).not.toEqual([key, '']);
    }
  });

  it.each(others)('%s has a sentence of its own for every row of the default matrix', (language) => {
    for (const { id, text } of DEFAULT_MATRIX.rows) {
      expect([id, catalogue(language)[`row.${id}`] ?? text]).not.toEqual([id, text]);
    }
  });

  it.each(others)('%s has no row that the default matrix does not have', (language) => {
    const ids = DEFAULT_MATRIX.rows.map(({ id }) => `row.${id}`);
    expect(Object.keys(catalogue(language)).filter((key) => key.startsWith('row.') && !ids.includes(key))).toEqual([]);
  });

  it.each(others)('%s names every condition, contact, field and weekday', (language) => {
    const codes = { condition: CONDITION_NAMES, contact: CONTACT_KINDS, field: CONTACT_FIELDS, weekday: WEEKDAYS };
    const keys = Object.entries(codes).flatMap(([kind, names]) => names.map((name) => `${kind}.${name}`));
    expect(keys.filter((key) => catalogue(language)[key] === undefined)).toEqual([]);
  });

  it('are English and Turkish', () => {
    expect(LANGUAGES).toEqual(['en', 'tr']);
  });
});

describe('a decision in Turkish', () => {
  it('keeps all but its sentences', () => {
    const decision = decisionOn('customer-billing', { subscription: ofReseller });
    const turkish = worded(decision, 'tr');
    const without = ({ reasons, ...rest }: Decision) => ({ ...rest, reasons: reasons.map(({ text: _, ...one }) => one) });
    expect(without(turkish)).toEqual(without(decision));
    expect(turkish.reasons[0]?.text).toMatch(/^Müşteriyi CSP iş ortağı faturalandırır/);
  });

  it('names the partners of an agreement by its terms', () => {
    const agreements = [anAgreement([{ area: 'payment', assignedTo: 'reseller' }])];
    expect(turkishTexts(decisionOn('payment', { subscription: ofReseller, agreements }))).toContain(
      'Sağlayıcı 4100 ile bayi 5200 arasında 2026-01-01 tarihinden beri yürürlükte olan anlaşmaya göre konuyla ilgilenecek taraf: dolaylı bayi 5200 (payment).',
    );
  });

  it('says that an agreement is about all areas', () => {
    const agreements = [anAgreement([{ area: 'all', assignedTo: 'shared', accountable: 'provider' }])];
    expect(turkishTexts(decisionOn('payment', { subscription: ofReseller, agreements }))).toContain(
      'Sağlayıcı 4100 ile bayi 5200 arasında 2026-01-01 tarihinden beri yürürlükte olan anlaşma, konuyu ikisine birden verir (tüm alanlar).',
    );
  });

  it('begins a sentence about a party with a capital', () => {
    expect(turkishTexts(decisionOn('payment', { subscription: ofReseller }))).toContain(
      'Dolaylı sağlayıcı 4100, program gereği aboneliğin varsayılan muhatabıdır.',
    );
  });

  it('lists the fields of a contact, and names a kind of contact', () => {
    expect(turkishTexts(decisionOn('break-fix', { asker: 'partner' }))).toContain(
      'CSP iş ortağı, ISV yayımcısı northwind için şu iletişim bilgilerini kullanabilir: müşteri desteği (ad, e-posta, telefon, web adresi).',
    );
  });

  it('lists clouds as they are called in the directory', () => {
    expect(turkishTexts(decisionOn('payment', { offer: anOffer({ clouds: ['us-government', 'china'] }) }))).toContain(
      'Teklifin sunulduğu bulutlar: us-government, china; kaydın ilgili olduğu bulut: public. İkisinden biri yanlış olabilir.',
    );
  });

  it('goes back into the English that it came from', () => {
    const decision = decisionOn('payment', { subscription: ofReseller });
    expect(worded(worded(decision, 'tr'), 'en')).toEqual(decision);
  });

  it('keeps the words of a reason that came without a message, or with one that is not known', () => {
    const [first] = decisionOn('payment').reasons;
    if (first === undefined) throw new Error('There is no reason.');
    const { message: _message, params: _params, ...old } = first;
    const decision = { ...decisionOn('payment'), reasons: [old, { ...first, message: 'toString', text: 'Newer.' }] };
    expect(turkishTexts(decision)).toEqual([old.text, 'Newer.']);
  });

  it('leaves out what a kept reason no longer has, and keeps a party whose role is not known', () => {
    const [first] = decisionOn('payment').reasons;
    if (first === undefined) throw new Error('There is no reason.');
    const kept = { ...first, message: 'handed-over-by' };
    const reasons = [{ ...kept, params: {} }, { ...kept, params: { partner: 'broker/7' } }];
    expect(turkishTexts({ ...decisionOn('payment'), reasons })).toEqual([
      expect.stringMatching(/^ konuyu İş Ortağı/),
      expect.stringMatching(/^broker\/7 konuyu/),
    ]);
  });
});

describe('a row that somebody wrote', () => {
  const row: Row = {
    id: 'gold',
    stage: 'asker',
    when: { area: ['payment'], severity: ['A'] },
    then: { firstContact: 'csp-partner' },
    code: 'matrix-row',
    text: 'Agreed with gold partners.',
    basis: 'default',
    source: 'House rule',
  };
  const decided = (own: Row) => {
    const matrix = compile({ version: 'own', rows: [own, ...DEFAULT_MATRIX.rows] });
    return decide(factsAbout('payment', { severity: 'A' }), matrix);
  };
  const textOfOwn = (own: Row, tag: string) => worded(decided(own), tag).reasons.find(({ source }) => source === 'House rule')?.text;

  it('is said in the languages that it has, and else in English', () => {
    const both = { ...row, texts: { tr: 'Altın iş ortaklarıyla kararlaştırıldı.' } };
    expect(textOfOwn(both, 'tr')).toBe('Altın iş ortaklarıyla kararlaştırıldı.');
    expect(textOfOwn(both, 'en')).toBe('Agreed with gold partners.');
    expect(textOfOwn(row, 'tr')).toBe('Agreed with gold partners.');
  });

  it('finds its English again after it was said in Turkish', () => {
    const both = { ...row, texts: { tr: 'Altın iş ortaklarıyla kararlaştırıldı.' } };
    expect(worded(worded(decided(both), 'tr'), 'en')).toEqual(decided(both));
  });

  it('keeps its words where they were kept without languages', () => {
    const [first, ...rest] = decided(row).reasons;
    if (first === undefined) throw new Error('There is no reason.');
    const kept = { ...decided(row), reasons: [{ ...first, message: 'row', params: {} }, ...rest] };
    expect(worded(kept, 'tr').reasons[0]?.text).toBe(first.text);
  });

  it('is not said in the catalogue’s words where it took over a row of the default matrix and changed its text', () => {
    const rows = DEFAULT_MATRIX.rows.map((one) => (one.id === 'payment' ? { ...one, text: 'Ask us about payments.' } : one));
    const decision = decide(factsAbout('payment'), compile({ version: 'own', rows }));
    expect(turkishTexts(decision)[0]).toBe('Ask us about payments.');
  });

  it('that took over a row of the default matrix with words of its own for a language is said in these', () => {
    const rows = DEFAULT_MATRIX.rows.map((one) => (one.id === 'payment' ? { ...one, texts: { tr: 'Bize sorun.' } } : one));
    const decision = decide(factsAbout('payment'), compile({ version: 'own', rows }));
    expect(turkishTexts(decision)[0]).toBe('Bize sorun.');
  });
});

describe('an explanation', () => {
  const own = (when: Row['when']): Row => ({
    id: 'own',
    stage: 'asker',
    when,
    then: { informed: [] },
    code: 'matrix-row',
    text: 'House rule.',
    basis: 'default',
    source: 'House rules',
  });
  const becauseOf = (when: Row['when'], tag: string) => {
    const matrix = compile({ version: 'own', rows: [own(when), ...DEFAULT_MATRIX.rows] });
    const explained = explain(factsAbout('payment', { country: 'DE', language: 'de' }), matrix);
    return worded(explained, tag).rows.find(({ id }) => id === 'own')?.because;
  };

  it.each([
    [{ cloud: ['china', 'us-government'] }, 'cloud is public; the row is for china or us-government', 'bulut: public; satırın geçerli olduğu değer: china veya us-government'],
    [{ severity: ['A'] }, 'severity is not known; the row is for A', 'önem derecesi: bilinmiyor; satırın geçerli olduğu değer: A'],
    [{ partnerFirst: true }, 'partnerFirst is false; the row is for true', 'önce iş ortağı: hayır; satırın geçerli olduğu değer: evet'],
    [{ country: { not: ['DE', 'AT'] } }, 'country is DE; the row is for any but DE or AT', 'ülke: DE; satır şu değer dışındakiler için geçerli: DE veya AT'],
    [{ from: '2027-01-01' }, 'from is 2026-05-04T09:30:00Z; the row is for times since 2027-01-01', 'başlangıç: 2026-05-04T09:30:00Z; satırın geçerlilik başlangıcı: 2027-01-01'],
    [{ until: '2026-01-01' }, 'until is 2026-05-04T09:30:00Z; the row is for times before 2026-01-01', 'bitiş: 2026-05-04T09:30:00Z; satırın geçerlilik sonu: 2026-01-01'],
    [
      { hours: { timeZone: 'Europe/Istanbul', days: ['sat', 'sun'], from: '09:00', to: '17:00' } },
      'hours is 2026-05-04T09:30:00Z; the row is for sat, sun 09:00 to 17:00 in Europe/Istanbul',
      'saatler: 2026-05-04T09:30:00Z; satırın geçerli olduğu saatler: Cmt, Paz 09:00 – 17:00 (Europe/Istanbul)',
    ],
    [{ area: ['payment'] }, 'every condition holds', 'bütün koşullar sağlanıyor'],
  ] as const)('of %j is said in both languages', (when, english, turkish) => {
    expect(becauseOf(when, 'en')).toBe(english);
    expect(becauseOf(when, 'tr')).toBe(turkish);
  });

  it('in English is as it was', () => {
    const explained = explain(factsAbout('break-fix', { subscription: ofReseller }), defaultMatrix());
    expect(worded(explained, 'en')).toEqual(explained);
  });
});

describe('a language', () => {
  it.each([
    ['tr', 'tr'],
    ['TR-tr', 'tr'],
    [' en_GB ', 'en'],
    ['de', null],
    ['', null],
    ['constructor', null],
  ])('%j is understood as %j', (tag, language) => {
    expect(languageOf(tag)).toBe(language);
  });

  it('that is not known is refused with those that are', () => {
    expect(inLanguage(decisionOn('payment'), 'de')).toEqual({
      language: null,
      refused: "There is no language 'de': use en, tr.",
      known: ['en', 'tr'],
    });
  });
});

describe('a party in a sentence', () => {
  it('has its name in the language, and its id', () => {
    expect(partyName(theProvider)).toBe('the indirect provider 4100');
    expect(partyName(theProvider, 'tr')).toBe('dolaylı sağlayıcı 4100');
    expect(partyName({ role: 'isv-publisher', partyId: null }, 'tr')).toBe('ISV yayımcısı (bilinmiyor)');
    expect(partyName({ role: 'microsoft' }, 'tr')).toBe('Microsoft');
  });

  it('is kept without words, whatever its id has in it', () => {
    const odd = { role: 'isv-publisher', partyId: 'a/b/c' } as const;
    expect([partyParam(odd), partyParam({ role: 'microsoft' }), partyParam({ ...odd, partyId: null })]).toEqual([
      'isv-publisher/a/b/c',
      'microsoft',
      'isv-publisher',
    ]);
    expect(partyParamText(partyParam(odd), 'within', 'en')).toBe(partyName(odd));
    expect(partyParamText('isv-publisher', 'atStart', 'en')).toBe('The ISV publisher (not known)');
  });

  it('is known in every role', () => {
    for (const role of ROLES) expect(partyParamText(role, 'within', 'tr')).not.toContain(role === 'microsoft' ? '?' : role);
  });
});

describe('a message', () => {
  it('is filled in English at once', () => {
    expect(say('handed-over-by', { partner: theProvider })).toEqual({
      text: 'The indirect provider 4100 takes it to Microsoft, by a service request in Partner Center.',
      message: 'handed-over-by',
      params: { partner: 'indirect-provider/4100' },
    });
  });

  it('of every reason that can be given is in the catalogue', () => {
    const decision = decisionOn('azure-deployment', { subscription: ofReseller, offer: null });
    expect(codesOf(decision).length).toBeGreaterThan(2);
    for (const { message } of decision.reasons) expect(catalogue('tr')).toHaveProperty([message ?? '']);
  });
});
