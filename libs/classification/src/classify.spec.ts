import { AREAS } from './areas.js';
import { CLASSIFIER_LANGUAGES, classify, DESCRIPTION_CHARS_MAX } from './classify.js';
import { GERMAN_TICKETS } from './tickets/de.fixture.js';
import { ENGLISH_TICKETS } from './tickets/en.fixture.js';
import { SPANISH_TICKETS } from './tickets/es.fixture.js';
import { FRENCH_TICKETS } from './tickets/fr.fixture.js';
import { JAPANESE_TICKETS } from './tickets/ja.fixture.js';
import { TURKISH_TICKETS } from './tickets/tr.fixture.js';

const TICKETS = { en: ENGLISH_TICKETS, de: GERMAN_TICKETS, tr: TURKISH_TICKETS, fr: FRENCH_TICKETS, es: SPANISH_TICKETS, ja: JAPANESE_TICKETS };
const all = Object.entries(TICKETS).flatMap(([language, tickets]) => tickets.map(([area, subject, description]) => ({ language, area, subject, description })));

describe('a ticket as customers write them', () => {
  it.each(all)('in $language, "$subject", is $area', ({ language, area, subject, description }) => {
    const found = classify({ subject, description, language });
    expect({ area: found?.area ?? null, ...((found?.area ?? null) === area ? {} : { found }) }).toEqual({ area });
  });

  it.each(all.filter(({ area }) => area !== null))('in $language, "$subject", is $area also where nobody says the language', ({ language, area, subject, description }) => {
    expect(classify({ subject, description })).toMatchObject({ area, language });
  });

  it.each(all.filter(({ area }) => area === null))('in $language, "$subject", is nothing clear also where nobody says the language', ({ subject, description }) => {
    expect(classify({ subject, description })).toBeNull();
  });

  it('is Japanese also with two marks that lengthen a vowel beside foreign words', () => {
    expect(classify({ subject: '全ユーザー', description: 'zqx296a' })).toMatchObject({ area: 'service-health', language: 'ja' });
  });

  it('is written in every language that is known, and about nearly every area in each', () => {
    expect(Object.keys(TICKETS).sort()).toEqual([...CLASSIFIER_LANGUAGES].sort());
    for (const tickets of Object.values(TICKETS)) expect(new Set(tickets.map(([area]) => area)).size).toBeGreaterThanOrEqual(AREAS.length - 1);
  });
});

describe('the answer', () => {
  it('names the words that decided, as they were written, and how far it is ahead', () => {
    const found = classify({ subject: 'Rechnungen doppelt', description: 'Bitte um eine Gutschrift.', language: 'de-AT' });
    expect(found).toMatchObject({ area: 'customer-billing', language: 'de', words: ['Rechnungen', 'Gutschrift'] });
    expect(found?.confidence).toBeGreaterThan(0.7);
  });

  it('is none below the confidence that is asked for', () => {
    const text = { subject: '', description: 'The invoice is missing.', language: 'en' };
    expect(classify(text)?.area).toBe('customer-billing');
    expect(classify(text, { minConfidence: 0.9 })).toBeNull();
  });

  it.each([{}, { subject: '', description: '' }, { subject: null, description: null, language: null }, { subject: ' \n', description: '???' }])('is none for %j', (text) => {
    expect(classify(text)).toBeNull();
  });

  it('is none where the language that is told is not known', () => {
    expect(classify({ subject: 'invoice', description: 'invoice', language: 'nl' })).toBeNull();
  });

  it('weighs the subject more than the description', () => {
    expect(classify({ subject: 'Wrong invoice', description: 'It came after a webinar.', language: 'en' })?.area).toBe('customer-billing');
    expect(classify({ subject: 'Webinar', description: 'It came after a wrong invoice.', language: 'en' })?.area).toBe('training');
  });

  it('takes links and addresses for no words', () => {
    expect(classify({ subject: 'See https://portal.contoso.example/invoice/payment', description: 'or write to invoice@contoso.example', language: 'en' })).toBeNull();
  });
});

describe('spelling', () => {
  it.each([
    ['de', 'Kündigung des Abonnements', 'KUENDIGUNG DES ABONNEMENTS'],
    ['tr', 'Aboneliğimizin iptali', 'ABONELİĞİMİZİN İPTALİ'],
    ['tr', 'Aboneliğimizin iptali', 'aboneligimizin iptali'],
    ['tr', 'Dağıtım hatası: Azure kaynak grubu', 'DAĞITIM HATASI: AZURE KAYNAK GRUBU'],
    ['fr', "Résiliation de l'abonnement", 'RESILIATION DE L’ABONNEMENT'],
    ['es', 'Cancelación de la suscripción', 'cancelacion de la suscripcion'],
    ['en', 'Cancel our subscription', 'ＣＡＮＣＥＬ ｏｕｒ ｓｕｂｓｃｒｉｐｔｉｏｎ'],
    ['ja', 'クレジットカードの返金', 'ｸﾚｼﾞｯﾄｶｰﾄﾞの返金'],
  ])('in %s of "%s" as "%s" makes no difference', (language, one, other) => {
    expect(classify({ subject: one, language })).not.toBeNull();
    expect(classify({ subject: other, language })?.area).toBe(classify({ subject: one, language })?.area);
  });
});

describe('a huge text', () => {
  it('is looked at up to a limit, and no further', () => {
    const filler = 'lorem '.repeat(Math.ceil(DESCRIPTION_CHARS_MAX / 6));
    expect(classify({ subject: '', description: `${filler} invoice credit note overcharged`, language: 'en' })).toBeNull();
    expect(classify({ subject: 'Overcharged', description: filler.repeat(200), language: 'en' })?.area).toBe('customer-billing');
  });
});
