import { createHmac } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run } from './program.js';

/** An installation in a temporary folder whose services are small servers that answer as told. For tests. */

export const TOKEN = 'a-token-for-tests-only';
export const JIRA_SECRET = 'a-jira-secret-for-tests';

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Answers a request; `nth` counts those of the same method and path, from 0. */
export type Behaviour = (received: Received, nth: number) => Reply;

/** By `METHOD /path`, without the query. What is not there answers 404 as the services do. */
export type Behaviours = Readonly<Record<string, Behaviour>>;

export const problem = (status: number, code: string, detail: string, headers: Readonly<Record<string, string>> = {}): Reply => ({ status, headers, body: { type: `urn:handoff:problem:${code}`, title: 'Refused', status, code, detail } });

/** A behaviour behind the bearer token. */
export const guarded = (behaviour: Behaviour): Behaviour => (received, nth) =>
  received.headers.authorization === `Bearer ${TOKEN}` ? behaviour(received, nth) : problem(401, 'token-required', 'This call needs a bearer token.');

/** A webhook endpoint of a Jira source: checks the signature on the bytes it got. */
export const jiraWebhook = (accept: Behaviour): Behaviour => (received, nth) => {
  const expected = `sha256=${createHmac('sha256', JIRA_SECRET).update(received.body).digest('hex')}`;
  return received.headers['x-hub-signature'] === expected ? accept(received, nth) : problem(401, 'signature-invalid', 'The signature does not fit the body.');
};

export class StandIn {
  readonly received: Received[] = [];
  private readonly counts = new Map<string, number>();
  private readonly server: http.Server;

  private constructor(private readonly dir: string, private readonly behaviours: Behaviours) {
    this.server = http.createServer((request, response) => void this.answer(request, response));
  }

  static async start(behaviours: Behaviours): Promise<StandIn> {
    const standIn = new StandIn(await mkdtemp(path.join(tmpdir(), 'handoff-cli-')), behaviours);
    await new Promise<void>((resolve) => standIn.server.listen(0, '127.0.0.1', resolve));
    await standIn.write('token', `${TOKEN}\n`);
    await standIn.write('demo-secrets.json', JSON.stringify({ 'jira-demo': JIRA_SECRET }));
    await standIn.write('run.json', JSON.stringify({ pid: process.pid, state: 'ready', startedAt: '2026-11-01T09:00:00Z', addresses: { intake: standIn.url, routing: standIn.url, notifier: standIn.url, console: standIn.url, mailbox: `${standIn.url}/mailbox` }, children: { intake: process.pid } }));
    return standIn;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Writes a file into the installation and answers its path. */
  async write(name: string, content: string): Promise<string> {
    const file = path.join(this.dir, name);
    await writeFile(file, content);
    return file;
  }

  /** Runs a command line against this installation. */
  async run(argv: readonly string[], more: { readonly input?: string; readonly env?: NodeJS.ProcessEnv } = {}): Promise<Ran> {
    return runIn(this.dir, argv, more);
  }

  /** Ends the server, so that nothing answers at its address any more. */
  async stopServer(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  async close(): Promise<void> {
    if (this.server.listening) await this.stopServer();
    await rm(this.dir, { recursive: true, force: true });
  }

  private async answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const received: Received = { method: request.method ?? '', path: (request.url ?? '').split('?')[0] ?? '', headers: request.headers, body: Buffer.concat(parts) };
    this.received.push(received);
    const key = `${received.method} ${received.path}`;
    const nth = this.counts.get(key) ?? 0;
    this.counts.set(key, nth + 1);
    const { status, body, headers } = this.behaviours[key]?.(received, nth) ?? problem(404, 'not-found', `There is no ${received.path}.`);
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body ?? {}));
  }
}

export interface Ran {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line with this data directory and nothing of the real environment. */
export async function runIn(dataDir: string, argv: readonly string[], { input = '', env = {} }: { readonly input?: string; readonly env?: NodeJS.ProcessEnv } = {}): Promise<Ran> {
  let out = '';
  let err = '';
  const exitCode = await run(argv, {
    cwd: dataDir,
    env: { HANDOFF_DATA_DIR: dataDir, ...env },
    hasColours: false,
    write: (text) => void (out += text),
    tell: (text) => void (err += text),
    readInput: () => Promise.resolve(Buffer.from(input)),
  });
  return { exitCode, out, err };
}
