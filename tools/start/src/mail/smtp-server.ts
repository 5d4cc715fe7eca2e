import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { LOOPBACK } from '@handoff/engines';
import type { MailStore } from './mail-store.js';

export const MESSAGE_BYTES_MAX = 10 * 1024 * 1024;
const CLIENTS_MAX = 1_000;

export interface Listening {
  close(): Promise<void>;
}

/** Takes any mail on this machine and keeps it; nothing is sent on. No login, no encryption. */
export async function startSmtpServer(port: number, store: MailStore): Promise<Listening> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: MESSAGE_BYTES_MAX,
    maxClients: CLIENTS_MAX,
    closeTimeout: 1_000,
    banner: 'Handoff development mail server',
    onData: (stream, session, done) => {
      keep(stream, session, store).then(
        () => done(),
        (error: Error) => done(error),
      );
    },
  });
  // A client that breaks off is its own problem; one that cannot be served hears so in its session.
  server.on('error', () => undefined);
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(port, LOOPBACK, resolve);
  });
  return { close: () => new Promise((resolve) => server.close(() => resolve())) };
}

async function keep(stream: SMTPServerDataStream, session: SMTPServerSession, store: MailStore): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) {
    // Past the limit the rest is read and dropped, so that the answer reaches the client.
    if (!stream.sizeExceeded) chunks.push(chunk as Buffer);
  }
  if (stream.sizeExceeded) {
    throw Object.assign(new Error(`A message may have ${MESSAGE_BYTES_MAX} bytes at most`), { responseCode: 552 });
  }
  await store.add(
    Buffer.concat(chunks),
    session.envelope.rcptTo.map(({ address }) => address),
  );
}
