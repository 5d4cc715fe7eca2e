import { messageOf } from '../../message/content.decision.js';
import { footerOf, sectionsOf } from '../../message/sections.decision.js';
import { aDelivery, aRecipient, aRoutedEvent } from '../../notification/notification.builders.js';
import { BUTTON, mailHtmlOf, PALETTES } from './mail-html.decision.js';

const htmlIn = (language: string, acknowledgeUrl: string | null = 'https://handoff.example/a/token'): string => {
  const message = messageOf(aDelivery(aRoutedEvent({ recipients: [aRecipient({ language })] })), { acknowledgeUrl });
  return mailHtmlOf(message, sectionsOf(message), { answerLine: null, footer: footerOf(message) });
};

/** Relative luminance and contrast by WCAG 2.2. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[0-9a-f]{2}/g) ?? []).map((part) => parseInt(part, 16) / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [less = 0, more = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (more + 0.05) / (less + 0.05);
}

describe('the page of a mail', () => {
  it.each(['en', 'tr'])('says that it is in %s, and has one heading over those of its parts', (language) => {
    const html = htmlIn(language);
    expect(html).toMatch(new RegExp(`^<!doctype html><html lang="${language}">`));
    expect([html.match(/<h1/g)?.length, (html.match(/<h2/g)?.length ?? 0) > 4, html.match(/<h[3-6]/g)]).toEqual([1, true, null]);
  });

  it('reads everything from itself, and runs nothing', () => {
    expect(htmlIn('en')).not.toMatch(/<script|<img|<link|<iframe|@import|url\(|\son\w+=/i);
  });

  it('uses tables for layout only, and says so to screen readers', () => {
    const tables = htmlIn('en').match(/<table[^>]*>/g) ?? [];
    expect(tables.length).toBeGreaterThan(0);
    for (const table of tables) expect(table).toContain('role="presentation"');
  });

  it('leads a list of mails with whose turn it is and what to do', () => {
    expect(htmlIn('en')).toMatch(/<body[^>]*><div style="display:none[^"]*">It is your turn \(Contoso Software\)\. Open the ticket/);
  });

  it('has a button to acknowledge where there is a link, and none elsewhere', () => {
    expect(htmlIn('tr')).toMatch(/<a href="https:\/\/handoff\.example\/a\/token"[^>]*>Ben ilgileniyorum<\/a>/);
    expect(htmlIn('tr', null)).not.toContain('Ben ilgileniyorum');
  });

  it.each(Object.entries(PALETTES))('can be read in %s colours', (_name, { page, card, quote, text, muted, link }) => {
    for (const [shown, ground] of [[text, card], [muted, card], [link, card], [text, quote], [text, page]] as const) expect(contrast(shown, ground)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(BUTTON.text, BUTTON.ground)).toBeGreaterThanOrEqual(4.5);
  });
});
