import { OWN_WORDS } from '../message/texts/words.js';
import { pageOf } from './page.decision.js';
import { pageLanguageOf } from './page-language.decision.js';

describe('the page behind a link', () => {
  it('shows the ticket, safe from what others wrote, with one button and nothing from elsewhere', () => {
    const { status, html } = pageOf({ state: 'open', subjectLine: '<img src=x onerror=alert(1)> (SUP-12)', language: null, asksForServiceRequest: false }, OWN_WORDS.en);
    expect(status).toBe(200);
    expect(html).toContain('&lt;img src=x');
    expect(html.match(/<button/g)).toHaveLength(1);
    expect(html).toContain('<form method="post">');
    expect(html).not.toMatch(/<script|<img|https?:/);
  });

  it.each([
    [{ state: 'unknown' }, 404, 'is not valid'],
    [{ state: 'expired' }, 410, 'has expired'],
    [{ state: 'used', subjectLine: 'S', language: null, asksForServiceRequest: false, used: { at: new Date('2026-11-02T08:20:00.000Z'), by: 'Ada', serviceRequestNumber: null } }, 200, 'Acknowledged by Ada, 2 November 2026 at 08:20 UTC.'],
    [{ state: 'acknowledged', subjectLine: 'S', language: null, asksForServiceRequest: false }, 200, 'Thank you.'],
  ] as const)('says of %o what it is, without a button', (visit, status, text) => {
    const page = pageOf(visit, OWN_WORDS.en);
    expect(page.status).toBe(status);
    expect(page.html).toContain(text);
    expect(page.html).not.toContain('<button');
  });

  it('asks who hands over for the number of the service request, and can be told it later', () => {
    const shown = { subjectLine: 'S', language: null, asksForServiceRequest: true };
    const used = { at: new Date('2026-11-02T08:20:00.000Z'), by: 'Ada', serviceRequestNumber: null };
    for (const visit of [{ ...shown, state: 'open' }, { ...shown, state: 'used', used }] as const) {
      const { html } = pageOf(visit, OWN_WORDS.en);
      expect(html).toMatch(/<label for="service-request">[^<]+<\/label>[\s\S]*<input id="service-request" name="service-request" maxlength="64"/);
      expect(html.match(/<button/g)).toHaveLength(1);
    }
    expect(pageOf({ ...shown, state: 'added' }, OWN_WORDS.en).html).not.toContain('<form');
  });

  it('says that what was entered is no number, and shows it again without running it', () => {
    const { status, html } = pageOf({ state: 'refused', subjectLine: 'S', language: null, asksForServiceRequest: true, entered: '"><script>' }, OWN_WORDS.en);
    expect(status).toBe(422);
    expect(html).toMatch(/role="alert"[\s\S]*value="&quot;&gt;&lt;script&gt;"/);
  });

  it('is in Turkish for who reads Turkish', () => {
    expect(pageOf({ state: 'open', subjectLine: 'S', language: null, asksForServiceRequest: false }, OWN_WORDS.tr).html).toMatch(/<html lang="tr">[\s\S]*Evet, ben ilgileniyorum/);
  });

  it('is in the language of the ticket where the browser names none that it has', () => {
    expect([pageLanguageOf(undefined, 'tr-TR'), pageLanguageOf('fr', 'tr'), pageLanguageOf('en', 'tr'), pageLanguageOf('fr', 'de')]).toEqual(['tr', 'tr', 'en', 'en']);
  });

  it.each([[undefined, 'en'], ['tr', 'tr'], ['tr-TR,tr;q=0.9,en;q=0.8', 'tr'], ['de, en;q=0.5, tr;q=0.9', 'tr'], ['en,tr;q=0.9', 'en'], ['tr;q=0, en', 'en'], ['fr', 'en'], [';;q=x,,', 'en']])('for %s is in %s', (header, language) => {
    expect(pageLanguageOf(header)).toBe(language);
  });
});
