import { readFile } from 'node:fs/promises';
import { eventually } from '../eventually.js';
import { runCommand } from './run-command.js';

/** True when a process of this id exists, whoever's it is. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The command line of a process, or undefined when there is no such process. */
export async function commandLineOf(pid: number): Promise<string | undefined> {
  if (!isAlive(pid)) return undefined;
  try {
    const raw = await readFile(`/proc/${pid}/cmdline`, 'utf8');
    return raw.replaceAll('\0', ' ').trim() || undefined;
  } catch {
    return psColumn(pid, 'args=');
  }
}

/**
 * Tells one process from a later one with the same id: the time it started. Undefined when there is no such process.
 * It holds for one boot of one machine.
 */
export async function identityOf(pid: number): Promise<string | undefined> {
  if (!isAlive(pid)) return undefined;
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    const bootId = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
    // The second field, the program's name, may hold spaces; what follows its ')' does not. The start time is field 22.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z') return undefined;
    return `${bootId}/${fields[19]}`;
  } catch {
    return psColumn(pid, 'lstart=');
  }
}

async function psColumn(pid: number, column: string): Promise<string | undefined> {
  const result = await runCommand('ps', ['-ww', '-o', column, '-p', String(pid)], { timeoutMs: 5_000 });
  return result.exitCode === 0 ? result.output.trim() || undefined : undefined;
}

export interface StopRequest {
  /** Found in the command line of the process if it is ours; another program with that id is left alone. */
  readonly marker: string;
  readonly signal: NodeJS.Signals;
  /** After this long it is killed. */
  readonly graceMs: number;
}

/** Stops a process that an earlier run left behind. True when there was one. */
export async function stopLeftover(pid: number, request: StopRequest): Promise<boolean> {
  const isOurs = async (): Promise<boolean> => ((await commandLineOf(pid)) ?? '').includes(request.marker);
  if (!(await isOurs())) return false;
  const gone = async (): Promise<true | undefined> => ((await isOurs()) ? undefined : true);
  signal(pid, request.signal);
  if (await eventually(gone, { timeoutMs: request.graceMs, intervalMs: 50 })) return true;
  signal(pid, 'SIGKILL');
  await eventually(gone, { timeoutMs: 5_000, intervalMs: 50 });
  return true;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended meanwhile.
  }
}
