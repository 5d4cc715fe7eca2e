import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { eventually, freePort, LOOPBACK, projectRoot } from '@handoff/engines';
import { newKey } from '@handoff/secrets';
import { destinations, directory } from '../load/directory.js';
import { SOURCE } from '../load/tickets.js';
import type { Child } from '../process/child.js';
import type { Database, Rig } from './rig.js';

export type ServiceName = 'intake' | 'routing' | 'notifier' | 'console';

export interface RunningService {
  readonly child: Child;
  readonly port: number;
  /** Resolves when it is ready. */
  readonly untilReady: () => Promise<void>;
}

/** Nothing listens there: for a stage in which nobody is notified. */
export const NO_SINK = 9;
const READY_MS_MAX = 60_000;

/**
 * The services of the product as `npm start` runs them, with their own defaults. They find their source, their directory and their
 * channels as demo files, so that they are configured the way a first start is.
 */
export class Product {
  private readonly key = newKey(new Date());
  /** Bearer token of everything that the services let only operators ask. */
  readonly token = randomBytes(24).toString('hex');

  private constructor(private readonly rig: Rig, private readonly database: Database, private readonly dir: string) {}

  /** @param sink the port of the sink of all webhooks, or where those of a destination go. */
  static async prepare(rig: Rig, database: Database, sink: number | ((destination: string) => string)): Promise<Product> {
    const dir = path.join(rig.dir, 'product');
    await mkdir(dir, { recursive: true });
    const world = directory();
    const channels = destinations(world).map((destination) => ({ destination, kind: 'webhook', url: typeof sink === 'number' ? `http://${LOOPBACK}:${sink}/${destination}` : sink(destination) }));
    const files = { directory: world, channels: { channels }, sources: [{ source: SOURCE, adapter: 'standard-webhooks', sourceParty: null }] };
    for (const [name, content] of Object.entries(files)) await writeFile(path.join(dir, `${name}.json`), JSON.stringify(content));
    return new Product(rig, database, dir);
  }

  async start(name: ServiceName): Promise<RunningService> {
    const port = await freePort();
    const child = this.rig.start({
      name, isProfiled: true, main: path.join(projectRoot(), 'services', name, 'dist/main.js'),
      env: {
        KAFKA_BROKERS: this.rig.brokers.join(','), DATABASE_URL: this.database.url, HOST: LOOPBACK, PORT: String(port),
        HANDOFF_DEMO_DIR: this.dir, HANDOFF_DATA_DIR: this.dir, HANDOFF_KEYS: this.key, HANDOFF_TOKEN: this.token, SMTP_URL: `smtp://${LOOPBACK}:9`, EGRESS_ALLOW_PRIVATE: 'true',
        // What it can do is measured, not what a source may.
        SOURCE_REQUESTS_PER_SECOND_MAX: '1000000',
      },
    });
    return { child, port, untilReady: () => untilReady(name, child, port) };
  }

  /** The secret with which the source signs. */
  async secret(): Promise<string> {
    const secrets = JSON.parse(await readFile(path.join(this.dir, 'demo-secrets.json'), 'utf8')) as Record<string, string>;
    return secrets[SOURCE] ?? '';
  }
}

async function untilReady(name: ServiceName, child: Child, port: number): Promise<void> {
  const isReady = await eventually(async () => {
    child.requireAlive();
    const answer = await fetch(`http://${LOOPBACK}:${port}/health/ready`).catch(() => null);
    return answer?.ok === true ? true : undefined;
  }, { timeoutMs: READY_MS_MAX, intervalMs: 50 });
  if (isReady !== true) throw new Error(`${name} was not ready after ${READY_MS_MAX} ms. Its log ends with:\n${child.lastWords()}`);
}
