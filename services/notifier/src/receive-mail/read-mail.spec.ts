import fc from 'fast-check';
import { bounceOf } from './bounce.decision.js';
import { readMail } from './read-mail.js';
import { automaticBecause, replyTextOf } from './reply.decision.js';

const mail = (...lines: readonly string[]): Buffer => Buffer.from(lines.join('\r\n'));
const read = (raw: Buffer) => readMail(raw, 'ada@contoso.example');
const HEAD = ['From: Ada <ada@contoso.example>', 'Subject: =?utf-8?Q?Re=3A_Giri=C5=9F?=', 'Message-ID: <1@contoso.example>', 'MIME-Version: 1.0'];

describe('a mail that is read', () => {
  it.each([
    ['UTF-8 as quoted-printable', ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: quoted-printable', '', 'Bak=C4=B1yoruz.'], 'Bakıyoruz.'],
    ['the Turkish eight-bit set', ['Content-Type: text/plain; charset=iso-8859-9', 'Content-Transfer-Encoding: quoted-printable', '', 'Bak=FDyoruz.'], 'Bakıyoruz.'],
    ['base64', ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: base64', '', Buffer.from('Bakıyoruz.').toString('base64')], 'Bakıyoruz.'],
    ['HTML alone', ['Content-Type: text/html; charset=utf-8', '', '<style>p{color:red}</style><p>We look at it.</p><script>alert(1)</script><div>On Monday, Handoff wrote:<blockquote>A new ticket</blockquote></div>'], 'We look at it.'],
    ['both forms', ['Content-Type: multipart/alternative; boundary=B', '', '--B', 'Content-Type: text/plain', '', 'We look at it.', '--B', 'Content-Type: text/html', '', '<p>Other words.</p>', '--B--'], 'We look at it.'],
    ['no type at all', ['', 'We look at it.'], 'We look at it.'],
    ['soft line breaks', ['Content-Type: text/plain; format=flowed; charset=utf-8', '', 'We look', 'at it.'], 'We look\nat it.'],
  ])('has its text in %s', async (_form, lines, text) => {
    const incoming = await read(mail(...HEAD, ...lines));
    expect(replyTextOf(incoming).text).toBe(text);
    expect(incoming).toMatchObject({ messageId: '<1@contoso.example>', subject: 'Re: Giriş', from: { name: 'Ada', address: 'ada@contoso.example' }, reportType: null, deliveryStatus: null, attachments: [] });
  });

  it('has attachments by name, of mails too, and pictures within its text', async () => {
    const incoming = await read(mail(...HEAD, 'Content-Type: multipart/mixed; boundary=B', '', '--B', 'Content-Type: text/plain', '', 'See these.', '--B', 'Content-Type: application/pdf; name="a b.pdf"', 'Content-Transfer-Encoding: base64', '', 'JVBERi0=', '--B', 'Content-Type: image/png', 'Content-Disposition: inline; filename*=utf-8\'\'g%C3%B6r.png', '', 'x', '--B', 'Content-Type: message/rfc822', '', 'Subject: inner', '', 'secret', '--B--'));
    expect(incoming.attachments.map(({ name, contentType }) => [name, contentType])).toEqual([['a b.pdf', 'application/pdf'], ['gör.png', 'image/png'], [expect.any(String), 'message/rfc822']]);
    expect(replyTextOf(incoming).text).toBe('See these.');
  });

  it.each([
    ['as most servers write it', 'message/delivery-status', 'text/rfc822-headers', 'Message-ID: <n@handoff.example>'],
    ['with the whole mail and a folded header', 'message/delivery-status', 'message/rfc822', 'Subject: x\r\nMessage-Id:\r\n <n@handoff.example>\r\n\r\nMessage-ID: <body@handoff.example>'],
    ['for addresses in UTF-8', 'message/global-delivery-status', 'message/global-headers', 'message-id: <n@handoff.example>'],
  ])('that is a report has its status and the Message-ID that came back, %s', async (_form, statusType, returnedType, returned) => {
    const incoming = await read(mail('From: MAILER-DAEMON@mx.contoso.example', 'MIME-Version: 1.0', 'Content-Type: Multipart/Report; Report-Type="Delivery-Status"; boundary=B', '', '--B', 'Content-Type: text/plain', '', 'Sorry.', '--B', `Content-Type: ${statusType}`, '', 'Reporting-MTA: dns; mx', '', 'Final-Recipient: rfc822; a@contoso.example', 'Action: failed', 'Status: 5.1.1', '--B', `Content-Type: ${returnedType}`, '', returned, '--B--'));
    expect(incoming).toMatchObject({ reportType: 'delivery-status', returnedMessageId: '<n@handoff.example>', attachments: [] });
    expect(bounceOf(incoming)).toMatchObject({ outcome: 'failed', status: '5.1.1' });
    expect(automaticBecause(incoming)).toBe('multipart/report');
  });

  it('has its headers whole, and how many servers it came through', async () => {
    const incoming = await read(mail('Received: from a', ' by b; Mon', 'Received: from c by d', 'Auto-Submitted:', '\tauto-replied', 'From: x', '', 'y'));
    expect([incoming.hops, incoming.headers.get('auto-submitted'), incoming.from]).toEqual([2, 'auto-replied', null]);
  });

  it.each([
    ['too many parts', mail(...HEAD, 'Content-Type: multipart/mixed; boundary=B', '', ...Array.from({ length: 200 }, () => '--B\r\n\r\nx'), '--B--')],
    ['too large a head', mail(`X: ${'x'.repeat(300_000)}`, '', 'y')],
  ])('is refused with %s', async (_what, raw) => {
    await expect(read(raw)).rejects.toThrow();
  });

  it('is read or refused, and nothing else, whatever comes', async () => {
    const sample = mail(...HEAD, 'Content-Type: multipart/report; report-type=delivery-status; boundary=B', '', '--B', 'Content-Type: message/delivery-status', '', 'Action: failed', 'Status: 5.1.1', '--B', 'Content-Type: message/rfc822', '', 'Message-ID: <n@handoff.example>', '', 'x', '--B--');
    await fc.assert(fc.asyncProperty(fc.nat(sample.length - 1), fc.uint8Array({ maxLength: 20 }), async (at, bytes) => {
      const raw = Buffer.concat([sample.subarray(0, at), Buffer.from(bytes), sample.subarray(at + bytes.length)]);
      const incoming = await read(raw).catch((error: unknown) => error);
      if (incoming instanceof Error) return;
      const { text, attachments } = replyTextOf(incoming as Awaited<ReturnType<typeof read>>);
      expect([text.isWellFormed(), attachments.every(({ name }) => name.isWellFormed())]).toEqual([true, true]);
    }), { numRuns: 200 });
  });
});
