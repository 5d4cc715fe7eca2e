import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  readonly mail: ParsedMail;
  readonly raw: string;
  readonly from: string;
  readonly to: readonly string[];
}

/** What the server answers to a recipient. `hang`: nothing. */
export type SmtpReply = 'accept' | 'hang' | { readonly code: number; readonly text: string };

export interface SmtpSink {
  readonly url: string;
  readonly received: readonly ReceivedMail[];
  /** How often a recipient was named, refused or not. */
  readonly tries: number;
  reply: (recipient: string, nth: number) => SmtpReply;
  close(): Promise<void>;
}

/** A strict SMTP server that demands a login: real protocol, real refusals. */
export async function openSmtpSink(): Promise<SmtpSink & { password: string }> {
  const received: ReceivedMail[] = [];
  const tries = new Map<string, number>();
  const password = 'mail-hunter2';
  const sink = { received, tries: 0, reply: (): SmtpReply => 'accept', password, url: '', close: () => Promise.resolve() };
  const server = new SMTPServer({
    authMethods: ['PLAIN'], allowInsecureAuth: true, disabledCommands: ['STARTTLS'], logger: false, closeTimeout: 100,
    onAuth: (auth, _session, callback) => (auth.password === password ? callback(null, { user: 'handoff' }) : callback(new Error(`Wrong password ${auth.password}`))),
    onRcptTo: ({ address }, _session, callback) => {
      const nth = (tries.get(address) ?? 0) + 1;
      tries.set(address, nth);
      sink.tries += 1;
      const reply: SmtpReply = (sink as SmtpSink).reply(address, nth);
      if (reply === 'accept') callback();
      else if (reply !== 'hang') callback(Object.assign(new Error(reply.text), { responseCode: reply.code }));
    },
    onData: (stream, session, callback) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString('utf8');
        const { mailFrom, rcptTo } = session.envelope;
        simpleParser(raw).then((mail) => {
          received.push({ mail, raw, from: mailFrom === false ? '' : mailFrom.address, to: rcptTo.map(({ address }) => address) });
          callback();
        }, callback);
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as { port: number };
  sink.url = `smtp://handoff:${password}@127.0.0.1:${port}`;
  sink.close = () => new Promise((resolve) => server.close(() => resolve()));
  return sink;
}
