import type { IncomingMessage, Server as HttpServer, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { Problem } from './problem.js';

/** A body that is read as it comes, instead of before the handler runs. */
export class StreamedBody {
  /** `contentType` and `contentEncoding` as the client named them; empty where it did not. */
  constructor(readonly contentType: string, readonly contentEncoding: string, private readonly bytes: Readable) {}

  /**
   * The bytes, as they come.
   * @throws Problem `upload-stalled` when the client sends nothing for `idleMsMax`; time that the reader takes does not count.
   */
  async *chunks(idleMsMax = IDLE_MS_MAX): AsyncGenerator<Buffer> {
    const source = this.bytes[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    for (;;) {
      const next = await withinTime(source.next(), idleMsMax);
      if (next.done === true) return;
      yield next.value;
    }
  }
}

const IDLE_MS_MAX = 30_000;
/** How long a client may go on sending after it was answered. */
const DRAIN_MS_MAX = 10_000;
const STREAMED = 'application/vnd.handoff.streamed';

/**
 * Hands the bodies of some paths to their handlers as a `StreamedBody`. The time limit on receiving a request does not
 * hold for them: they may be large, and their reader may be slower than their sender. The idle limit takes its place.
 */
export function streamBodies(fastify: FastifyInstance, server: HttpServer, isStreamed: (method: string, path: string) => boolean): void {
  const told = new WeakMap<IncomingMessage, string>();
  const streaming = new WeakSet<Socket>();
  fastify.addHook('onRequest', (request, reply, done) => {
    const { raw } = request;
    if (isStreamed(request.method, request.url.split('?')[0] ?? '')) {
      told.set(raw, raw.headers['content-type'] ?? '');
      raw.headers['content-type'] = STREAMED;
      streaming.add(raw.socket);
      reply.raw.once('close', () => streaming.delete(raw.socket));
      reply.raw.once('finish', () => endLeisurely(raw, reply.raw));
    }
    done();
  });
  fastify.addContentTypeParser(STREAMED, (request, payload, done) => {
    const contentType = told.get(request.raw);
    // A client that names our own type gets no special way.
    if (contentType === undefined) return done(new Problem(415, 'unsupported-media-type', 'The Content-Type is not supported; send application/json.'));
    done(null, new StreamedBody(contentType, request.raw.headers['content-encoding'] ?? '', payload));
  });
  spareFromTimeout(server, streaming);
}

function spareFromTimeout(server: HttpServer, streaming: WeakSet<Socket>): void {
  const listeners = server.listeners('clientError') as ((error: Error, socket: Socket) => void)[];
  server.removeAllListeners('clientError');
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT' && streaming.has(socket)) {
      // Node has taken its own listener off before it reported the timeout.
      socket.on('error', () => socket.destroy());
      return;
    }
    for (const listener of listeners) listener.call(server, error, socket);
  });
}

/** A client that was answered before it had sent everything may finish, but not take forever. */
function endLeisurely(request: IncomingMessage, response: ServerResponse): void {
  if (request.complete) return;
  const timer = setTimeout(() => request.socket.destroy(), DRAIN_MS_MAX);
  timer.unref();
  for (const end of ['end', 'close'] as const) request.once(end, () => clearTimeout(timer));
  response.once('close', () => clearTimeout(timer));
}

async function withinTime<R>(work: Promise<R>, ms: number): Promise<R> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Problem(408, 'upload-stalled', `Nothing came for ${ms / 1_000} s. Send the file again.`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
