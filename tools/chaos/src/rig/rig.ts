import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { dataDirFrom, type Engines, freePort, isAlive, LOOPBACK, removePlaceOutside, startEngines, stopLeftoverEngines, withClient } from '@handoff/engines';
import { Links, type Targets } from '../links/links.js';
import type { Engine, Service } from '../plan/fault.js';
import { Sink } from '../sink/sink.js';
import { Handoff } from './handoff.js';

/** Where tickets about the demo directory can end, which are the destinations of its contacts. */
const DESTINATIONS = ['isv/contoso', 'isv/tailspin', 'partner/1001', 'partner/2002', 'partner/2003', 'partner/3001'] as const;

export interface RigPlan {
  readonly note: (line: string) => void;
  readonly stop: AbortSignal;
  /** Leaves the folder of the run behind. */
  readonly keep: boolean;
}

/** Engines, services, the contacts' system and the ways between them. Whatever it started ends with it. */
export class Rig {
  private stopped: Promise<void> | undefined;

  private constructor(private readonly place: { readonly dir: string; readonly keep: boolean }, readonly links: Links, readonly sink: Sink, private readonly engines: Engines, readonly handoff: Handoff) {}

  /** Engines are this run's own, as it kills them; embedded, with fsync, at ports of their own. */
  static async start({ note, stop, keep }: RigPlan): Promise<Rig> {
    const dir = await freshDir();
    const undo: (() => Promise<unknown>)[] = [() => rm(dir, { recursive: true, force: true })];
    try {
      const sink = await Sink.open();
      undo.push(() => sink.close());
      const targets: Targets = { kafka: await freePort(), postgres: await freePort(), intake: 0, sink: sink.port };
      const links = await Links.open(targets);
      undo.push(() => links.close());
      note('Starting Kafka, PostgreSQL and the services …');
      const env = { ...bareEnvironment(), HANDOFF_ENGINES: 'embedded', KAFKA_PORT: String(targets.kafka), KAFKA_CONTROLLER_PORT: String(await freePort()), POSTGRES_PORT: String(targets.postgres) };
      const engines = await startEngines({ dataDir: path.join(dir, 'engines'), env, throwaway: !keep, durable: true, kafkaAdvertisedPort: links.proxies.kafka.port, signal: stop });
      undo.push(() => engines.stop());
      const databaseUrl = new URL(engines.postgres.url);
      databaseUrl.port = String(links.proxies.postgres.port);
      await mkdir(path.join(dir, 'handoff'), { recursive: true });
      const handoff = await Handoff.start({ dir: path.join(dir, 'handoff'), env: bareEnvironment(), brokerPort: links.proxies.kafka.port, databaseUrl: databaseUrl.href }, stop);
      undo.push(() => handoff.stop());
      targets.intake = handoff.ports.intake;
      const rig = new Rig({ dir, keep }, links, sink, engines, handoff);
      await rig.makeChannels();
      return rig;
    } catch (error) {
      for (const step of undo.toReversed()) await step().catch(() => undefined);
      throw error;
    }
  }

  /** For those whom no fault is meant for. */
  get brokers(): readonly string[] {
    return [`${LOOPBACK}:${this.links.proxies.kafka.port}`];
  }

  /** Rows of the run's database, past the proxy. */
  rows<T extends object>(sql: string, values: readonly unknown[] = []): Promise<readonly T[]> {
    return withClient(this.engines.postgres.url, async (client) => (await client.query<T>(sql, [...values])).rows);
  }

  /** The process of a service or an engine now. */
  async pidOf(name: Service | Engine): Promise<number | undefined> {
    if (name !== 'kafka' && name !== 'postgres') return this.handoff.pidOf(name);
    const file = path.join(this.place.dir, 'engines', name === 'kafka' ? 'kafka/kafka.pid' : 'postgres.pid');
    return Number.parseInt(await readFile(file, 'utf8').catch(() => ''), 10) || undefined;
  }

  stop(): Promise<void> {
    return (this.stopped ??= this.stopAll());
  }

  private async stopAll(): Promise<void> {
    this.links.heal();
    await this.handoff.stop().catch(() => undefined);
    await this.engines.stop();
    await this.links.close();
    await this.sink.close();
    if (!this.place.keep) await rm(this.place.dir, { recursive: true, force: true });
  }

  private async makeChannels(): Promise<void> {
    for (const destination of DESTINATIONS) {
      const { status, body } = await this.handoff.ask('notifier', 'POST', '/v1/channels', { destination, kind: 'webhook', url: `http://${LOOPBACK}:${this.links.proxies.sink.port}/${destination}` });
      if (status !== 201) throw new Error(`The channel of ${destination} was refused: ${JSON.stringify(body)}`);
      this.sink.expect(destination, String(body['secret']));
    }
  }
}

/** What a program needs of the environment. Settings of a Handoff that runs here must not change the run. */
function bareEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(['PATH', 'HOME', 'TMPDIR', 'JAVA_HOME', 'SystemRoot'].flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
}

/** A folder for this run alone; those of runs that were killed go, with the engines that they left. */
async function freshDir(): Promise<string> {
  const parent = path.join(dataDirFrom(process.env), 'chaos');
  for (const name of await readdir(parent).catch(() => [])) {
    if (isAlive(Number(name))) continue;
    await stopLeftoverEngines(path.join(parent, name, 'engines'));
    await removePlaceOutside(path.join(parent, name, 'engines/postgres'));
    await rm(path.join(parent, name), { recursive: true, force: true });
  }
  const dir = path.join(parent, String(process.pid));
  await mkdir(dir, { recursive: true });
  return dir;
}
