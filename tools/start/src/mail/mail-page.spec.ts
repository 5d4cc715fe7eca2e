import { linked, listPage, messagePage } from './mail-page.js';
import type { MailMessage } from './mail-message.js';

const hostile: MailMessage = {
  id: '0mabcdefg-0123456789ab',
  receivedAt: '2026-11-01T09:00:00.000Z',
  messageId: null,
  from: '"><script>alert(1)</script>',
  to: ['<img src=x onerror=alert(2)>'],
  subject: '<script>alert(3)</script>',
  sizeBytes: 512,
  text: '<b>not bold</b>',
  html: '<script>alert(4)</script>',
  headers: { 'x-note': '<script>alert(5)</script>' },
  raw: '',
};

describe('the mailbox page', () => {
  it('shows what a mail says and runs none of it', () => {
    const pages = [messagePage(hostile), listPage([{ ...hostile, text: '' }], '"><script>alert(6)</script>')];
    for (const page of pages) {
      expect(page).not.toMatch(/<script|<img|<b>/);
      expect(page).toContain('&lt;script&gt;alert(3)&lt;/script&gt;');
    }
  });

  it('shows the HTML of a mail only inside a sandboxed frame', () => {
    expect(messagePage(hostile)).toContain('<iframe sandbox=""');
  });

  it('makes the acknowledge link of a text clickable', () => {
    const html = linked('Acknowledge: http://127.0.0.1:8083/a/abc?x=1&y=2 now');
    expect(html).toContain('href="http://127.0.0.1:8083/a/abc?x=1&amp;y=2"');
    expect(html).toMatch(/<\/a> now$/);
  });

  it('says so when nothing has arrived', () => {
    expect(listPage([], '')).toContain('Nothing has arrived yet.');
  });
});
