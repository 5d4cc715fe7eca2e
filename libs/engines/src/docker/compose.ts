import { createHash } from 'node:crypto';
import { mkdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import type { RunningEngine } from '../engines.js';
import { kafkaProblem } from '../kafka/kafka-answers.js';
import { keptSecret } from '../kept-secret.js';
import { freePort, LOOPBACK } from '../ports.js';
import { postgresProblem } from '../postgres/postgres-answers.js';
import { lastLines, runCommand, type CommandResult } from '../process/run-command.js';
import { abortReason, portFrom, type EngineSettings } from '../settings.js';
import { StartupError } from '../startup-error.js';

/** The first start pulls images. */
const UP_TIMEOUT_MS = 900_000;
const STOP_TIMEOUT_MS = 60_000;
const READY_TIMEOUT_MS = 120_000;
const DOWN = ['down', '-v', '--remove-orphans'];

export type ComposeService = 'kafka' | 'postgres';

export interface ComposeEngines {
  readonly kafka: RunningEngine<string[]> | undefined;
  readonly postgres: RunningEngine<string> | undefined;
}

/** Starts the named services of docker-compose.yml and waits until they answer. */
export async function startCompose(
  settings: EngineSettings,
  services: readonly ComposeService[],
): Promise<ComposeEngines> {
  const compose = await prepare(settings);
  settings.note('Starting the containers of docker-compose.yml (the first time, images are pulled) …');
  const up = await compose.run(['up', '-d', ...services], UP_TIMEOUT_MS);
  const stopping = settings.throwaway ? DOWN : ['stop', '-t', '20', ...services];
  let stopped: Promise<unknown> | undefined;
  const stop = async (): Promise<void> => {
    await (stopped ??= compose.run(stopping, STOP_TIMEOUT_MS));
  };
  try {
    if (up.exitCode !== 0) throw new StartupError(upProblem(up.output, compose));
    if (services.includes('kafka')) await requireAnswer('kafka', compose, settings);
    if (services.includes('postgres')) await requireAnswer('postgres', compose, settings);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    kafka: services.includes('kafka')
      ? {
          address: compose.brokers,
          description: `Kafka on ${compose.brokers[0]} (Docker, project ${compose.project})`,
          stop,
        }
      : undefined,
    postgres: services.includes('postgres')
      ? {
          address: compose.databaseUrl,
          description: `PostgreSQL on ${LOOPBACK}:${compose.postgresPort} (Docker, project ${compose.project})`,
          stop,
        }
      : undefined,
  };
}

/** Removes the containers and volumes of this project. Answers the compose project's name, or undefined when it failed. */
export async function removeCompose(settings: EngineSettings): Promise<string | undefined> {
  const compose = await prepare(settings);
  const down = await compose.run(DOWN, STOP_TIMEOUT_MS);
  return down.exitCode === 0 ? compose.project : undefined;
}

/** Two clones on one machine must not share containers: the project's name ends in a hash of its folder. */
export function composeProjectName(rootDir: string): string {
  return `handoff-${createHash('sha256').update(rootDir).digest('hex').slice(0, 8)}`;
}

interface Compose {
  readonly project: string;
  readonly brokers: string[];
  readonly databaseUrl: string;
  readonly kafkaPort: number;
  readonly postgresPort: number;
  run(args: readonly string[], timeoutMs: number): Promise<CommandResult>;
}

async function prepare(settings: EngineSettings): Promise<Compose> {
  const { env, rootDir } = settings;
  const [program, ...prefix] = await composeCommand(env);
  const kafkaPort = settings.freePorts ? await freePort() : portFrom(env, 'KAFKA_PORT', 19_092);
  const postgresPort = settings.freePorts ? await freePort() : portFrom(env, 'POSTGRES_PORT', 15_432);
  await mkdir(settings.dataDir, { recursive: true });
  const password = await keptSecret(path.join(settings.dataDir, 'postgres-password'));
  const own = composeProjectName(await realpath(rootDir));
  // What is thrown away must not be the containers of a Handoff that runs here.
  const project = settings.throwaway ? `${own}-${process.pid}` : own;
  const composeEnv = {
    ...env,
    KAFKA_PORT: String(kafkaPort),
    POSTGRES_PORT: String(postgresPort),
    HANDOFF_POSTGRES_PASSWORD: password,
  };
  const fixed = [...prefix, '-f', path.join(rootDir, 'docker-compose.yml'), '-p', project];
  return {
    project,
    kafkaPort,
    postgresPort,
    brokers: [`${LOOPBACK}:${kafkaPort}`],
    databaseUrl: `postgres://postgres:${password}@${LOOPBACK}:${postgresPort}/handoff`,
    run: (args, timeoutMs) => runCommand(program, [...fixed, ...args], { env: composeEnv, cwd: rootDir, timeoutMs }),
  };
}

async function composeCommand(env: NodeJS.ProcessEnv): Promise<[string, ...string[]]> {
  const plugin = await runCommand('docker', ['compose', 'version'], { timeoutMs: 15_000, env });
  if (plugin.exitCode === 0) return ['docker', 'compose'];
  const standalone = await runCommand('docker-compose', ['version'], { timeoutMs: 15_000, env });
  if (standalone.exitCode === 0) return ['docker-compose'];
  throw new StartupError(
    'A Docker engine answers, but neither `docker compose` nor `docker-compose` is there: install one of them, or set HANDOFF_ENGINES=embedded.',
  );
}

async function requireAnswer(service: ComposeService, compose: Compose, settings: EngineSettings): Promise<void> {
  const ended = (): string | undefined => abortReason(settings);
  const problem =
    service === 'kafka'
      ? await kafkaProblem({ brokers: compose.brokers, timeoutMs: READY_TIMEOUT_MS, ended })
      : await postgresProblem({ url: compose.databaseUrl, timeoutMs: READY_TIMEOUT_MS, ended });
  if (problem === undefined) return;
  const hint = problem.includes('password authentication failed')
    ? ' Its data were made with another password: remove them with npm run reset.'
    : '';
  const logs = await compose.run(['logs', '--tail', '8', service], 30_000);
  throw new StartupError(
    `The container of ${service} does not answer: ${problem}.${hint} Its log ends with:\n${lastLines(logs.output, 8)}`,
  );
}

function upProblem(output: string, compose: Compose): string {
  if (/port is already allocated|address already in use/i.test(output)) {
    const kafkaTaken = output.includes(`:${compose.kafkaPort}`);
    const port = kafkaTaken ? compose.kafkaPort : compose.postgresPort;
    const variable = kafkaTaken ? 'KAFKA_PORT' : 'POSTGRES_PORT';
    return `Port ${port} is taken by another program: end that program, or choose another port with ${variable}=<port>.`;
  }
  return `Docker could not start the containers (HANDOFF_ENGINES=embedded does without Docker). It said:\n${lastLines(output, 6)}`;
}
