import { createSocket } from 'node:dgram';
import { createServer as createHttpServer, type IncomingHttpHeaders, type RequestListener, type Server as HttpServer, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer, type ServerOptions } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { decode, encode, type Answer, type Packet } from 'dns-packet';

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface TestServer {
  readonly port: number;
  readonly url: string;
  readonly received: readonly Received[];
  /** Connections that were opened so far. */
  connections(): number;
  close(): Promise<void>;
}

export type Respond = (response: ServerResponse, request: Received) => void;

export async function openHttpServer(respond: Respond): Promise<TestServer> {
  return serve((listener) => createHttpServer(listener), 'http', respond);
}

export async function openHttpsServer(options: ServerOptions, respond: Respond): Promise<TestServer> {
  return serve((listener) => createHttpsServer(options, listener), 'https', respond);
}

/** For what no HTTP server would say. */
export async function openTcpServer(talk: (socket: Socket) => void): Promise<TestServer> {
  const server = createTcpServer(talk);
  server.on('connection', (socket) => socket.on('error', () => undefined));
  return { ...await listening(server, 'http'), received: [] };
}

async function serve(create: (listener: RequestListener) => HttpServer, scheme: string, respond: Respond): Promise<TestServer> {
  const received: Received[] = [];
  const server = create((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const taken = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString('utf8') };
      received.push(taken);
      respond(response, taken);
    });
  });
  server.on('tlsClientError', () => undefined);
  return { ...await listening(server, scheme), received };
}

async function listening(server: Server, scheme: string): Promise<Omit<TestServer, 'received'>> {
  const sockets = new Set<Socket>();
  let opened = 0;
  server.on('connection', (socket) => {
    opened += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return { port, url: `${scheme}://127.0.0.1:${port}`, connections: () => opened, close };
}

export interface DnsServer {
  /** As `address:port`. */
  readonly address: string;
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/** The IPv4 addresses of a name for the nth question about it, from 0. `silent`: no answer at all. Without any address there is no such name. */
export type Zone = (name: string, nth: number) => readonly string[] | 'silent';

export async function openDnsServer(zone: Zone): Promise<DnsServer> {
  const asked: string[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (message, from) => {
    const query = decode(message);
    const [question] = query.questions ?? [];
    if (question === undefined) return;
    const nth = asked.filter((name) => name === question.name).length;
    const addresses = zone(question.name, nth);
    if (addresses === 'silent') return;
    if (question.type === 'A') asked.push(question.name);
    const answers: Answer[] = question.type === 'A' ? addresses.map((data) => ({ type: 'A', name: question.name, ttl: 0, data })) : [];
    const reply: Packet = { type: 'response', id: query.id ?? 0, flags: addresses.length === 0 ? NO_SUCH_NAME : 0, questions: [question], answers };
    socket.send(encode(reply), from.port, from.address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return { address: `127.0.0.1:${socket.address().port}`, asked, close: () => new Promise((resolve) => socket.close(() => resolve())) };
}

const NO_SUCH_NAME = 3;
