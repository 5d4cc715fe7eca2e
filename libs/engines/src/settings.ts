import path from 'node:path';
import type { EnginesOptions } from './engines.js';
import { StartupError } from './startup-error.js';

export interface EngineSettings {
  readonly rootDir: string;
  readonly dataDir: string;
  readonly env: NodeJS.ProcessEnv;
  readonly freePorts: boolean;
  readonly throwaway: boolean;
  /** Nothing is left out that a normal run does, for the sake of a quick test. */
  readonly durable: boolean;
  readonly kafkaAdvertisedPort: number | undefined;
  readonly signal: AbortSignal | undefined;
  readonly note: (line: string) => void;
}

/** libs/engines/src and libs/engines/dist are equally deep. */
const PROJECT_ROOT = path.resolve(import.meta.dirname, '../../..');

export function settingsFrom(options: EnginesOptions): EngineSettings {
  const env = options.env ?? process.env;
  const rootDir = path.resolve(options.rootDir ?? PROJECT_ROOT);
  return {
    rootDir,
    dataDir: options.dataDir === undefined ? dataDirFrom(env, rootDir) : path.resolve(options.dataDir),
    env,
    freePorts: options.freePorts ?? false,
    throwaway: options.throwaway ?? false,
    durable: options.durable ?? options.throwaway !== true,
    kafkaAdvertisedPort: options.kafkaAdvertisedPort,
    signal: options.signal,
    note: options.note ?? (() => undefined),
  };
}

/** Where a local run keeps its data: HANDOFF_DATA_DIR (relative to the project), else `.handoff` in the project. */
export function dataDirFrom(env: NodeJS.ProcessEnv, rootDir: string = PROJECT_ROOT): string {
  return path.resolve(rootDir, env['HANDOFF_DATA_DIR'] || '.handoff');
}

/** The project's folder. */
export function projectRoot(): string {
  return PROJECT_ROOT;
}

/** Reads a port from the environment. Throws a StartupError when it is no port. */
export function portFrom(env: NodeJS.ProcessEnv, variable: string, fallback: number): number {
  const text = env[variable];
  if (text === undefined || text === '') return fallback;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new StartupError(`${variable} is "${text}", which is not a port: use a whole number from 1 to 65535.`);
}

/** "the start was cut short" once the caller has given up, else undefined. */
export function abortReason(settings: EngineSettings): string | undefined {
  return settings.signal?.aborted ? 'the start was cut short' : undefined;
}
