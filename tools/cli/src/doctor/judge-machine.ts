import { isRecord, textAt, valueAt } from '../json-reading.js';
import type { RunRecord } from '../installation.js';
import { type CheckResult, fine, finding } from './finding.js';

const NODE_MIN = [20, 19] as const;
const FREE_BYTES_MIN = 1_073_741_824;
const GIB = 1_073_741_824;

/** Whether this Node can install and run Handoff. */
export function judgeNode(version: string): CheckResult {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isEnough = major > NODE_MIN[0] || (major === NODE_MIN[0] && minor >= NODE_MIN[1]);
  if (isEnough) return fine('node', `Node is ${version}.`);
  return finding('node', `Node is ${version}, and Handoff needs ${NODE_MIN.join('.')} or newer.`, 'Install a newer Node from https://nodejs.org.');
}

export interface InstallFacts {
  readonly lockWrittenAtMs: number | null;
  /** npm writes its own lock file last. */
  readonly installedAtMs: number | null;
  /** The Node that comes with the dependencies, which the services run on. */
  readonly hasOwnNode: boolean;
  /** The bootstrap noted this very lock file as installed. */
  readonly isStamped: boolean;
}

/** Whether the dependencies are there and those that package-lock.json asks for. */
export function judgeInstall({ lockWrittenAtMs, installedAtMs, hasOwnNode, isStamped }: InstallFacts): CheckResult {
  const remedy = 'Run: npm start';
  if (installedAtMs === null) return finding('dependencies', 'The dependencies are not installed.', remedy);
  if (!hasOwnNode) return finding('dependencies', 'The Node that the services run on is missing from node_modules.', 'Allow install scripts (npm config set ignore-scripts false), remove node_modules, then run: npm start');
  const isOlder = lockWrittenAtMs !== null && installedAtMs < lockWrittenAtMs;
  if (isOlder && !isStamped) return finding('dependencies', 'The dependencies are older than package-lock.json.', remedy);
  return fine('dependencies', 'The dependencies are installed.');
}

/** Whether `npm start` runs here with everything it started. `isRemote`: all addresses were given, so no local run is expected. */
export function judgeRun(run: RunRecord, { isAlive, isRemote }: { readonly isAlive: (pid: number) => boolean; readonly isRemote: boolean }): CheckResult {
  const remedy = 'Run: npm start';
  if (run.state === 'unreadable') return finding('run', 'run.json cannot be read as JSON.', 'Remove .handoff/run.json, then run: npm start');
  if (run.state === 'absent') {
    return isRemote ? fine('run', 'No local run is recorded; the addresses that were given are used.') : finding('run', 'Handoff has not been started here: there is no run.json.', remedy);
  }
  const pid = pidAt(run.record, 'pid');
  if (pid === null || !isAlive(pid)) return finding('run', `Handoff is not running: its process ${pid ?? '(unknown)'} has ended without cleaning up.`, remedy);
  const dead = Object.keys(isRecord(run.record['children']) ? run.record['children'] : {}).filter((name) => !isAliveChild(pidAt(run.record, 'children', name), isAlive));
  if (dead.length > 0) return finding('run', `Handoff runs as process ${pid}, but ended: ${dead.join(', ')}.`, `See the log in .handoff/logs, or stop Handoff and run: npm start`);
  const state = textAt(run.record, 'state');
  if (state === 'starting') return finding('run', `Handoff is still starting (process ${pid}).`, 'Wait until npm start prints the addresses, then ask again.');
  return fine('run', `Handoff runs as process ${pid} since ${textAt(run.record, 'startedAt') ?? 'an unknown time'}.`);
}

const isAliveChild = (pid: number | null, isAlive: (pid: number) => boolean): boolean => pid === null || isAlive(pid);

function pidAt(record: unknown, ...path: readonly string[]): number | null {
  const value = valueAt(record, ...path);
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : null;
}

/** Whether there is room for the engines' data. `freeBytes` is `null` where that cannot be told. */
export function judgeDisk(dir: string, freeBytes: number | null): CheckResult {
  if (freeBytes === null) return fine('disk', `The free space at ${dir} cannot be told here.`);
  const gib = (freeBytes / GIB).toFixed(1);
  if (freeBytes >= FREE_BYTES_MIN) return fine('disk', `${gib} GiB are free for ${dir}.`);
  return finding('disk', `Only ${gib} GiB are free for ${dir}; Kafka and PostgreSQL stop when it is full.`, 'Make room on that disk; npm run reset removes all data of Handoff.');
}
