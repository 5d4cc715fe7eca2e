import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eventually, freePort, isAlive, LOOPBACK, projectRoot } from '@handoff/engines';
import { KeyRing } from '@handoff/secrets';
import { run, type RunOptions } from './run.js';
import { readRunRecord, type RunRecord } from './run-file.js';

const WORKING = `
import { createServer } from 'node:http';
const answer = { database: process.env.DATABASE_URL, kafka: process.env.KAFKA_BROKERS };
const server = createServer((request, response) => response.end(JSON.stringify(answer)));
server.listen(Number(process.env.PORT), process.env.HOST);
process.on('SIGTERM', () => { server.close(); server.closeAllConnections(); });
`;
const BROKEN = `console.error('the database has no tables'); process.exit(3);`;

describe('a local run', () => {
  let dir: string;
  let said: string[];

  beforeEach(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'handoff-run-'));
    said = [];
    await writeFile(path.join(dir, 'working.mjs'), WORKING);
    await writeFile(path.join(dir, 'broken.mjs'), BROKEN);
  });

  afterEach(() => rm(dir, { recursive: true }));

  async function options(program: 'working' | 'broken', stop: AbortSignal): Promise<RunOptions> {
    const env = {
      ...process.env,
      KAFKA_BROKERS: process.env['TEST_KAFKA_BROKERS'],
      DATABASE_URL: process.env['TEST_DATABASE_URL'],
      HANDOFF_DATA_DIR: dir,
      INTAKE_PORT: String(await freePort()),
      MAIL_PORT: String(await freePort()),
      MAIL_PAGE_PORT: String(await freePort()),
    };
    const services = [{ name: 'intake', portDefault: 8081, main: path.join(dir, `${program}.mjs`) }];
    const hurry = new AbortController().signal;
    return { rootDir: projectRoot(), env, services, stop, hurry, say: (line) => said.push(line) };
  }

  async function record(): Promise<RunRecord> {
    const ready = await eventually(
      async () => {
        const found = await readRunRecord(dir);
        return found?.state === 'ready' && found.children['intake'] !== undefined ? found : undefined;
      },
      { timeoutMs: 30_000, intervalMs: 50 },
    );
    if (ready === undefined) throw new Error(`not ready: ${said.join('\n')}`);
    return ready;
  }

  it('gives each service the engines and a database role of its own, and stops it at the end', async () => {
    const stop = new AbortController();
    const running = run(await options('working', stop.signal));
    const { addresses, children } = await record();
    const seen = (await (await fetch(`${addresses['intake']}/`)).json()) as { database: string; kafka: string };
    stop.abort();
    await running;
    expect(new URL(seen.database).username).toBe('intake');
    expect(seen.kafka).toBe(process.env['TEST_KAFKA_BROKERS']);
    expect(isAlive(children['intake'] ?? 0)).toBe(false);
    expect(await readRunRecord(dir)).toBeUndefined();
  });

  it('keeps the token and the key of the secrets for whoever owns the files alone', async () => {
    const stop = new AbortController();
    const running = run(await options('working', stop.signal));
    await record();
    stop.abort();
    await running;
    const token = (await readFile(path.join(dir, 'token'), 'utf8')).trim();
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(KeyRing.parse(await readFile(path.join(dir, 'keys'), 'utf8')).ids).toHaveLength(1);
    for (const name of ['token', 'keys']) expect((await stat(path.join(dir, name))).mode & 0o777).toBe(0o600);
  });

  it('refuses a second run beside the first, and says where that one is', async () => {
    const stop = new AbortController();
    const running = run(await options('working', stop.signal));
    const { addresses } = await record();
    const second = run(await options('working', stop.signal));
    await expect(second).rejects.toThrow(new RegExp(`already runs here[^]*${addresses['intake']}`));
    stop.abort();
    await running;
  });

  it('starts a service again that was killed', async () => {
    const stop = new AbortController();
    const running = run(await options('working', stop.signal));
    const first = (await record()).children['intake'] ?? 0;
    process.kill(first, 'SIGKILL');
    const again = await eventually(
      async () => (said.includes('intake is ready again') ? (await record()).children['intake'] : undefined),
      { timeoutMs: 30_000, intervalMs: 50 },
    );
    stop.abort();
    await running;
    expect(said).toContain('intake ended (SIGKILL); starting it again');
    expect(again).not.toBe(first);
  });

  it('fails with the end of its log when a service cannot start, and leaves nothing running', async () => {
    const running = run(await options('broken', new AbortController().signal));
    await expect(running).rejects.toThrow(/intake did not start: it ended 3 times[^]*the database has no tables/);
    expect(await readRunRecord(dir)).toBeUndefined();
  });

  it('names the variable that chooses another port when one is taken', async () => {
    const plan = await options('working', new AbortController().signal);
    const blocker = await import('node:net').then(({ createServer }) => createServer());
    await new Promise<void>((resolve) => blocker.listen(Number(plan.env['INTAKE_PORT']), LOOPBACK, resolve));
    const outcome = await run(plan).catch((error: Error) => error.message);
    await new Promise((resolve) => blocker.close(resolve));
    expect(outcome).toMatch(/is taken by another program.*INTAKE_PORT=/);
  });
});
