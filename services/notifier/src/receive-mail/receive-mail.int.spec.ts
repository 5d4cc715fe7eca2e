import { decodeEvent, encodeEvent, type HandoffEvent, nameBasedId, TOPICS } from '@handoff/contracts';
import { connectKafka, ensureTopics, KafkaEventPublisher } from '@handoff/messaging';
import { createTestDatabase, emptyTopics, eventually, TEST_KEYS, type TestDatabase, testBrokers } from '@handoff/testing';
import nodemailer from 'nodemailer';
import { readConfig } from '../config.js';
import { aRecipient, aRoutedEvent } from '../notification/notification.builders.js';
import type { NotificationPage, NotificationView } from '../show-notifications/notifications.controller.js';
import { openSmtpSink, type ReceivedMail as SentMail, type SmtpSink } from '../sinks/smtp.sink.js';
import { type RunningNotifier, startNotifier } from '../start-notifier.js';
import { MAIL_BYTES_MAX, openMailListener } from './mail-listener.js';
import type { ReceivedMailPage } from './received-mail.controller.js';

const TOKEN = 'token-of-this-test-run';

describe('mail that comes back to a running notifier', () => {
  const run = Date.now().toString(36);
  let database: TestDatabase;
  let smtp: SmtpSink;
  let notifier: RunningNotifier;
  let publisher: KafkaEventPublisher;
  let consumer: ReturnType<ReturnType<typeof connectKafka>['consumer']>;
  const said: HandoffEvent[] = [];
  const tickets = new Set<string>();
  const isOfThisRun = ({ key }: { readonly key: Buffer | null }): boolean => tickets.has(key?.toString() ?? '');

  beforeAll(async () => {
    await emptyTopics();
    database = await createTestDatabase();
    smtp = await openSmtpSink();
    const kafka = connectKafka({ brokers: testBrokers(), clientId: 'receive-mail-test', log: () => undefined });
    await ensureTopics(kafka, [TOPICS.routing, TOPICS.notifications], { partitions: 12, replicationFactor: 1 });
    publisher = new KafkaEventPublisher(kafka);
    consumer = kafka.consumer({ groupId: `receive-mail-${run}` });
    await consumer.connect();
    await consumer.subscribe({ topic: TOPICS.notifications.name, fromBeginning: true });
    // What other suites said, and what they broke on purpose, does not matter here.
    await consumer.run({ eachMessage: ({ message }) => Promise.resolve(void (isOfThisRun(message) && said.push(decodeEvent({ value: message.value, headers: message.headers as Record<string, Buffer> })))) });
    notifier = await startNotifier(readConfig({
      PORT: '0', KAFKA_BROKERS: testBrokers().join(','), DATABASE_URL: database.url, HANDOFF_TOKEN: TOKEN, HANDOFF_KEYS: TEST_KEYS, LOG_LEVEL: 'silent', SMTP_URL: smtp.url,
      MAIL_FROM: 'Handoff <handoff@in.handoff.example>', MAIL_DOMAIN: 'handoff.example', MAIL_RECEIVE_PORT: '0', MAIL_RECEIVE_DOMAIN: 'in.handoff.example', HANDOFF_PUBLIC_URL: 'https://handoff.example',
    }));
  }, 90_000);
  afterAll(async () => {
    await notifier.close();
    await consumer.disconnect();
    await publisher.close();
    await smtp.close();
    await database.drop();
  }, 60_000);

  const call = async <R>(path: string): Promise<R> => (await (await fetch(`${notifier.url}${path}`, { headers: { authorization: `Bearer ${TOKEN}` } })).json()) as R;
  const of = (type: string, ticketId: string) => said.filter((event) => event.type === type && event.subject === ticketId).map(({ data }) => data);
  const mailsOf = async (ticketId: string) => (await call<ReceivedMailPage>(`/v1/received-mail?ticketId=${ticketId}`)).items;
  const notificationOf = async (ticketId: string): Promise<NotificationView> => (await call<NotificationPage>(`/v1/notifications?ticketId=${ticketId}`)).items[0] as NotificationView;
  /** A ticket whose mail has arrived at its contact. */
  const delivered = async (name: string, more: Parameters<typeof aRoutedEvent>[0] = {}) => {
    const address = `${name}@contoso.example`;
    const event = aRoutedEvent({ recipients: [aRecipient({ destination: `isv/${name}`, email: address })], ...more, ticket: { externalId: `${name}-${run}` } });
    tickets.add(event.data.ticketId);
    await publisher.publish([{ topic: TOPICS.routing.name, ...encodeEvent(event) }]);
    const { ticketId } = event.data;
    await eventually(async () => expect(await notificationOf(ticketId)).toMatchObject({ state: 'delivered' }));
    const sent = smtp.received.find(({ to }) => to.includes(address)) as SentMail;
    return { ticketId, address, sent, replyTo: sent.mail.replyTo?.value[0]?.address ?? '', returnPath: sent.from };
  };
  /** Hands a mail over by SMTP, as a mail server does; answers with the reply. */
  const post = async (envelope: { from: string; to: readonly string[] }, raw: string, port = notifier.mailPort ?? 0): Promise<string> => {
    const transport = nodemailer.createTransport({ host: '127.0.0.1', port, ignoreTLS: true });
    try {
      return (await transport.sendMail({ envelope: { from: envelope.from, to: [...envelope.to] }, raw })).response;
    } catch (error) {
      return String((error as { response?: unknown }).response ?? error);
    } finally {
      transport.close();
    }
  };
  const aReply = ({ sent, replyTo }: { sent: SentMail; replyTo: string }, { text = 'We look at it.', headers = '', id = 'r1' } = {}): string => [
    'From: "Ada Lovelace" <ada@contoso.example>', `To: ${replyTo}`, `Subject: Re: ${sent.mail.subject ?? ''}`, `Message-ID: <${id}-${run}-${replyTo.slice(6, 30)}@contoso.example>`, `In-Reply-To: ${sent.mail.messageId ?? ''}`,
    `${headers}MIME-Version: 1.0`, 'Content-Type: multipart/mixed; boundary="B"', '', '--B', 'Content-Type: text/plain; charset=utf-8', '', text, '', 'On Monday, Handoff <handoff@in.handoff.example> wrote:',
    ...(sent.mail.text ?? '').split('\n').map((line) => `> ${line}`), '--B', 'Content-Type: text/plain; name="log.txt"', 'Content-Disposition: attachment; filename="log.txt"', '', 'a secret log', '--B--', '',
  ].join('\r\n');
  const aReport = (fields: string, returned = 'Subject: x'): string => [
    'From: MAILER-DAEMON@mx.contoso.example', 'Subject: Undelivered Mail', 'Auto-Submitted: auto-replied', 'MIME-Version: 1.0', 'Content-Type: multipart/report; report-type=delivery-status; boundary="B"', '',
    '--B', 'Content-Type: text/plain', '', 'Sorry.', '', '--B', 'Content-Type: message/delivery-status', '', 'Reporting-MTA: dns; mx.contoso.example', '', fields, '', '--B', 'Content-Type: text/rfc822-headers', '', returned, '', '--B--', '',
  ].join('\r\n');

  it('comes to addresses of its message alone, under which it says where to answer', async () => {
    const [first, second] = [await delivered('addressed'), await delivered('informed-too', { recipients: [aRecipient({ purpose: 'inform', destination: 'isv/informed-too', email: 'informed-too@contoso.example' })] })];
    expect(first.replyTo).toMatch(/^reply\+[a-z2-7]{52}@in\.handoff\.example$/);
    expect(first.returnPath).toMatch(/^bounce\+[a-z2-7]{52}@in\.handoff\.example$/);
    expect(new Set([first.replyTo, second.replyTo, first.returnPath.replace('bounce', 'reply'), second.returnPath.replace('bounce', 'reply')]).size).toBe(4);
    expect(first.sent.mail.text).toMatch(/^=== Handoff === Answer above this line to say that you work on the ticket/);
    expect(second.sent.mail.text).toMatch(/^=== Handoff === Answer above this line to add something/);
    expect(first.sent.mail.text).not.toContain('are not read');
  });

  it('acknowledges when the contact answers, and tells what it wrote, once', async () => {
    const ticket = await delivered('answered-by-mail');
    const reply = aReply(ticket);
    expect(await post({ from: 'ada@contoso.example', to: [ticket.replyTo] }, reply)).toMatch(/^250 /);
    expect(await post({ from: 'ada@contoso.example', to: [ticket.replyTo.toUpperCase(), ticket.replyTo] }, reply)).toMatch(/^250 /);
    await eventually(() => expect(of('handoff.notification.replied.v1', ticket.ticketId)).toHaveLength(1));
    expect(of('handoff.notification.acknowledged.v1', ticket.ticketId)).toMatchObject([{ destination: 'isv/answered-by-mail', by: 'Ada Lovelace <ada@contoso.example>', via: 'reply' }]);
    expect(of('handoff.notification.replied.v1', ticket.ticketId)).toMatchObject([{ text: 'We look at it.', isCut: false, by: 'Ada Lovelace <ada@contoso.example>', attachments: [{ name: 'log.txt', contentType: 'text/plain', bytes: 12 }] }]);
    expect(await mailsOf(ticket.ticketId)).toMatchObject([{ kind: 'reply', outcome: 'acknowledged', text: 'We look at it.', attachments: [{ name: 'log.txt' }] }]);
    expect(JSON.stringify([said, await mailsOf(ticket.ticketId)])).not.toContain('a secret log');
    await post({ from: 'ada@contoso.example', to: [ticket.replyTo] }, aReply(ticket, { id: 'r2', text: 'It is mended.' }));
    await eventually(() => expect(of('handoff.notification.replied.v1', ticket.ticketId)).toMatchObject([{ text: 'We look at it.' }, { text: 'It is mended.' }]));
    expect(of('handoff.notification.acknowledged.v1', ticket.ticketId)).toHaveLength(1);
    expect(await mailsOf(ticket.ticketId)).toMatchObject([{ outcome: 'noted', detail: 'The message was acknowledged before, by Ada Lovelace <ada@contoso.example>.' }, { outcome: 'acknowledged' }]);
  });

  it('acknowledges nothing when a program answers, however it says that it is one', async () => {
    const ticket = await delivered('absent');
    for (const [index, headers] of ['Auto-Submitted: auto-replied\r\n', 'Precedence: bulk\r\n', 'X-Auto-Response-Suppress: All\r\n'].entries()) {
      expect(await post({ from: 'ada@contoso.example', to: [ticket.replyTo] }, aReply(ticket, { id: `a${index}`, headers, text: 'I am away.' }))).toMatch(/^250 /);
    }
    expect(await post({ from: '', to: [ticket.replyTo] }, aReply(ticket, { id: 'a9' }))).toMatch(/^250 /);
    expect((await mailsOf(ticket.ticketId)).map(({ kind, outcome }) => `${kind} ${outcome}`)).toEqual(Array(4).fill('automatic noted'));
    expect(await database.query(`select 1 from notifier.acknowledgement a join notifier.notification n on n.id = a.notification_id where n.ticket_id = '${ticket.ticketId}'`)).toEqual([]);
  });

  it('adds what was written to a message that asked nobody to act', async () => {
    const ticket = await delivered('only-told', { recipients: [aRecipient({ purpose: 'inform', destination: 'isv/only-told', email: 'only-told@contoso.example' })] });
    await post({ from: 'ada@contoso.example', to: [ticket.replyTo] }, aReply(ticket));
    expect(await mailsOf(ticket.ticketId)).toMatchObject([{ kind: 'reply', outcome: 'noted', detail: expect.stringContaining('asked nobody to act') }]);
    await eventually(() => expect(of('handoff.notification.replied.v1', ticket.ticketId)).toHaveLength(1));
    expect(of('handoff.notification.acknowledged.v1', ticket.ticketId)).toEqual([]);
  });

  it('makes a notification failed when its mail server gives it up, with diagnosis and remedy, and lets it be sent again', async () => {
    const ticket = await delivered('bounced');
    const report = aReport('Final-Recipient: rfc822; bounced@contoso.example\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 No such user');
    expect(await post({ from: '', to: [ticket.returnPath] }, report)).toMatch(/^250 /);
    const failed = await notificationOf(ticket.ticketId);
    expect(failed).toMatchObject({ state: 'failed', code: 'bounced', detail: expect.stringMatching(/550 5\.1\.1 No such user .*configure a channel.* then retry\.$/) });
    await eventually(() => expect(of('handoff.notification.failed.v1', ticket.ticketId)).toMatchObject([{ code: 'bounced', attempts: 1, destination: 'isv/bounced' }]));
    expect((await call<NotificationPage>('/v1/notifications?state=failed&code=bounced')).items.map(({ notificationId }) => notificationId)).toContain(failed.notificationId);
    await post({ from: '', to: [ticket.returnPath] }, `${report}\r\n`);
    expect(await mailsOf(ticket.ticketId)).toMatchObject([{ kind: 'bounce', outcome: 'noted', detail: expect.stringContaining('was failed already') }, { kind: 'bounce', outcome: 'failed' }]);
    await fetch(`${notifier.url}/v1/notifications/${failed.notificationId}/retry`, { method: 'POST', headers: { authorization: `Bearer ${TOKEN}` } });
    await eventually(async () => expect(await notificationOf(ticket.ticketId)).toMatchObject({ state: 'delivered', code: null }));
    expect(of('handoff.notification.failed.v1', ticket.ticketId)).toHaveLength(1);
  });

  it('is believed at the address of its message, also where that was forwarded to another mailbox', async () => {
    const ticket = await delivered('forwarded');
    expect(await post({ from: '', to: [ticket.returnPath] }, aReport('Final-Recipient: rfc822; ada@elsewhere.example\r\nAction: failed\r\nStatus: 4.4.7'))).toMatch(/^250 /);
    expect(await notificationOf(ticket.ticketId)).toMatchObject({ state: 'failed', code: 'bounced', detail: expect.stringContaining('ada@elsewhere.example: 4.4.7') });
  });

  it('is asked for again when it cannot be stored now', async () => {
    const ticket = await delivered('later');
    const listener = await openMailListener({ port: 0, host: '127.0.0.1', name: 'handoff', addresses: { find: () => ({ kind: 'reply', notificationId: nameBasedId('x') }) }, handler: { receive: () => Promise.reject(new Error('The database is away.')) }, onReceived: () => undefined, onRefused: () => undefined });
    try {
      expect(await post({ from: 'ada@contoso.example', to: [ticket.replyTo] }, aReply(ticket), listener.port)).toMatch(/^451 4\.3\.0 /);
    } finally {
      await listener.close();
    }
  });

  it('does not begin to be received where somebody listens already', async () => {
    const options = { port: notifier.mailPort ?? 0, host: '127.0.0.1', name: 'handoff', addresses: { find: () => null }, handler: { receive: () => Promise.resolve(null) }, onReceived: () => undefined, onRefused: () => undefined };
    await expect(openMailListener(options)).rejects.toThrow('Choose another MAIL_RECEIVE_PORT.');
  });

  it.each(['bounce@in.handoff.example', 'handoff@in.handoff.example'])('is a report also where only our Message-ID came back, to %s', async (to) => {
    const ticket = await delivered(`returned-${to.split('@')[0] ?? ''}`);
    const fields = (recipient: string) => `Final-Recipient: rfc822; ${recipient}\r\nAction: failed\r\nStatus: 5.2.1`;
    expect(await post({ from: '', to: [to] }, aReport(fields(ticket.address), `Message-ID: <${nameBasedId('x')}@handoff.example>`))).toMatch(/^550 /);
    expect(await post({ from: '', to: [to] }, aReport(fields(ticket.address), 'Message-ID: <x@contoso.example>'))).toMatch(/^550 /);
    expect(await post({ from: '', to: [to] }, aReport(fields('somebody@else.example'), `Message-ID:\r\n ${ticket.sent.mail.messageId ?? ''}`))).toMatch(/^250 /);
    expect(await notificationOf(ticket.ticketId)).toMatchObject({ state: 'delivered' });
    expect(await post({ from: '', to: [to] }, aReport(fields(ticket.address), `Message-ID:\r\n ${ticket.sent.mail.messageId ?? ''}`))).toMatch(/^250 /);
    expect(await notificationOf(ticket.ticketId)).toMatchObject({ state: 'failed', code: 'bounced' });
  });

  it('changes nothing when a mail server only says that it is late, and is shown', async () => {
    const ticket = await delivered('late');
    await post({ from: '', to: [ticket.returnPath] }, aReport('Final-Recipient: rfc822; late@contoso.example\r\nAction: delayed\r\nStatus: 4.2.2\r\nDiagnostic-Code: smtp; 452 4.2.2 mailbox full'));
    await post({ from: '', to: [ticket.returnPath] }, 'From: x@contoso.example\r\nSubject: Mail system problem\r\n\r\nIt did not work.\r\n');
    expect(await mailsOf(ticket.ticketId)).toMatchObject([{ kind: 'unclear', outcome: 'noted', text: 'It did not work.' }, { kind: 'delay', outcome: 'noted', detail: expect.stringContaining('452 4.2.2 mailbox full') }]);
    expect(await notificationOf(ticket.ticketId)).toMatchObject({ state: 'delivered' });
  });

  it('is refused where its address is none of ours, was made up, or takes only reports', async () => {
    const ticket = await delivered('strict');
    const forged = ticket.replyTo.replace(/.@/, (end) => (end === 'a@' ? 'q@' : 'a@'));
    for (const to of [forged, 'support@contoso.example', 'reply@in.handoff.example', 'reply+x@in.handoff.example', ticket.replyTo.replace('reply', 'bounce'), 'postmaster@in.handoff.example']) {
      expect(await post({ from: 'ada@contoso.example', to: [to] }, aReply(ticket))).toMatch(/^550 5\.1\.1 /);
    }
    expect(await post({ from: 'ada@contoso.example', to: ['handoff@in.handoff.example'] }, aReply(ticket))).toMatch(/^550 5\.1\.1 .*Reply-To/);
    expect(await mailsOf(ticket.ticketId)).toEqual([]);
  });

  it('is refused where it is too large, goes round in circles, or comes too often', async () => {
    const ticket = await delivered('limited');
    const from = { from: 'ada@contoso.example', to: [ticket.replyTo] };
    expect(await post(from, aReply(ticket, { text: `${'x'.repeat(998)}\r\n`.repeat(Math.ceil(MAIL_BYTES_MAX / 1_000) + 1) }))).toMatch(/^552 /);
    expect(await post(from, aReply(ticket, { headers: 'Received: from a by b; Mon, 2 Nov 2026 08:00:00 +0000\r\n'.repeat(51) }))).toMatch(/^554 5\.4\.6 /);
    expect(await mailsOf(ticket.ticketId)).toEqual([]);
    await database.query(`insert into notifier.received_mail (id, notification_id, ticket_id, received_at, kind, outcome, detail, subject, text, is_cut, attachments)
      select gen_random_uuid(), n.id, n.ticket_id, now(), 'reply', 'noted', '', '', '', false, '[]' from notifier.notification n, generate_series(1, 100) where n.ticket_id = '${ticket.ticketId}'`);
    expect(await post(from, aReply(ticket))).toMatch(/^552 5\.2\.2 /);
  });

  it('is shown page by page to who has the token', async () => {
    expect((await fetch(`${notifier.url}/v1/received-mail`)).status).toBe(401);
    const first = await call<ReceivedMailPage>('/v1/received-mail?limit=2');
    const second = await call<ReceivedMailPage>(`/v1/received-mail?limit=2&cursor=${first.next ?? ''}`);
    expect(new Set([...first.items, ...second.items].map(({ mailId }) => mailId)).size).toBe(4);
    expect(await (await fetch(`${notifier.url}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } })).text()).toMatch(/handoff_received_mails_total\{kind="reply",outcome="acknowledged"\} 1/);
  });
});
