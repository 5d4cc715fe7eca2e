import { asksToAct } from '../notification/asks-to-act.decision.js';
import { automaticBecause, ATTACHMENTS_MAX, REPLY_CHARS_MAX, replyTextOf } from './reply.decision.js';

const mail = (headers: Record<string, string> = {}, more: { envelopeFrom?: string; reportType?: string | null } = {}) =>
  ({ headers: new Map(Object.entries(headers)), envelopeFrom: 'ada@contoso.example', reportType: null, ...more });

describe('a mail that nobody wrote', () => {
  it.each([
    ['Auto-Submitted', { 'auto-submitted': 'auto-replied' }], ['Auto-Submitted', { 'auto-submitted': 'auto-generated; owner-email="a@b.example"' }], ['Auto-Submitted', { 'auto-submitted': 'Auto-Notified (comment)' }], ['Auto-Submitted', { 'auto-submitted': 'nonsense' }],
    ['Precedence', { precedence: 'bulk' }], ['Precedence', { precedence: 'Auto_Reply ' }], ['Precedence', { precedence: 'junk' }], ['Precedence', { precedence: 'list' }],
    ['x-auto-response-suppress', { 'x-auto-response-suppress': 'All' }], ['x-autoreply', { 'x-autoreply': 'yes' }], ['list-id', { 'list-id': '<team.contoso.example>' }],
  ] as const)('is known by its %s: %o', (header, headers) => {
    expect(automaticBecause(mail(headers))).toBe(header);
  });

  it('is known by having no sender, or by being a report', () => {
    expect(automaticBecause(mail({}, { envelopeFrom: '' }))).toBe('null sender');
    expect(automaticBecause(mail({}, { reportType: 'disposition-notification' }))).toBe('multipart/report');
  });

  it.each([{}, { 'auto-submitted': 'no' }, { 'auto-submitted': 'No (a person)' }, { precedence: 'normal' }, { 'x-mailer': 'Mail' }])('is not one with %o', (headers) => {
    expect(automaticBecause(mail(headers as Record<string, string>))).toBeNull();
  });
});

describe('what a reply says', () => {
  it('acknowledges only what asked somebody to act', () => {
    expect([asksToAct({ purpose: 'act' }, { change: 'created' }), asksToAct({ purpose: 'hand-over' }, { change: 'updated' }), asksToAct({ purpose: 'inform' }, { change: 'created' }), asksToAct({ purpose: 'act' }, { change: 'closed' })]).toEqual([true, true, false, false]);
  });

  it('is its own text, with the names of what is attached', () => {
    expect(replyTextOf({ text: 'We look at it.\n\n> old', attachments: [{ name: 'log\u202Etxt.exe\u0000', contentType: 'text/plain', bytes: 12 }, { name: '', contentType: 'image/png', bytes: 3 }] })).toEqual({
      text: 'We look at it.', isCut: false, attachments: [{ name: 'log txt.exe', contentType: 'text/plain', bytes: 12 }, { name: 'attachment 2', contentType: 'image/png', bytes: 3 }],
    });
  });

  it('is kept up to a limit, and says where it was cut', () => {
    const { text, isCut } = replyTextOf({ text: '😀'.repeat(REPLY_CHARS_MAX), attachments: [] });
    expect([text.length, text.isWellFormed(), isCut]).toEqual([REPLY_CHARS_MAX, true, true]);
    const many = replyTextOf({ text: '', attachments: Array.from({ length: 40 }, (_, index) => ({ name: `${index}`, contentType: 'a/b', bytes: 1 })) });
    expect([many.attachments.length, many.isCut]).toEqual([ATTACHMENTS_MAX, true]);
  });
});
