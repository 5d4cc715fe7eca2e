import fc from 'fast-check';
import { isOurs, markText, originOf } from './origin-marker.js';

const origin = { installation: 'northwind', ticketId: '3a1f0f6e-7c0e-5f0a-9b1e-0d6a7f3c2b11' };
const marked = markText('The invoice doubled.', origin);

describe('a text that Handoff writes into another system', () => {
  it('begins with its mark, and keeps what it says', () => {
    expect(marked).toBe('Handoff-Ticket: northwind/3a1f0f6e-7c0e-5f0a-9b1e-0d6a7f3c2b11\nThe invoice doubled.');
    fc.assert(fc.property(fc.string(), (text) => {
      expect(originOf(markText(text, origin))).toEqual(origin);
    }));
  });

  it.each([
    ['as it was', marked], ['with blanks before it', `\r\n  ${marked}`], ['as HTML', `<div class="zd-comment"><p dir="auto">${marked.replace('\n', '<br>')}</p></div>`],
    ['with its lines joined', marked.replace('\n', ' ')], ['with escapes of a markup', marked.replaceAll('-', '\\-')], ['in other letters', marked.toUpperCase()], ['behind marks without width', `\ufeff\u200b&nbsp;${marked}`],
    ['cut at its end', marked.slice(0, 70)],
  ])('is recognised when it comes back %s', (_how, text) => {
    expect(isOurs(text, 'northwind')).toBe(true);
  });
});

describe('a text of others', () => {
  it.each([
    ['an answer above what it quotes', `Thank you.\n\n> ${marked}`], ['an answer below what it quotes', `> ${marked.replaceAll('\n', '\n> ')}\nThank you.`], ['an answer to quoted HTML', `<blockquote>${marked}</blockquote>Thank you.`],
    ['a mail that was answered', `On Monday Handoff wrote:\n${marked}`], ['a mark within the text', `See ${marked}`], ['half a mark', 'Handoff-Ticket: northwind/3a1f0f6e'], ['a mark that goes on', `${marked.slice(0, 62)}0`], ['nothing', ''],
  ])('is not ours: %s', (_what, text) => {
    expect(isOurs(text, 'northwind')).toBe(false);
  });

  it('is not ours where another installation wrote it', () => {
    expect(isOurs(marked, 'fabrikam')).toBe(false);
  });
});
