// Starts Kafka and PostgreSQL once for a test run. The projects `int` and `e2e` both name this file; the first to come
// starts, the other finds them running. Test files read TEST_KAFKA_BROKERS and TEST_DATABASE_URL (an administrator's
// URL; make a database or a schema of your own).
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import {
  dataDirFrom,
  findDocker,
  isAlive,
  removePlaceOutside,
  startEngines,
  stopLeftoverEngines,
} from '../../engines/dist/index.js';

const STARTED = Symbol.for('handoff.test-engines');

export default async function enginesUp() {
  globalThis[STARTED] ??= start();
  const engines = await globalThis[STARTED];
  process.env.TEST_KAFKA_BROKERS = engines.kafka.brokers.join(',');
  process.env.TEST_DATABASE_URL = engines.postgres.url;
}

async function start() {
  const giveUp = new AbortController();
  const engines = chooseAndStart(giveUp.signal);
  const stop = async () => {
    giveUp.abort();
    await engines.then((running) => running.stop()).catch(() => undefined);
  };
  // Jest does not tear down when it is interrupted.
  for (const [signal, number] of [
    ['SIGINT', 2],
    ['SIGTERM', 15],
    ['SIGHUP', 1],
  ]) {
    process.once(signal, () => void stop().finally(() => process.exit(128 + number)));
  }
  return engines;
}

async function chooseAndStart(signal) {
  const env = environmentForTests();
  const external = env.KAFKA_BROKERS && env.DATABASE_URL;
  if (!external && env.HANDOFF_ENGINES !== 'embedded') {
    const docker = await findDocker(env);
    if (docker.answers || env.HANDOFF_ENGINES === 'docker') {
      // Loaded only here: it takes a second, and most machines without Docker never need it.
      const { startContainers } = await import('./containers.mjs');
      return startContainers(env);
    }
  }
  return startEngines({ env, dataDir: await freshDataDir(), freePorts: true, throwaway: true, signal });
}

/** TEST_KAFKA_BROKERS and TEST_DATABASE_URL name engines for tests alone; else those of a normal run hold. */
function environmentForTests() {
  const env = { ...process.env };
  if (env.TEST_KAFKA_BROKERS) env.KAFKA_BROKERS = env.TEST_KAFKA_BROKERS;
  if (env.TEST_DATABASE_URL) env.DATABASE_URL = env.TEST_DATABASE_URL;
  return env;
}

/** A folder for this run alone; those of runs that were killed go. */
async function freshDataDir() {
  const parent = path.join(dataDirFrom(process.env), 'test');
  for (const name of await readdir(parent).catch(() => [])) {
    if (isAlive(Number(name))) continue;
    await stopLeftoverEngines(path.join(parent, name));
    await removePlaceOutside(path.join(parent, name, 'postgres'));
    await rm(path.join(parent, name), { recursive: true, force: true });
  }
  return path.join(parent, String(process.pid));
}
