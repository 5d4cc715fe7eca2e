import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { RunningEngine } from '../engines.js';
import { keptSecret } from '../kept-secret.js';
import { freePort, LOOPBACK, requireFreePort } from '../ports.js';
import { logTail, stopRecorded, EngineProcess } from '../process/engine-process.js';
import { lastLines, runCommand } from '../process/run-command.js';
import { abortReason, portFrom, type EngineSettings } from '../settings.js';
import { StartupError } from '../startup-error.js';
import { postgresProblem, withClient } from './postgres-answers.js';
import { choosePlace, removePlaceOutside, type PostgresPlace } from './postgres-place.js';
import { findPostgres } from './postgres-programs.js';

const READY_TIMEOUT_MS = 60_000;
const STOP_GRACE_MS = 15_000;
const MAJOR_VERSION = '18';
const DATABASE = 'handoff';

/** Runs PostgreSQL from the npm package, with its data below the data directory where the user it runs as may go there. */
export async function startEmbeddedPostgres(settings: EngineSettings): Promise<RunningEngine<string>> {
  const dir = path.join(settings.dataDir, 'postgres');
  await mkdir(settings.dataDir, { recursive: true });
  const place = await choosePlace(dir, await findPostgres());
  await mkdir(dir, { recursive: true });
  const password = await keptSecret(path.join(settings.dataDir, 'postgres-password'));
  await stopEarlierRun(place, settings);
  const port = await choosePort(settings);
  await initialiseOnce(place, password, settings.env);

  const logFile = path.join(settings.dataDir, 'postgres.log');
  const server = startServer(place, port, { settings, logFile });
  const adminUrl = `postgres://postgres:${password}@${LOOPBACK}:${port}`;
  const ended = (): string | undefined => server.ended() ?? abortReason(settings);
  const problem = await postgresProblem({ url: `${adminUrl}/postgres`, timeoutMs: READY_TIMEOUT_MS, ended });
  if (problem !== undefined) {
    await server.stop();
    if (problem.includes('password authentication failed')) {
      throw new StartupError(
        `The data in ${place.dataDir} were made with another password than ${settings.dataDir}/postgres-password holds: put that file back, or start afresh with npm run reset.`,
      );
    }
    throw new StartupError(
      `PostgreSQL did not start: ${problem}. Its log, ${logFile}, ends with:\n${await logTail(logFile)}`,
    );
  }
  await createDatabaseOnce(adminUrl);
  server.keepRunning(settings.note);
  return {
    address: `${adminUrl}/${DATABASE}`,
    description: `PostgreSQL on ${LOOPBACK}:${port} (embedded, data in ${place.dataDir})`,
    stop: async () => {
      await server.stop();
      if (settings.throwaway) await removePlaceOutside(dir);
    },
  };
}

async function stopEarlierRun(place: PostgresPlace, settings: EngineSettings): Promise<void> {
  const stopping = { marker: place.dataDir, signal: 'SIGINT', graceMs: STOP_GRACE_MS } as const;
  if (await stopRecorded(path.join(place.dataDir, 'postmaster.pid'), stopping)) {
    settings.note('Stopped a PostgreSQL that an earlier run had left running.');
  }
}

function choosePort(settings: EngineSettings): Promise<number> {
  if (settings.freePorts) return freePort();
  const port = portFrom(settings.env, 'POSTGRES_PORT', 15_432);
  return requireFreePort(port, 'POSTGRES_PORT', 'PostgreSQL').then(() => port);
}

/** Makes the database cluster beside its place and moves it there whole, so that half of one is never used. */
async function initialiseOnce(place: PostgresPlace, password: string, env: NodeJS.ProcessEnv): Promise<void> {
  const version = (await readFile(path.join(place.dataDir, 'PG_VERSION'), 'utf8').catch(() => '')).trim();
  if (version === MAJOR_VERSION) return;
  if (version !== '') {
    throw new StartupError(
      `The data in ${place.dataDir} are of PostgreSQL ${version}, and this is PostgreSQL ${MAJOR_VERSION}: move them away, or remove them with npm run reset.`,
    );
  }
  const partial = `${place.dataDir}.new`;
  const passwordFile = `${place.dataDir}.password`;
  await rm(partial, { recursive: true, force: true });
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (place.user !== undefined) await chown(passwordFile, place.user.uid, place.user.gid);
  const flags = [
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--locale=C',
    '--encoding=UTF8',
    '--no-sync',
  ];
  const result = await runCommand(path.join(place.nativeDir, 'bin/initdb'), [`--pgdata=${partial}`, ...flags], {
    cwd: path.dirname(place.dataDir),
    env: cleanEnvironment(env),
    timeoutMs: 120_000,
    ...place.user,
  });
  await rm(passwordFile, { force: true });
  if (result.exitCode !== 0) {
    const said = result.startProblem ?? lastLines(result.output, 6);
    throw new StartupError(`PostgreSQL could not prepare its data folder ${place.dataDir}. It said:\n${said}`);
  }
  await rename(partial, place.dataDir);
}

interface ServerContext {
  readonly settings: EngineSettings;
  readonly logFile: string;
}

function startServer(place: PostgresPlace, port: number, { settings, logFile }: ServerContext): EngineProcess {
  const options: Record<string, string> = {
    listen_addresses: LOOPBACK,
    port: String(port),
    unix_socket_directories: '',
    max_connections: '200',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(settings.durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const flags = Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return EngineProcess.start({
    name: 'PostgreSQL',
    marker: place.dataDir,
    // For PostgreSQL this is a fast shutdown: sessions are ended, data written out.
    signal: 'SIGINT',
    graceMs: STOP_GRACE_MS,
    file: path.join(place.nativeDir, 'bin/postgres'),
    args: ['-D', place.dataDir, ...flags],
    cwd: place.dataDir,
    env: cleanEnvironment(settings.env),
    logFile,
    pidFile: path.join(settings.dataDir, 'postgres.pid'),
    ...place.user,
  });
}

/** Variables like PGPORT or LC_ALL of whoever started us must not change the server. */
function cleanEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name));
  return { ...Object.fromEntries(kept), LC_ALL: 'C' };
}

async function createDatabaseOnce(adminUrl: string): Promise<void> {
  await withClient(`${adminUrl}/postgres`, async (client) => {
    const found = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (found.rowCount === 0) await client.query(`create database ${DATABASE}`);
  });
}
