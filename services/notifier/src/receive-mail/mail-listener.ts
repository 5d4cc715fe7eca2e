import type { AddressInfo } from 'node:net';
import { StartupError } from '@handoff/platform';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { receivedMailsTotal } from '../metrics.js';
import type { Addressed, MailAddresses } from './mail-addresses.js';
import { MailRefused } from './mail-refused.js';
import { readMail } from './read-mail.js';
import type { ReceivedMail } from './received-mail.js';
import type { ReceiveMailHandler } from './receive-mail.handler.js';

export interface MailListenerOptions {
  readonly port: number;
  readonly host: string;
  /** What the server calls itself. */
  readonly name: string;
  readonly addresses: Pick<MailAddresses, 'find'>;
  readonly handler: Pick<ReceiveMailHandler, 'receive'>;
  readonly onReceived: (mail: ReceivedMail) => void;
  readonly onRefused: (error: unknown) => void;
}

export interface MailListener {
  /** That it listens on. */
  readonly port: number;
  close(): Promise<void>;
}

export const MAIL_BYTES_MAX = 10_485_760;
/** Each may hold a mail in memory. */
const CLIENTS_MAX = 10;
const RECIPIENTS_MAX = 10;
/** RFC 5321 section 6.3: a mail that came through more servers goes round in circles. */
const RECEIVED_HEADERS_MAX = 50;
const SOCKET_TIMEOUT_MS = 60_000;
const CLOSE_TIMEOUT_MS = 2_000;

/**
 * Listens for answers to our mail, and for reports of mail servers. It takes mail for our own addresses only, so it relays nothing. What it
 * answered with 250 is stored; what cannot be stored now is answered with 451, and its sender tries again.
 */
export async function openMailListener(options: MailListenerOptions): Promise<MailListener> {
  const { port, host, name, addresses, onRefused } = options;
  const server = new SMTPServer({
    name, banner: 'Handoff', logger: false, authOptional: true, disabledCommands: ['AUTH', 'STARTTLS'], disableReverseLookup: true, size: MAIL_BYTES_MAX, maxClients: CLIENTS_MAX,
    socketTimeout: SOCKET_TIMEOUT_MS, closeTimeout: CLOSE_TIMEOUT_MS,
    onRcptTo: ({ address }, { envelope }, callback) => {
      const refused = refusalOf(addresses.find(address), envelope);
      if (refused !== null) receivedMailsTotal.inc({ kind: 'unknown', outcome: 'refused' });
      callback(refused);
    },
    onData: (stream, session, callback) => {
      receive(stream, session, options).then(() => callback(null, '2.0.0 Taken'), (error: unknown) => {
        onRefused(error);
        receivedMailsTotal.inc({ kind: 'unknown', outcome: 'refused' });
        callback(error instanceof MailRefused ? error : new MailRefused(451, '4.3.0 The mail cannot be taken now, try again'));
      });
    },
  });
  // Connections that break off: their mail is sent again.
  server.on('error', () => undefined);
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', (error: NodeJS.ErrnoException) => reject(new StartupError(`Mail cannot be received at ${host}:${port} (${error.code ?? error.message}). Choose another MAIL_RECEIVE_PORT.`)));
    server.listen(port, host, resolve);
  });
  return { port: (server.server.address() as AddressInfo).port, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

function refusalOf(to: Addressed | null, { mailFrom, rcptTo }: SMTPServerSession['envelope']): MailRefused | null {
  if (to === null) return new MailRefused(550, '5.1.1 There is no such address');
  // Only a report may come without saying which message it is about, and reports have no sender (RFC 5321 section 4.5.5).
  if (to.notificationId === null && mailFrom !== false && mailFrom.address !== '') return new MailRefused(550, '5.1.1 Mail to this address is not read; answer to the address in Reply-To');
  return rcptTo.length >= RECIPIENTS_MAX ? new MailRefused(452, '4.5.3 Too many recipients') : null;
}

async function receive(stream: SMTPServerDataStream, { envelope }: SMTPServerSession, { addresses, handler, onReceived }: MailListenerOptions): Promise<void> {
  const raw = await bytesOf(stream);
  if (raw === null) throw new MailRefused(552, `5.3.4 The mail is larger than ${MAIL_BYTES_MAX} bytes`);
  const mail = await readMail(raw, envelope.mailFrom === false ? '' : envelope.mailFrom.address).catch(() => {
    throw new MailRefused(554, '5.6.0 The mail cannot be read');
  });
  if (mail.hops > RECEIVED_HEADERS_MAX) throw new MailRefused(554, '5.4.6 The mail goes round in circles');
  for (const { address } of envelope.rcptTo) {
    const to = addresses.find(address);
    if (to === null) throw new MailRefused(550, '5.1.1 There is no such address');
    const received = await handler.receive(to, mail, raw);
    if (received === null) continue;
    receivedMailsTotal.inc({ kind: received.kind, outcome: received.outcome });
    onReceived(received);
  }
}

/** `null`: there are too many. The rest is read all the same, as SMTP wants it. */
async function bytesOf(stream: SMTPServerDataStream): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    if (stream.sizeExceeded) chunks.length = 0;
    else chunks.push(chunk);
  }
  return stream.sizeExceeded ? null : Buffer.concat(chunks);
}
