import fc from 'fast-check';
import { ANSWER_MARK, writtenTextOf } from './written-text.decision.js';

const MINE = 'We look at it.\n\nAda';

describe('what somebody wrote into an answer', () => {
  it.each([
    ['with our mark', `${MINE}\n\nOn Monday, Handoff <h@x.example> wrote:\n> ${ANSWER_MARK}\n> A new ticket is yours to act on.`],
    ['with our mark unquoted, as of Outlook', `${MINE}\n\n${ANSWER_MARK}\nA new ticket is yours to act on.`],
    ['in English', `${MINE}\n\nOn Mon, 2 Nov 2026 at 08:00, Handoff <handoff@x.example> wrote:\n\n> A new ticket\n> is yours.`],
    ['with a line that was broken', `${MINE}\n\nOn Mon, 2 Nov 2026 at 08:00, Handoff\n<handoff@handoff.contoso.example> wrote:\n> A new ticket`],
    ['in German', `${MINE}\n\nAm 02.11.2026 um 08:00 schrieb Handoff <h@x.example>:\n> Ein neues Ticket`],
    ['in Turkish', `${MINE}\n\nHandoff <h@x.example>, 2 Kas 2026 Pzt, 08:00 tarihinde şunu yazdı:\n> Yeni bir destek kaydı`],
    ['in French', `${MINE}\n\nLe lun. 2 nov. 2026 à 08:00, Handoff <h@x.example> a écrit :\n> Un nouveau ticket`],
    ['of Outlook', `${MINE}\n\nFrom: Handoff <h@x.example>\nSent: Monday, 2 November 2026 08:00\nTo: Support\nSubject: [B] Sign-in fails\n\nA new ticket is yours to act on.`],
    ['of Outlook in Turkish', `${MINE}\n\nKimden: Handoff <h@x.example>\nGönderildi: 2 Kasım 2026\n\nYeni`],
    ['of Outlook with a line', `${MINE}\n\n________________________________\nFrom: Handoff`],
    ['with a divider', `${MINE}\n\n-----Original Message-----\nFrom: Handoff\nA new ticket`],
    ['with a signature', `${MINE}\n-- \nAda Lovelace, Contoso`],
    ['with other ends of lines', `${MINE.replaceAll('\n', '\r\n')}\r\n\r\n> A new ticket\r\n`],
  ])('is found in an answer %s', (_form, text) => {
    expect(writtenTextOf(text)).toBe(MINE);
  });

  it('is found between and below what is quoted', () => {
    expect(writtenTextOf('On Monday, Handoff wrote:\n> Which version?\n12.4\n> Since when?\nYesterday')).toBe('12.4\nYesterday');
    expect(writtenTextOf('> A new ticket is yours.\n\nThanks, we look at it.')).toBe('Thanks, we look at it.');
    expect(writtenTextOf('See below.\n\nOn Monday, Handoff wrote:\n> Which version?\n\n12.4')).toContain('12.4');
  });

  it('keeps sentences that only look like the beginning of a quotation', () => {
    const text = 'On Monday we wrote to the vendor.\nFrom: the start it failed.\nAm I right?';
    expect(writtenTextOf(text)).toBe(text);
  });

  it('is nothing where only our message came back', () => {
    expect(writtenTextOf(`> ${ANSWER_MARK}\n> A new ticket`)).toBe('');
  });

  it('hides no sign that turns or cuts the text', () => {
    expect(writtenTextOf('a\u202Eb\u0000c\u2028d\te')).toBe('abc\nd\te');
  });

  it('is found in whatever anybody sends, without taking long', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 2_000 }), (text) => expect(writtenTextOf(text).length).toBeLessThanOrEqual(text.length + 1)));
    expect(writtenTextOf(`${`a tarihinde ${'tarihinde '.repeat(25)}yazdı :\n`.repeat(20_000)}end`)).toContain('tarihinde');
    expect(writtenTextOf(`${'On '.repeat(100_000)}\n${'> '.repeat(50_000)}\n${'a\n'.repeat(50_000)}`).length).toBeGreaterThan(0);
  });
});
