import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, emptyTopics, eventually, type TestDatabase, testBrokers } from '@handoff/testing';

export const ROOT = join(import.meta.dirname, '../..');

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // What a service answers is for the test to look at.
  readonly body: Record<string, never> & { readonly [key: string]: unknown };
}

export interface Mail {
  readonly id: string;
  readonly messageId: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
}

/** A Handoff of the suite's own: every service a process, started as `npm start` starts it. */
export interface RunningHandoff {
  readonly dataDir: string;
  readonly urls: Readonly<Record<'intake' | 'routing' | 'notifier' | 'console' | 'mailbox', string>>;
  /** For commands that shall find this one. */
  readonly env: NodeJS.ProcessEnv;
  readonly token: string;
  /** Signing secrets of the demo sources. */
  readonly secrets: Readonly<Record<string, string>>;
  request(url: string, options?: { method?: string; body?: unknown; headers?: Record<string, string>; isAnonymous?: boolean }): Promise<Answer>;
  /** Asks its database, as to let time pass there. */
  readonly query: TestDatabase['query'];
  mails(query: Record<string, string>): Promise<readonly Mail[]>;
  /** Runs the handoff command. */
  handoff(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }>;
  /** Ends a service as the kernel would: `kill -9`. */
  kill(service: string): Promise<void>;
  ready(): Promise<void>;
  stop(): Promise<void>;
}

export async function startHandoff(extraEnv: NodeJS.ProcessEnv = {}): Promise<RunningHandoff> {
  await emptyTopics();
  const database = await createTestDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'handoff-e2e-'));
  const ports = await freePorts(['INTAKE_PORT', 'ROUTING_PORT', 'NOTIFIER_PORT', 'CONSOLE_PORT', 'MAIL_PORT', 'MAIL_PAGE_PORT']);
  const env = { ...process.env, HANDOFF_DATA_DIR: dataDir, DATABASE_URL: database.url, KAFKA_BROKERS: testBrokers().join(','), ...ports, ...extraEnv };
  const starter = spawn(process.execPath, [join(ROOT, 'tools/start/dist/main.js')], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const output: string[] = [];
  for (const stream of [starter.stdout, starter.stderr]) stream.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  const stop = async (): Promise<void> => {
    await end(starter);
    await database.drop();
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    const record = await eventually(async () => {
      if (starter.exitCode !== null) return null;
      const found = await recordOf(dataDir);
      if (found.state !== 'ready') throw new Error(`Handoff is not ready:\n${output.join('')}`);
      return found;
    }, { withinMs: 120_000 });
    if (record === null) throw new Error(`Handoff ended at its start:\n${output.join('')}`);
    return await handleOf({ dataDir, env, addresses: record.addresses, stop, query: database.query });
  } catch (error) {
    await stop();
    throw error;
  }
}

interface RunRecord {
  readonly state: string;
  readonly addresses: Record<string, string>;
  readonly children: Record<string, number>;
}

async function recordOf(dataDir: string): Promise<RunRecord> {
  return JSON.parse(await readFile(join(dataDir, 'run.json'), 'utf8')) as RunRecord;
}

async function handleOf({ dataDir, env, addresses, stop, query }: { dataDir: string; env: NodeJS.ProcessEnv; addresses: Record<string, string> } & Pick<RunningHandoff, 'stop' | 'query'>): Promise<RunningHandoff> {
  const token = (await readFile(join(dataDir, 'token'), 'utf8')).trim();
  const urls = { intake: addresses['intake'] ?? '', routing: addresses['routing'] ?? '', notifier: addresses['notifier'] ?? '', console: addresses['console'] ?? '', mailbox: addresses['mailbox'] ?? '' };
  const request: RunningHandoff['request'] = async (url, { method = 'GET', body, headers = {}, isAnonymous = false } = {}) => {
    const payload = body === undefined || typeof body === 'string' || body instanceof Uint8Array ? (body as string | undefined) : JSON.stringify(body);
    const response = await fetch(url, {
      method, ...(payload === undefined ? {} : { body: payload }),
      headers: { ...(payload === undefined ? {} : { 'content-type': 'application/json' }), ...(isAnonymous ? {} : { authorization: `Bearer ${token}` }), ...headers },
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: (text === '' ? {} : JSON.parse(text)) as Answer['body'] };
  };
  return {
    dataDir, urls, env, token, request, stop, query,
    secrets: JSON.parse(await readFile(join(dataDir, 'demo-secrets.json'), 'utf8')) as Record<string, string>,
    mails: async (query) => (await request(`${urls.mailbox}/api/messages?${new URLSearchParams({ limit: '10000', ...query }).toString()}`)).body['messages'] as never,
    handoff: (...args) => run(args, env),
    kill: async (service) => {
      const pid = (await recordOf(dataDir)).children[service];
      if (pid === undefined) throw new Error(`${service} does not run.`);
      process.kill(pid, 'SIGKILL');
    },
    ready: async () => {
      for (const url of [urls.intake, urls.routing, urls.notifier, urls.console]) {
        await eventually(async () => expect((await request(`${url}/health/ready`)).status).toBe(200), { withinMs: 60_000 });
      }
    },
  };
}

function run(args: string[], env: NodeJS.ProcessEnv): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [join(ROOT, 'tools/cli/bin/handoff.mjs'), ...args], { env, cwd: ROOT, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), stdout, stderr });
    });
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  await ended;
}

/** Ports that nobody listens on, by names. */
export async function freePorts(names: readonly string[]): Promise<Record<string, string>> {
  // Held open together, so that none is given twice.
  const servers = await Promise.all(names.map(() => new Promise<ReturnType<typeof createServer>>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => resolve(server));
  })));
  const ports = servers.map((server) => String((server.address() as { port: number }).port));
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return Object.fromEntries(names.map((name, index) => [name, ports[index] ?? '0']));
}
