import { matches } from './mail-filter.js';
import type { MailSummary } from './mail-message.js';

const mail: MailSummary = {
  id: '0mabcdefg-0123456789ab',
  receivedAt: '2026-11-01T09:00:00.000Z',
  messageId: '<decision-1@handoff.example>',
  from: 'handoff@handoff.example',
  to: ['support@contoso.example'],
  subject: 'Payment question for Contoso CRM',
  sizeBytes: 1_024,
  text: 'The reseller 2002 is responsible.',
};

describe('searching the mailbox', () => {
  it('finds a recipient in any case', () => {
    expect(matches(mail, { to: 'SUPPORT@contoso' })).toBe(true);
    expect(matches(mail, { to: 'fabrikam' })).toBe(false);
  });

  it('finds words of the subject, and of the text only when asked for anything', () => {
    expect(matches(mail, { subject: 'reseller' })).toBe(false);
    expect(matches(mail, { q: 'reseller' })).toBe(true);
  });

  it('wants everything that is asked for', () => {
    expect(matches(mail, { to: 'contoso', subject: 'payment' })).toBe(true);
    expect(matches(mail, { to: 'contoso', subject: 'deployment' })).toBe(false);
  });
});
