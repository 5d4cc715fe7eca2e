import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What the server answers. `hang`: nothing. `drop`: it closes the connection. */
export type HttpReply = 'hang' | 'drop' | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: string };

export interface HttpSink {
  readonly url: string;
  readonly received: readonly ReceivedRequest[];
  reply: (request: ReceivedRequest, nth: number) => HttpReply;
  close(): Promise<void>;
}

/** A receiver of webhooks. */
export async function openHttpSink(): Promise<HttpSink> {
  const received: ReceivedRequest[] = [];
  const sink = { received, reply: (): HttpReply => ({ status: 204 }), url: '', close: () => Promise.resolve() };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const taken = { path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString('utf8') };
      received.push(taken);
      const reply: HttpReply = (sink as HttpSink).reply(taken, received.length);
      if (reply === 'drop') request.socket.destroy();
      else if (reply !== 'hang') response.writeHead(reply.status, reply.headers).end(reply.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  sink.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  sink.close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return sink;
}
