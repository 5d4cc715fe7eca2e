import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface DeskRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** The body as text; of JSON see `json`. */
  readonly body: string;
  /** `undefined`: there was no body, or none of JSON. */
  readonly json: unknown;
}

export interface DeskReply {
  readonly status: number;
  readonly json?: unknown;
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What happens to a request instead. `lose-answer`: it is done, and the connection ends before the answer; `cut-answer`: within it. */
export type Trouble = 'lose-answer' | 'cut-answer' | 'hang' | 'hang-up' | DeskReply;

export interface DeskServer {
  readonly url: string;
  readonly received: readonly DeskRequest[];
  /** For which requests what goes wrong; `null`: nothing. */
  trouble: (request: DeskRequest) => Trouble | null;
  close(): Promise<void>;
}

/** A ticket as the server of a test keeps it, whatever its system. */
export interface DeskTicket {
  readonly id: string;
  /** Absent: by the id. */
  readonly nameInWebhooks?: string;
  readonly reference: string;
  readonly subject: string;
  readonly text: string;
  readonly priority: string | null;
  readonly isClosed: boolean;
  readonly notes: readonly { readonly text: string; readonly isPublic: boolean }[];
  readonly isTextPublic: boolean;
}

/** A system's interface on this machine. */
export async function openDeskServer(answer: (request: DeskRequest) => DeskReply): Promise<DeskServer> {
  const received: DeskRequest[] = [];
  const desk = { url: '', received, trouble: (): Trouble | null => null, close: () => Promise.resolve() };
  const server = createServer((request, response) => void serve(request, response));
  const serve = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const request = await read(incoming);
    received.push(request);
    const trouble = (desk as DeskServer).trouble(request);
    if (trouble === 'hang') return;
    if (trouble === 'hang-up') return void incoming.socket.destroy();
    const reply = trouble === null || trouble === 'lose-answer' || trouble === 'cut-answer' ? refusalOf(request) ?? answer(request) : trouble;
    if (trouble === 'lose-answer') return void incoming.socket.destroy();
    if (trouble === 'cut-answer') return cut(response, reply);
    write(response, reply);
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  desk.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  desk.close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return desk;
}

async function read(incoming: IncomingMessage): Promise<DeskRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString('utf8');
  const { pathname, searchParams } = new URL(incoming.url ?? '', 'http://desk.example');
  const isJson = /^application\/(json|json-patch\+json)(;|$)/.test(incoming.headers['content-type'] ?? '');
  return { method: incoming.method ?? '', path: decodeURIComponent(pathname), query: searchParams, headers: incoming.headers, body, json: isJson ? parsed(body) : undefined };
}

/** What every one of these systems refuses. */
function refusalOf({ headers, body, json }: DeskRequest): DeskReply | null {
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
  if (body !== '' && json === undefined && !isForm) return { status: 415, json: { error: 'Unsupported Media Type' } };
  return null;
}

function write(response: ServerResponse, { status, json, text, headers = {} }: DeskReply): void {
  if (json !== undefined) response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers }).end(JSON.stringify(json));
  else response.writeHead(status, { ...(text === undefined ? {} : { 'content-type': 'text/html' }), ...headers }).end(text);
}

/** The status arrives, and a part of the body. */
function cut(response: ServerResponse, { status }: DeskReply): void {
  response.writeHead(status === 204 ? 200 : status, { 'content-type': 'application/json', 'content-length': '5000' }).write('{"id": 1, ', () => response.destroy());
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}

export function basicOf(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
