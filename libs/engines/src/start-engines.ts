import { rm } from 'node:fs/promises';
import { startCompose, type ComposeService } from './docker/compose.js';
import { findDocker } from './docker/docker-engine.js';
import { chooseEngines } from './engine-choice.decision.js';
import type { EngineKind, Engines, EnginesOptions, RunningEngine } from './engines.js';
import { startEmbeddedKafka } from './kafka/embedded-kafka.js';
import { kafkaProblem } from './kafka/kafka-answers.js';
import { startEmbeddedPostgres } from './postgres/embedded-postgres.js';
import { postgresProblem } from './postgres/postgres-answers.js';
import { settingsFrom, type EngineSettings } from './settings.js';
import { StartupError } from './startup-error.js';

const EXTERNAL_TIMEOUT_MS = 20_000;

interface Kinds {
  readonly kafka: EngineKind;
  readonly postgres: EngineKind;
}

interface StartedPair {
  readonly kafka: RunningEngine<string[]>;
  readonly postgres: RunningEngine<string>;
}

/**
 * Finds or starts Kafka and PostgreSQL: what the environment names, else containers, else embedded. Both answer when
 * this resolves. When one fails, the other is stopped and a {@link StartupError} says why.
 */
export async function startEngines(options: EnginesOptions = {}): Promise<Engines> {
  const settings = settingsFrom(options);
  const docker = await dockerFor(settings);
  const choice = chooseEngines({
    kafkaBrokers: settings.env['KAFKA_BROKERS'],
    databaseUrl: settings.env['DATABASE_URL'],
    forced: settings.env['HANDOFF_ENGINES'],
    dockerAnswers: docker.answers,
  });
  if (!choice.ok) throw new StartupError(choice.problem);
  const started = await startBoth(settings, choice, docker.installed);
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopped ??= stopBoth(started, settings));
  if (settings.signal?.aborted) {
    await stop();
    throw new StartupError('The start was cut short.');
  }
  return {
    kafka: { brokers: started.kafka.address, kind: choice.kafka },
    postgres: { url: started.postgres.address, kind: choice.postgres },
    stop,
    describe: () => [started.kafka.description, started.postgres.description],
  };
}

async function dockerFor({ env }: EngineSettings): Promise<{ installed: boolean; answers: boolean }> {
  const settled = Boolean(env['KAFKA_BROKERS'] && env['DATABASE_URL']) || env['HANDOFF_ENGINES'] === 'embedded';
  return settled ? { installed: false, answers: false } : findDocker(env);
}

async function startBoth(settings: EngineSettings, kinds: Kinds, dockerInstalled: boolean): Promise<StartedPair> {
  const composed = composeServices(kinds);
  const compose = composed.length === 0 ? undefined : startCompose(settings, composed);
  const kafka = {
    external: () => useExternalKafka(settings),
    docker: () => compose?.then((engines) => engines.kafka),
    embedded: () => startEmbeddedKafka(settings, dockerInstalled),
  }[kinds.kafka]();
  const postgres = {
    external: () => useExternalPostgres(settings),
    docker: () => compose?.then((engines) => engines.postgres),
    embedded: () => startEmbeddedPostgres(settings),
  }[kinds.postgres]();
  const [kafkaResult, postgresResult] = await Promise.allSettled([kafka, postgres]);
  if (kafkaResult.status === 'fulfilled' && postgresResult.status === 'fulfilled') {
    if (kafkaResult.value === undefined || postgresResult.value === undefined) throw new Error('compose was not asked');
    return { kafka: kafkaResult.value, postgres: postgresResult.value };
  }
  if (kafkaResult.status === 'fulfilled') await kafkaResult.value?.stop();
  if (postgresResult.status === 'fulfilled') await postgresResult.value?.stop();
  throw kafkaResult.status === 'rejected' ? kafkaResult.reason : (postgresResult as PromiseRejectedResult).reason;
}

function composeServices(kinds: Kinds): ComposeService[] {
  const services: ComposeService[] = [];
  if (kinds.kafka === 'docker') services.push('kafka');
  if (kinds.postgres === 'docker') services.push('postgres');
  return services;
}

async function stopBoth({ kafka, postgres }: StartedPair, settings: EngineSettings): Promise<void> {
  await Promise.all([kafka.stop(), postgres.stop()]);
  if (settings.throwaway) await rm(settings.dataDir, { recursive: true, force: true });
}

async function useExternalKafka({ env }: EngineSettings): Promise<RunningEngine<string[]>> {
  const brokers = (env['KAFKA_BROKERS'] ?? '')
    .split(',')
    .map((broker) => broker.trim())
    .filter(Boolean);
  const problem = await kafkaProblem({ brokers, timeoutMs: EXTERNAL_TIMEOUT_MS });
  if (problem !== undefined) {
    throw new StartupError(`The Kafka that KAFKA_BROKERS names (${brokers.join(', ')}) does not answer: ${problem}.`);
  }
  return { address: brokers, description: `Kafka on ${brokers.join(', ')} (from KAFKA_BROKERS)`, stop: nothingToStop };
}

async function useExternalPostgres({ env }: EngineSettings): Promise<RunningEngine<string>> {
  const url = env['DATABASE_URL'] ?? '';
  const shown = withoutPassword(url);
  const problem = await postgresProblem({ url, timeoutMs: EXTERNAL_TIMEOUT_MS });
  if (problem !== undefined) {
    throw new StartupError(`The PostgreSQL that DATABASE_URL names (${shown}) does not answer: ${problem}.`);
  }
  return { address: url, description: `PostgreSQL on ${shown} (from DATABASE_URL)`, stop: nothingToStop };
}

function nothingToStop(): Promise<void> {
  return Promise.resolve();
}

/** Only host, port and database of a connection string: safe to print. */
export function withoutPassword(databaseUrl: string): string {
  if (!URL.canParse(databaseUrl)) return 'an address that is no URL';
  const { host, pathname } = new URL(databaseUrl);
  return `${host}${pathname}`;
}
