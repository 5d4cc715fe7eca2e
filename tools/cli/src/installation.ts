import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { wrongUse } from './failure.js';
import { isRecord, type JsonRecord, parsedJson, textAt } from './json-reading.js';
import type { Terminal } from './terminal.js';

export const SERVICES = ['intake', 'routing', 'notifier', 'console'] as const;
export type ServiceName = (typeof SERVICES)[number];

/** Where an address or a secret was found; `default` is a guess. */
export type Origin = 'option' | 'environment' | 'run' | 'default';

export interface Address {
  /** Without a slash at the end. */
  readonly url: string;
  readonly origin: Origin;
}

/** What `npm start` wrote about itself. */
export type RunRecord =
  | { readonly state: 'absent' }
  | { readonly state: 'unreadable' }
  | { readonly state: 'read'; readonly record: JsonRecord };

/** An installation of Handoff as a command finds it. */
export interface Installation {
  /** Folder with run.json, the token and the demo secrets. */
  readonly dataDir: string;
  readonly run: RunRecord;
  readonly addresses: Readonly<Record<ServiceName, Address>>;
  /** Page of the local mail server; `null` where there is none. */
  readonly mailboxUrl: string | null;
  readonly token: string | null;
}

export interface AddressOptions {
  readonly urlIntake?: string;
  readonly urlRouting?: string;
  readonly urlNotifier?: string;
  readonly urlConsole?: string;
}

const PORTS: Readonly<Record<ServiceName, number>> = { intake: 8081, routing: 8082, notifier: 8083, console: 8080 };
const DATA_DIR_NAME = '.handoff';

/** src and dist are equally deep. */
export const PROJECT_DIR = path.resolve(import.meta.dirname, '../../..');

/**
 * Finds the installation: options first, then the environment, then what the running one wrote, then the default ports.
 * @throws CommandFailure where an address or a named file is not usable.
 */
export function findInstallation({ cwd, env }: Pick<Terminal, 'cwd' | 'env'>, options: AddressOptions): Installation {
  const dataDir = dataDirFor(cwd, env);
  const run = readRun(dataDir);
  const address = (service: ServiceName, option: string | undefined): Address => addressOf({ service, option, env, run });
  return {
    dataDir,
    run,
    addresses: { intake: address('intake', options.urlIntake), routing: address('routing', options.urlRouting), notifier: address('notifier', options.urlNotifier), console: address('console', options.urlConsole) },
    mailboxUrl: run.state === 'read' ? textAt(run.record, 'addresses', 'mailbox') : null,
    token: readToken(env, dataDir),
  };
}

/** HANDOFF_DATA_DIR (relative to the project, as `npm start` has it), else the nearest `.handoff` upwards, else the project's. */
function dataDirFor(cwd: string, env: NodeJS.ProcessEnv): string {
  const named = env['HANDOFF_DATA_DIR'];
  if (named) return path.resolve(PROJECT_DIR, named);
  for (let dir = path.resolve(cwd); ; dir = path.dirname(dir)) {
    const candidate = path.join(dir, DATA_DIR_NAME);
    if (existsSync(candidate)) return candidate;
    if (dir === path.dirname(dir)) return path.join(PROJECT_DIR, DATA_DIR_NAME);
  }
}

function readRun(dataDir: string): RunRecord {
  const text = readIfThere(path.join(dataDir, 'run.json'));
  if (text === null) return { state: 'absent' };
  const record = parsedJson(text);
  return isRecord(record) ? { state: 'read', record } : { state: 'unreadable' };
}

interface AddressQuestion {
  readonly service: ServiceName;
  readonly option: string | undefined;
  readonly env: NodeJS.ProcessEnv;
  readonly run: RunRecord;
}

function addressOf({ service, option, env, run }: AddressQuestion): Address {
  const variable = `HANDOFF_${service.toUpperCase()}_URL`;
  const fromRun = run.state === 'read' ? textAt(run.record, 'addresses', service) : null;
  if (option !== undefined) return { url: usableUrl(`--url-${service}`, option), origin: 'option' };
  if (env[variable]) return { url: usableUrl(variable, env[variable]), origin: 'environment' };
  if (fromRun !== null) return { url: usableUrl(`The address of ${service} in run.json`, fromRun), origin: 'run' };
  return { url: `http://127.0.0.1:${PORTS[service]}`, origin: 'default' };
}

/** Checks a base address and drops the slash at its end. */
export function usableUrl(where: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) throw wrongUse('bad-address', `${where} is "${text}", which is no address: give one like http://127.0.0.1:8081.`);
  return text.replace(/\/+$/, '');
}

function readToken(env: NodeJS.ProcessEnv, dataDir: string): string | null {
  if (env['HANDOFF_TOKEN']) return env['HANDOFF_TOKEN'].trim();
  const named = env['HANDOFF_TOKEN_FILE'];
  const text = readIfThere(named || path.join(dataDir, 'token'));
  if (named && text === null) throw wrongUse('unreadable-file', `HANDOFF_TOKEN_FILE names ${named}, and there is no such file: name the file that holds the bearer token.`);
  return text === null || text.trim() === '' ? null : text.trim();
}

/** The signing secret of a demo source, which intake wrote at its first start; `null` where it has none. */
export function demoSecret(dataDir: string, source: string): string | null {
  const text = readIfThere(path.join(dataDir, 'demo-secrets.json'));
  return text === null ? null : textAt(parsedJson(text), source);
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw wrongUse('unreadable-file', `${file} cannot be read: ${message}.`);
  }
}
