import { spawn, type SpawnOptions } from 'node:child_process';

export interface CommandResult {
  /** Null when it could not be started, was killed, or took too long. */
  readonly exitCode: number | null;
  /** Standard output and error together, the last 64 KiB. */
  readonly output: string;
  /** ENOENT when there is no such program. */
  readonly startProblem: string | undefined;
}

export interface CommandOptions extends Pick<SpawnOptions, 'cwd' | 'env' | 'uid' | 'gid'> {
  readonly timeoutMs: number;
}

const OUTPUT_CHARS_MAX = 65_536;

/**
 * Runs a program to its end and never throws. It runs in a process group of its own, so that a Ctrl-C meant for us
 * does not cut it short half-way; past `timeoutMs` it is killed.
 */
export function runCommand(file: string, args: readonly string[], options: CommandOptions): Promise<CommandResult> {
  const { timeoutMs, ...spawnOptions } = options;
  return new Promise((resolve) => {
    let output = '';
    const keep = (chunk: Buffer): void => {
      output = (output + chunk.toString('utf8')).slice(-OUTPUT_CHARS_MAX);
    };
    const child = spawn(file, args, { ...spawnOptions, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      resolve({ exitCode: null, output, startProblem: error.code ?? error.message });
    });
    child.once('close', (exitCode) => {
      clearTimeout(timer);
      resolve({ exitCode, output, startProblem: undefined });
    });
  });
}

/** The last lines of a text, for an error message. */
export function lastLines(text: string, count: number): string {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}
