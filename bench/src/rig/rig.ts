import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { dataDirFrom, type Engines, isAlive, removePlaceOutside, startEngines, stopLeftoverEngines, withClient } from '@handoff/engines';
import { Child, type ChildPlan } from '../process/child.js';
import { engineCpu } from './engine-cpu.js';
import { BenchTopics } from './topics.js';

/** A database for one run alone. */
export interface Database {
  readonly url: string;
  /** The first column of the first row, as a number. */
  number(sql: string): Promise<number>;
}

/** Kafka, PostgreSQL and the processes of a stage. Whatever it started ends with it. */
export class Rig {
  private readonly children: Child[] = [];
  private readonly databases: string[] = [];
  private stopped: Promise<void> | undefined;

  private constructor(private readonly engines: Engines, readonly topics: BenchTopics, readonly dir: string, private readonly profileDir: string | undefined) {}

  /** Engines that are this run's own, working as for a normal run: with fsync, and an optimising JVM. */
  static async start({ note, stop, profileDir }: { readonly note: (line: string) => void; readonly stop: AbortSignal; readonly profileDir?: string | undefined }): Promise<Rig> {
    const dir = await freshDir();
    note('Starting Kafka and PostgreSQL …');
    const engines = await startEngines({ dataDir: dir, freePorts: true, throwaway: true, durable: true, signal: stop, note });
    try {
      const topics = await BenchTopics.open(engines.kafka.brokers);
      for (const line of engines.describe()) note(line);
      return new Rig(engines, topics, dir, profileDir);
    } catch (error) {
      await engines.stop();
      throw error;
    }
  }

  get brokers(): readonly string[] {
    return this.engines.kafka.brokers;
  }

  get kinds(): { readonly kafka: string; readonly postgres: string } {
    return { kafka: this.engines.kafka.kind, postgres: this.engines.postgres.kind };
  }

  get postgresUrl(): string {
    return this.engines.postgres.url;
  }

  /** A new database; it is dropped when the run ends. What earlier runs wrote is on disk before this one begins. */
  async database(): Promise<Database> {
    const name = `handoff_bench_${randomBytes(6).toString('hex')}`;
    this.databases.push(name);
    await withClient(this.postgresUrl, async (client) => {
      await client.query(`create database ${name}`);
      // Only some roles may; without it a run may pay for writing what another wrote.
      await client.query('checkpoint').catch(() => undefined);
    });
    const url = new URL(this.postgresUrl);
    url.pathname = `/${name}`;
    return {
      url: url.href,
      number: (sql) => withClient(url.href, async (client) => Number(Object.values((await client.query<Record<string, unknown>>(sql)).rows[0] ?? {})[0])),
    };
  }

  /** Notes what the engines have taken so far; the answer tells what they took since, for each thousand of so many events. */
  async engineCpu(): Promise<(events: number) => Promise<Record<string, number>>> {
    const before = await engineCpu(this.dir);
    return async (events) => {
      const after = await engineCpu(this.dir);
      if (before === null || after === null) return {};
      return { kafkaCpuMsAThousand: ((after.kafkaMs - before.kafkaMs) / events) * 1_000, postgresCpuMsAThousand: ((after.postgresMs - before.postgresMs) / events) * 1_000 };
    };
  }

  /** Starts a process of this run. */
  start(plan: Omit<ChildPlan, 'logDir' | 'env' | 'profileDir'> & { readonly env?: NodeJS.ProcessEnv; readonly isProfiled?: boolean }): Child {
    const { isProfiled = false, env = {}, ...rest } = plan;
    const child = Child.start({ ...rest, env: { ...bareEnvironment(), ...env }, logDir: this.dir, profileDir: isProfiled ? this.profileDir : undefined });
    this.children.push(child);
    return child;
  }

  /** Ends the processes and drops the databases of a run. */
  async endRun(): Promise<void> {
    await Promise.all(this.children.splice(0).map((child) => child.stop()));
    for (const name of this.databases.splice(0)) {
      await withClient(this.postgresUrl, (client) => client.query(`drop database if exists ${name} with (force)`));
    }
  }

  stop(): Promise<void> {
    return (this.stopped ??= this.stopAll());
  }

  private async stopAll(): Promise<void> {
    await this.endRun().catch(() => undefined);
    await this.topics.close().catch(() => undefined);
    await this.engines.stop();
    await rm(this.dir, { recursive: true, force: true });
  }
}

/** What a program needs of the environment. Settings of a Handoff that runs here must not change what is measured. */
function bareEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(['PATH', 'HOME', 'TMPDIR', 'SystemRoot'].flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
}

/** A folder for this run alone; those of runs that were killed go, with the engines that they left. */
async function freshDir(): Promise<string> {
  const parent = path.join(dataDirFrom(process.env), 'bench');
  for (const name of await readdir(parent).catch(() => [])) {
    if (isAlive(Number(name))) continue;
    await stopLeftoverEngines(path.join(parent, name));
    await removePlaceOutside(path.join(parent, name, 'postgres'));
    await rm(path.join(parent, name), { recursive: true, force: true });
  }
  const dir = path.join(parent, String(process.pid));
  await mkdir(dir, { recursive: true });
  return dir;
}
