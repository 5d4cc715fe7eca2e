import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { LOOPBACK } from '@handoff/engines';
import type { Arrival } from '../audit/evidence.js';

const ANSWERED = 204;

/** The contacts' systems: takes signed webhooks, one path a destination, and keeps what came when. */
export class Sink {
  readonly arrivals: Arrival[] = [];
  private readonly secrets = new Map<string, string>();

  private constructor(private readonly server: Server) {}

  static async open(): Promise<Sink> {
    const server = createServer({ keepAliveTimeout: 60_000 });
    const sink = new Sink(server);
    server.on('request', (request, response) => {
      void bodyOf(request).then((body) => {
        sink.take(request, body);
        response.writeHead(ANSWERED).end();
      }, () => response.destroy());
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, LOOPBACK, resolve);
    });
    return sink;
  }

  get port(): number {
    return (this.server.address() as { port: number }).port;
  }

  /** The secret with which webhooks to this destination are signed. */
  expect(destination: string, secret: string): void {
    this.secrets.set(destination, secret);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private take({ url, headers }: IncomingMessage, body: Buffer): void {
    const destination = (url ?? '/').slice(1);
    const id = String(headers['webhook-id'] ?? '');
    const told = contentOf(body);
    this.arrivals.push({
      id, destination, atMs: Date.now(), ticketId: told.ticketId, ticketVersion: told.ticketVersion,
      digest: createHash('sha256').update(body).digest('base64url'),
      isGenuine: isGenuine({ id, timestamp: String(headers['webhook-timestamp'] ?? ''), signature: String(headers['webhook-signature'] ?? ''), body }, this.secrets.get(destination) ?? ''),
    });
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function contentOf(body: Buffer): { readonly ticketId: string; readonly ticketVersion: number } {
  try {
    const { data } = JSON.parse(body.toString('utf8')) as { data?: { ticketId?: unknown; ticketVersion?: unknown } };
    return { ticketId: String(data?.ticketId ?? ''), ticketVersion: Number(data?.ticketVersion ?? 0) };
  } catch {
    return { ticketId: '', ticketVersion: 0 };
  }
}

/** Standard Webhooks: base64 HMAC-SHA256 of `id.timestamp.body`; one of several signatures has to fit. */
function isGenuine({ id, timestamp, signature, body }: { readonly id: string; readonly timestamp: string; readonly signature: string; readonly body: Buffer }, secret: string): boolean {
  const expected = createHmac('sha256', Buffer.from(secret.replace(/^whsec_/, ''), 'base64')).update(`${id}.${timestamp}.`).update(body).digest();
  return signature.split(' ').some((one) => {
    const given = Buffer.from(one.replace(/^v1,/, ''), 'base64');
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}
