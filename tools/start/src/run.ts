import path from 'node:path';
import { keptSecret, startEngines, StartupError, stopLeftover, withoutPassword, type Engines } from '@handoff/engines';
import { newKey } from '@handoff/secrets';
import { startDevelopmentMail } from './mail/development-mail.js';
import { prepareDatabase } from './prepare-database.js';
import { RunFile, type RunRecord } from './run-file.js';
import { serviceEnvironment, type RunContext } from './service-environment.js';
import { openServiceLog } from './services/service-log.js';
import { SupervisedService } from './services/supervised-service.js';
import { planStart, requirePlannedPorts, type StartOptions, type StartPlan } from './start-plan.js';
import { signInUrl } from './sign-in-url.js';
import { summary } from './summary.js';

export interface RunOptions extends StartOptions {
  readonly say: (line: string) => void;
  /** Aborted: stop everything in order. */
  readonly stop: AbortSignal;
  /** Aborted: stop at once. */
  readonly hurry: AbortSignal;
  readonly readyTimeoutMs?: number;
}

const READY_TIMEOUT_MS = 90_000;
const LEFTOVER_GRACE_MS = 10_000;

/** Something that was started, and how to stop it. */
type Undo = () => Promise<void> | void;

/**
 * Starts everything, stays until `stop` is aborted, and stops everything. Throws a StartupError when the start fails;
 * everything is stopped then as well.
 */
export async function run(options: RunOptions): Promise<void> {
  const startedAtMs = Date.now();
  const plan = planStart(options);
  const runFile = await takeRunFile(plan, options);
  const undo: Undo[] = [() => runFile.remove()];
  try {
    await startAll({ plan, options, runFile, undo, startedAtMs });
    await aborted(options.stop);
  } catch (error) {
    // Whoever stops a start half-way is not told that it failed.
    if (!(options.stop.aborted && error instanceof StartupError)) throw error;
  } finally {
    runFile.update({ state: 'stopping' });
    await undoAll(undo, options.say);
  }
}

/** Last started, first stopped. One that cannot be stopped keeps none of the others running. */
async function undoAll(undo: readonly Undo[], say: (line: string) => void): Promise<void> {
  for (const step of undo.toReversed()) {
    try {
      await step();
    } catch (error) {
      say(`While stopping: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

interface Starting {
  readonly plan: StartPlan;
  readonly options: RunOptions;
  readonly runFile: RunFile;
  readonly undo: Undo[];
  readonly startedAtMs: number;
}

async function startAll(starting: Starting): Promise<void> {
  const { plan, options, runFile, undo, startedAtMs } = starting;
  await requirePlannedPorts(plan);
  options.say('Starting Kafka and PostgreSQL …');
  const engines = await startEngines({
    rootDir: plan.rootDir,
    dataDir: plan.dataDir,
    env: plan.env,
    signal: options.stop,
    note: options.say,
  });
  undo.push(() => engines.stop());
  runFile.update({ engines: engineRecord(engines) });
  const names = plan.services.map(({ name }) => name);
  const database = await prepareDatabase(engines.postgres.url, names, plan.dataDir);
  const tokenFile = path.join(plan.dataDir, 'token');
  const keptToken = await keptSecret(tokenFile);
  // Services take the one that the environment names before that of the file.
  const token = plan.env['HANDOFF_TOKEN'] ?? keptToken;
  const keysFile = path.join(plan.dataDir, 'keys');
  await keptSecret(keysFile, () => newKey(new Date()));
  if (plan.mail !== undefined) {
    const mail = await startDevelopmentMail(plan.mail, plan.dataDir);
    undo.push(() => mail.close());
  }
  options.say(`Starting ${names.join(', ')} …`);
  await startServices({ plan, engines, databaseUrls: database.urls, tokenFile, keysFile }, starting);
  if (options.stop.aborted) return;
  runFile.update({ state: 'ready' });
  const tookMs = Date.now() - startedAtMs;
  const { addresses } = plan;
  options.say(
    summary({ engines: engines.describe(), services: names, addresses, tokenFile, signInUrl: await signInUrl(addresses['console'] ?? null, token), tookMs, note: database.note }),
  );
}

async function startServices(context: RunContext, { plan, options, runFile, undo }: Starting): Promise<void> {
  const services: SupervisedService[] = [];
  undo.push(async () => {
    await Promise.all(services.map((service) => service.stop(options.hurry)));
  });
  for (const entry of plan.services) {
    const log = await openServiceLog(path.join(plan.dataDir, 'logs'), entry.name, options.say);
    services.push(
      new SupervisedService({
        entry,
        env: serviceEnvironment(entry, context),
        cwd: plan.rootDir,
        log,
        say: options.say,
        pidChanged: (pid) => runFile.setChild(entry.name, pid),
      }),
    );
  }
  for (const service of services) service.start();
  await Promise.all(services.map((service) => requireReady(service, options)));
}

async function requireReady(service: SupervisedService, options: RunOptions): Promise<void> {
  const reason = await service.untilReady(options.readyTimeoutMs ?? READY_TIMEOUT_MS, options.stop);
  if (reason === undefined || options.stop.aborted) return;
  const tail = await service.logTail(15);
  throw new StartupError(
    `${service.name} did not start: ${reason}. Its log, ${service.logFile}, ends with:\n${tail || '(nothing)'}`,
  );
}

async function takeRunFile(plan: StartPlan, { say }: RunOptions): Promise<RunFile> {
  const programs = Object.fromEntries(plan.services.map(({ name, main }) => [name, main]));
  const taken = await RunFile.take(
    plan.dataDir,
    {
      state: 'starting',
      startedAt: new Date().toISOString(),
      addresses: plan.addresses,
      engines: {},
      children: {},
      programs,
    },
    (record) => stopLeftoverServices(record, say),
  );
  if (taken instanceof RunFile) return taken;
  throw new StartupError(alreadyRunning(taken.heldBy));
}

/** Services of a run that was killed end by themselves; one that did not is stopped here. */
async function stopLeftoverServices(record: RunRecord, say: (line: string) => void): Promise<void> {
  const stops = Object.entries(record.children).map(async ([name, pid]) => {
    const marker = record.programs[name];
    if (marker === undefined) return;
    const stopped = await stopLeftover(pid, { marker, signal: 'SIGTERM', graceMs: LEFTOVER_GRACE_MS });
    if (stopped) say(`Stopped ${name}, which an earlier run had left running.`);
  });
  await Promise.all(stops);
}

export function alreadyRunning(record: RunRecord): string {
  const addresses = Object.entries(record.addresses).filter(([, address]) => address !== null);
  const list = addresses.map(([name, address]) => `\n  ${name.padEnd(8)}  ${address}`).join('');
  return `Handoff already runs here (process ${record.pid}, since ${record.startedAt}, ${record.state}); stop it with Ctrl-C in its terminal.${list}`;
}

function engineRecord(engines: Engines): RunRecord['engines'] {
  return {
    kafka: { kind: engines.kafka.kind, brokers: engines.kafka.brokers },
    postgres: { kind: engines.postgres.kind, address: withoutPassword(engines.postgres.url) },
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
