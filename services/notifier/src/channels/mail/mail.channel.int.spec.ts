import { createHash, createVerify, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { messageOf } from '../../message/content.decision.js';
import { aDelivery, aRecipient, aRoutedEvent } from '../../notification/notification.builders.js';
import { openSmtpSink, type SmtpReply } from '../../sinks/smtp.sink.js';
import { type Behaviour, describeChannel, type OpenChannel } from '../channel.contract.js';
import { MailChannel } from './mail.channel.js';

const settings = { from: 'Handoff <handoff@handoff.example>', domain: 'handoff.example', connectionsMax: 2, sendTimeoutMs: 2_000 };

async function open(): Promise<OpenChannel & { readonly sink: Awaited<ReturnType<typeof openSmtpSink>>; readonly mail: MailChannel }> {
  const sink = await openSmtpSink();
  const mail = new MailChannel({ ...settings, smtpUrl: sink.url });
  const replies: Readonly<Record<Behaviour, SmtpReply>> = {
    accept: 'accept', refuse: { code: 550, text: 'No such user' }, 'be-in-trouble': { code: 451, text: 'Try later' }, hang: 'hang',
    'hang-up': { code: 421, text: 'Going down' }, 'tell-the-secret': { code: 554, text: `Your password is ${sink.password}` },
  };
  return {
    sink, mail, secret: sink.password,
    send: (message, signal) => mail.send(message, { address: 'support@contoso.example', name: 'Contoso "support"' }, signal),
    behave: (behaviour) => {
      sink.reply = () => replies[behaviour];
    },
    idsReceived: () => sink.received.map((received) => received.mail.messageId ?? ''),
    vanish: () => sink.close(),
    close: async () => {
      await mail.close();
      await sink.close();
    },
  };
}

describeChannel('mail', open);

describe('a mail on the wire', () => {
  it('has the headers that keep threads together and machines from answering', async () => {
    const channel = await open();
    const { notification, ...delivery } = aDelivery();
    const message = messageOf({ notification, ...delivery });
    await channel.send(message, AbortSignal.timeout(5_000));
    const [received] = channel.sink.received;
    const { notificationId, ticketId } = notification;
    expect(received).toMatchObject({ from: 'handoff@handoff.example', to: ['support@contoso.example'] });
    expect(received?.mail).toMatchObject({ subject: '[B] Sign-in fails (SUP-12)', messageId: `<${notificationId}@handoff.example>`, inReplyTo: `<${ticketId}@handoff.example>` });
    expect([received?.mail.references].flat()).toEqual([`<${ticketId}@handoff.example>`]);
    expect(received?.raw).toMatch(/^Auto-Submitted: auto-generated\r$/m);
    expect(received?.raw).toMatch(/^X-Auto-Response-Suppress: All\r$/m);
    expect(received?.raw).toMatch(new RegExp(`^X-Handoff-Ticket: ${ticketId}\\r$`, 'm'));
    expect(received?.mail.text).toContain('https://docs.contoso.example/crm');
    expect(received?.mail.html).toContain('href="https://docs.contoso.example/crm"');
    await channel.close();
  });

  it('gets no header from what others wrote, in either language', async () => {
    const channel = await open();
    const hostile = 'x\r\nBcc: all@contoso.example\r\n\r\n<b>\u202e';
    for (const language of ['en', 'tr']) {
      const recipients = [aRecipient({ name: hostile, partyName: hostile, language })];
      await channel.mail.send(messageOf(aDelivery(aRoutedEvent({ recipients, ticket: { subject: hostile, externalId: hostile, source: hostile } }))), { address: 'support@contoso.example', name: hostile }, AbortSignal.timeout(5_000));
    }
    expect(channel.sink.received.map(({ to }) => to)).toEqual([['support@contoso.example'], ['support@contoso.example']]);
    for (const { raw, mail } of channel.sink.received) {
      expect(raw.split('\r\n\r\n')[0]).not.toMatch(/^Bcc:/im);
      expect(mail.subject).toBe('[B] x Bcc: all@contoso.example <b> (x Bcc: all@contoso.example <b>)');
      expect(mail.headers.get('content-language')).toMatch(/^(en|tr)$/);
      expect(mail.headers.get('content-type')).toMatchObject({ value: 'multipart/alternative' });
    }
    await channel.close();
  });

  it('is signed by DKIM, so that the receiver can check body and sender with the key in DNS', async () => {
    const sink = await openSmtpSink();
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
    const dkim = { domainName: 'handoff.example', keySelector: 'handoff', privateKey: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString() };
    const mail = new MailChannel({ ...settings, smtpUrl: sink.url, dkim });
    await mail.send(messageOf(aDelivery()), { address: 'support@contoso.example', name: null }, AbortSignal.timeout(5_000));
    const raw = sink.received[0]?.raw ?? '';
    expect(dkimFieldsOf(raw)).toMatchObject({ a: 'rsa-sha256', c: 'relaxed/relaxed', d: 'handoff.example', s: 'handoff' });
    expect(isSignedBy(publicKey, raw)).toBe(true);
    expect(isSignedBy(publicKey, raw.replace('Sign-in fails', 'Sign-in works'))).toBe(false);
    await mail.close();
    await sink.close();
  });

  it('waits for better times when the mail server refuses our login, and does not tell the password', async () => {
    const channel = await open();
    const wrong = new MailChannel({ ...settings, smtpUrl: channel.sink.url.replace('mail-hunter2', 'wrong-hunter3') });
    const answer = await wrong.send(messageOf(aDelivery()), { address: 'support@contoso.example', name: null }, AbortSignal.timeout(5_000));
    expect(answer).toMatchObject({ kind: 'unreachable', detail: expect.stringContaining('refused our login') });
    expect(JSON.stringify(answer)).not.toContain('wrong-hunter3');
    await wrong.close();
    await channel.close();
  });
});

/** The tags of the DKIM-Signature of a mail. */
function dkimFieldsOf(raw: string): Record<string, string> {
  const header = /^DKIM-Signature:((?:.*\r\n)(?:[ \t].*\r\n)*)/im.exec(raw)?.[1] ?? '';
  return Object.fromEntries(header.split(';').map((tag) => tag.split(/=(.*)/s).map((part) => part.replace(/\s+/g, ''))).filter(([name]) => name !== ''));
}

/** What a receiver checks (RFC 6376 section 6.1.3), with relaxed canonicalization of headers and body. */
function isSignedBy(publicKey: KeyObject, raw: string): boolean {
  const [head = '', ...rest] = raw.split('\r\n\r\n');
  const { bh, b = '', h = '' } = dkimFieldsOf(raw);
  const body = rest.join('\r\n\r\n').replace(/[ \t]+(?=\r\n)/g, '').replace(/[ \t]+/g, ' ').replace(/(\r\n)*$/, '\r\n');
  if (createHash('sha256').update(body).digest('base64') !== bh) return false;
  const headers = new Map(head.split(/\r\n(?![ \t])/).map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), relaxed(line)] as const));
  const signed = [...h.split(':').flatMap((name) => headers.get(name.toLowerCase()) ?? []), (headers.get('dkim-signature') ?? '').replace(/(;\s*b=)[^;]*/, '$1')];
  return createVerify('RSA-SHA256').update(signed.join('\r\n')).verify(publicKey, b, 'base64');
}

function relaxed(line: string): string {
  const [name = '', value = ''] = line.split(/:(.*)/s);
  return `${name.toLowerCase().trim()}:${value.replace(/\r\n/g, '').replace(/[ \t]+/g, ' ').trim()}`;
}
