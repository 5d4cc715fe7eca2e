import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { startGuard, type Guard } from './guard.js';
import { lastLines } from './run-command.js';
import { stopLeftover, type StopRequest } from './running-process.js';

export interface EngineProcessPlan extends StopRequest {
  readonly name: string;
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

interface Launched {
  readonly child: ChildProcess;
  readonly guard: Guard | undefined;
  readonly startedAtMs: number;
  readonly end: Promise<void>;
}

const RESTART_DELAY_MS = 1_000;
const RESTART_DELAY_MS_MAX = 30_000;
/** An engine that lived this long had started well. */
const LIVED_WELL_MS = 30_000;

/**
 * An engine as a process in a session of its own: the terminal's Ctrl-C reaches us, and we stop the engine in order.
 * If we are killed, its guard stops it.
 */
export class EngineProcess {
  private current: Launched;
  private reason: string | undefined;
  private stopping = false;
  private restart: NodeJS.Timeout | undefined;
  private restartDelayMs = RESTART_DELAY_MS;
  private note: ((line: string) => void) | undefined;

  private constructor(private readonly plan: EngineProcessPlan) {
    this.current = this.launch('w');
  }

  static start(plan: EngineProcessPlan): EngineProcess {
    return new EngineProcess(plan);
  }

  /** Why it ended ("exit code 1", "SIGKILL"), or undefined while it runs. */
  ended(): string | undefined {
    return this.reason;
  }

  /** From now on it is started again when it ends unasked. `note` hears of it. */
  keepRunning(note: (line: string) => void): void {
    this.note = note;
    if (this.reason !== undefined) this.startAgainLater();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.restart);
    const { child, end, guard } = this.current;
    if (this.reason === undefined) {
      child.ref();
      child.kill(this.plan.signal);
      const killer = setTimeout(() => child.kill('SIGKILL'), this.plan.graceMs);
      await end;
      clearTimeout(killer);
    }
    guard?.release();
    await rm(this.plan.pidFile, { force: true });
  }

  private launch(logMode: 'w' | 'a'): Launched {
    const { plan } = this;
    this.reason = undefined;
    const log = openSync(plan.logFile, logMode, 0o600);
    let child: ChildProcess;
    try {
      const user = plan.uid === undefined ? {} : { uid: plan.uid, gid: plan.gid };
      const stdio: ['ignore', number, number] = ['ignore', log, log];
      child = spawn(plan.file, plan.args, { cwd: plan.cwd, env: plan.env, detached: true, stdio, ...user });
    } finally {
      closeSync(log);
    }
    child.unref();
    const end = new Promise<void>((resolve) => {
      const ended = (reason: string): void => {
        this.reason = reason;
        resolve();
        if (this.note !== undefined && !this.stopping) this.startAgainLater();
      };
      child.once('error', (error) => ended(error.message));
      child.once('exit', (code, signal) => ended(signal ?? `exit code ${code}`));
    });
    if (child.pid === undefined) return { child, end, guard: undefined, startedAtMs: Date.now() };
    writeFileSync(plan.pidFile, `${child.pid}\n`);
    return { child, end, guard: startGuard(child.pid, plan), startedAtMs: Date.now() };
  }

  private startAgainLater(): void {
    this.current.guard?.release();
    const livedWell = Date.now() - this.current.startedAtMs >= LIVED_WELL_MS;
    const delayMs = livedWell ? RESTART_DELAY_MS : this.restartDelayMs;
    this.restartDelayMs = Math.min(delayMs * 2, RESTART_DELAY_MS_MAX);
    this.note?.(
      `${this.plan.name} ended (${this.reason}); starting it again in ${delayMs / 1_000} s. Its log: ${this.plan.logFile}`,
    );
    this.restart = setTimeout(() => {
      this.current = this.launch('a');
    }, delayMs);
  }
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
