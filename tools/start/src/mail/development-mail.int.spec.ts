import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort, LOOPBACK } from '@handoff/engines';
import { startDevelopmentMail } from './development-mail.js';
import { MailStore } from './mail-store.js';
import type { Listening } from './smtp-server.js';

interface Sent {
  readonly to: string;
  readonly subject: string;
}

/** Speaks just enough SMTP to hand in one message, and resolves with the server's last answer to the data. */
function sendMail(port: number, { to, subject }: Sent): Promise<string> {
  const html = '<p onclick="x()">Hello</p>';
  const message = [
    `From: handoff@handoff.example`,
    `To: ${to}`,
    `Subject: ${subject}`,
    `Message-ID: <${subject.replaceAll(' ', '-')}@handoff.example>`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/alternative; boundary=part',
    '',
    '--part\r\nContent-Type: text/plain\r\n\r\nPlease look at this ticket.',
    `--part\r\nContent-Type: text/html\r\n\r\n${html}`,
    '--part--',
  ].join('\r\n');
  const steps = [
    'EHLO test',
    'MAIL FROM:<handoff@handoff.example>',
    `RCPT TO:<${to}>`,
    'DATA',
    `${message}\r\n.`,
    'QUIT',
  ];
  return new Promise((resolve, reject) => {
    let verdict = '';
    let step = 0;
    let answer = '';
    const socket = connect(port, LOOPBACK);
    socket.setEncoding('utf8');
    socket.on('error', reject);
    socket.on('close', () => resolve(verdict));
    socket.on('data', (chunk: string) => {
      answer += chunk;
      if (!/^\d{3} .*\r\n$/m.test(answer)) return;
      if (step === 5) verdict = answer.slice(0, 3);
      answer = '';
      const next = steps[step];
      step += 1;
      if (next !== undefined) socket.write(`${next}\r\n`);
    });
  });
}

describe('the development mail server', () => {
  let dir: string;
  let mail: Listening;
  let smtpPort: number;
  let page: string;

  beforeEach(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'handoff-mail-'));
    smtpPort = await freePort();
    const pagePort = await freePort();
    page = `http://${LOOPBACK}:${pagePort}`;
    mail = await startDevelopmentMail({ smtp: smtpPort, page: pagePort }, dir);
  });

  afterEach(async () => {
    await mail.close();
    await rm(dir, { recursive: true });
  });

  it('keeps a message and tells its parts', async () => {
    expect(await sendMail(smtpPort, { to: 'support@contoso.example', subject: 'Ticket 1' })).toBe('250');
    const list = (await (await fetch(`${page}/api/messages?to=contoso`)).json()) as { messages: { id: string }[] };
    const message = await (await fetch(`${page}/api/messages/${list.messages[0]?.id}`)).json();
    expect(message).toMatchObject({
      messageId: '<Ticket-1@handoff.example>',
      from: 'handoff@handoff.example',
      to: ['support@contoso.example'],
      subject: 'Ticket 1',
      text: expect.stringContaining('Please look at this ticket.'),
      html: expect.stringContaining('Hello'),
      headers: { subject: 'Ticket 1' },
      raw: expect.stringContaining('Subject: Ticket 1'),
    });
  });

  it('loses none of 500 messages that come at once', async () => {
    const sent = Array.from({ length: 500 }, (_, index) => ({ to: 'a@contoso.example', subject: `Ticket ${index}` }));
    const answers = await Promise.all(sent.map((one) => sendMail(smtpPort, one)));
    const list = (await (await fetch(`${page}/api/messages`)).json()) as { messages: { subject: string }[] };
    expect(answers.filter((answer) => answer === '250')).toHaveLength(500);
    expect(new Set(list.messages.map(({ subject }) => subject))).toEqual(new Set(sent.map(({ subject }) => subject)));
  });

  it('serves a mail’s own HTML without script or network', async () => {
    await sendMail(smtpPort, { to: 'a@contoso.example', subject: 'Ticket 2' });
    const list = (await (await fetch(`${page}/api/messages`)).json()) as { messages: { id: string }[] };
    const response = await fetch(`${page}/messages/${list.messages[0]?.id}/html`);
    expect(response.headers.get('content-security-policy')).toContain("sandbox; default-src 'none'");
  });

  it('answers nobody who came by a foreign name', async () => {
    const status = await new Promise((resolve, reject) => {
      const asking = request(`${page}/api/messages`, { headers: { host: 'attacker.example' } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      asking.on('error', reject);
      asking.end();
    });
    expect(status).toBe(403);
  });

  it('empties the mailbox, files included', async () => {
    await sendMail(smtpPort, { to: 'a@contoso.example', subject: 'Ticket 3' });
    const answer = await (await fetch(`${page}/api/messages`, { method: 'DELETE' })).json();
    expect(answer).toEqual({ deleted: 1 });
    expect(await readdir(path.join(dir, 'mail'))).toEqual([]);
  });
});

describe('the store of mail', () => {
  it('keeps only the newest, and finds them again after a restart', async () => {
    const dir = await mkdtemp(path.join(tmpdir(), 'handoff-store-'));
    const store = await MailStore.open(dir, 2);
    for (const subject of ['first', 'second', 'third']) {
      await store.add(Buffer.from(`Subject: ${subject}\r\n\r\nText`), ['a@contoso.example']);
    }
    const reopened = await MailStore.open(dir, 2);
    const subjects = new Set(reopened.list().map((mail) => mail.subject));
    await rm(dir, { recursive: true });
    expect(subjects.size).toBe(2);
    expect(subjects).not.toContain('first');
  });
});
