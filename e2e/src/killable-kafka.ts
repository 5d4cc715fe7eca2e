import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Engines, freePort, startEngines } from '@handoff/engines';

const run = promisify(execFile);

/** A Kafka of one suite's own, which can be killed and started again with its data, at the same address. */
export class KillableKafka {
  private constructor(private readonly dir: string, private readonly env: NodeJS.ProcessEnv, private engines: Engines) {}

  static async start(): Promise<KillableKafka> {
    const dir = await mkdtemp(join(tmpdir(), 'handoff-kafka-'));
    const { KAFKA_BROKERS: _shared, ...own } = process.env;
    const env = {
      ...own, DATABASE_URL: process.env['TEST_DATABASE_URL'], KAFKA_PORT: String(await freePort()), KAFKA_CONTROLLER_PORT: String(await freePort()),
      // As a process of its own wherever it can be one: that is what kill -9 is said to.
      ...((await canBeEmbedded()) ? { HANDOFF_ENGINES: 'embedded' } : {}),
    };
    return new KillableKafka(dir, env, await enginesIn(dir, env));
  }

  get brokers(): string {
    return this.engines.kafka.brokers.join(',');
  }

  /** kill -9. It stays away until it is started again. */
  async kill(): Promise<void> {
    if (this.engines.kafka.kind === 'docker') {
      const project = /project ([\w-]+)/.exec(this.engines.describe().join('\n'))?.[1] ?? '';
      const { stdout } = await run('docker', ['ps', '-q', '--filter', `label=com.docker.compose.project=${project}`]);
      await run('docker', ['kill', ...stdout.trim().split(/\s+/)]);
      return;
    }
    process.kill(Number.parseInt(await readFile(join(this.dir, 'kafka', 'kafka.pid'), 'utf8'), 10), 'SIGKILL');
    // What is dead cannot be stopped: it only says that nobody shall start it again.
    await this.engines.stop();
  }

  async startAgain(): Promise<void> {
    this.engines = await enginesIn(this.dir, this.env);
  }

  async stop(): Promise<void> {
    await this.engines.stop();
    await rm(this.dir, { recursive: true, force: true });
  }
}

/** Throwaway containers are a project of their own, and go with their data when they are stopped; a process leaves its data. */
function enginesIn(dataDir: string, env: NodeJS.ProcessEnv): Promise<Engines> {
  return startEngines({ dataDir, env, throwaway: env['HANDOFF_ENGINES'] !== 'embedded' });
}

async function canBeEmbedded(): Promise<boolean> {
  const works = (program: string): Promise<boolean> => run(program, ['-version']).then(() => true, () => false);
  return (await works('java')) && (await works('mvn'));
}
