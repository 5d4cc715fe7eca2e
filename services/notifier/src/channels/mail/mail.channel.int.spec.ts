import { messageOf } from '../../message/content.decision.js';
import { aDelivery } from '../../notification/notification.builders.js';
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
