import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { startGuard } from './guard.js';
import { lastLines } from './run-command.js';
import { stopLeftover, type StopRequest } from './running-process.js';

export interface EngineProcessPlan extends StopRequest {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly uid?: number;
  readonly gid?: number;
  readonly logFile: string;
  /** Remembers the process id, so that the next start can stop what a killed run left. */
  readonly pidFile: string;
}

export interface EngineProcess {
  /** Why it ended ("exit code 1", "SIGKILL"), or undefined while it runs. */
  ended(): string | undefined;
  stop(): Promise<void>;
}

/**
 * Starts an engine in a session of its own: the terminal's Ctrl-C reaches us, and we stop the engine in order. If we
 * are killed, its guard stops it.
 */
export async function startEngineProcess(plan: EngineProcessPlan): Promise<EngineProcess> {
  const log = openSync(plan.logFile, 'w', 0o600);
  let child: ChildProcess;
  try {
    child = spawn(plan.file, plan.args, {
      cwd: plan.cwd,
      env: plan.env,
      detached: true,
      stdio: ['ignore', log, log],
      ...(plan.uid === undefined ? {} : { uid: plan.uid, gid: plan.gid }),
    });
  } finally {
    closeSync(log);
  }
  let reason: string | undefined;
  const end = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      reason = error.message;
      resolve();
    });
    child.once('exit', (code, signal) => {
      reason = signal ?? `exit code ${code}`;
      resolve();
    });
  });
  child.unref();
  const pid = child.pid;
  if (pid === undefined) {
    await end;
    return { ended: () => reason, stop: () => Promise.resolve() };
  }
  const guard = startGuard(pid, plan);
  await writeFile(plan.pidFile, `${pid}\n`);
  return {
    ended: () => reason,
    stop: async () => {
      child.ref();
      if (reason === undefined) child.kill(plan.signal);
      const killer = setTimeout(() => child.kill('SIGKILL'), plan.graceMs);
      await end;
      clearTimeout(killer);
      guard.release();
      await rm(plan.pidFile, { force: true });
    },
  };
}

/** Stops what the process id file names, if it still runs and is ours. */
export async function stopRecorded(pidFile: string, request: StopRequest): Promise<boolean> {
  const text = await readFile(pidFile, 'utf8').catch(() => '');
  // PostgreSQL's own postmaster.pid has the id on its first line as well.
  const pid = Number.parseInt(text, 10);
  return pid > 1 ? stopLeftover(pid, request) : false;
}

/** The end of an engine's log, for an error message. */
export async function logTail(logFile: string): Promise<string> {
  const text = await readFile(logFile, 'utf8').catch(() => '');
  return lastLines(text, 8);
}
