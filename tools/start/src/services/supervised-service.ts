import { spawn, type ChildProcess } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import path from 'node:path';
import { eventually, heapLimitsOf } from '@handoff/engines';
import { notReadyReason } from './ready.js';
import { decideRestart, EARLY_DEATHS_BEFORE_HELP } from './restart.decision.js';
import type { ServiceEntry } from './service-table.js';
import type { ServiceLog } from './service-log.js';

export interface SupervisedServicePlan {
  readonly entry: ServiceEntry;
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly log: ServiceLog;
  readonly say: (line: string) => void;
  /** Hears each new process id, and undefined when the process has ended. */
  readonly pidChanged: (pid: number | undefined) => void;
}

const STOP_GRACE_MS = 10_000;
const READY_AGAIN_MS_MAX = 60_000;
/** Beside this file, and like it either built or, in tests, TypeScript, which Node runs as it is. */
const END_WITH_PARENT = pathToFileURL(
  path.join(import.meta.dirname, `end-with-parent${path.extname(import.meta.filename)}`),
).href;

/** One service, started again whenever it ends unasked. */
export class SupervisedService {
  private child: ChildProcess | undefined;
  private ended: Promise<void> = Promise.resolve();
  private restart: NodeJS.Timeout | undefined;
  private stopping = false;
  private earlyDeaths = 0;
  private lastEnd = 'it has not been started';

  constructor(private readonly plan: SupervisedServicePlan) {}

  get name(): string {
    return this.plan.entry.name;
  }

  start(): void {
    const startedAtMs = Date.now();
    const { entry, env, cwd, log } = this.plan;
    // A session of its own: a Ctrl-C in the terminal comes to us alone, and we stop the services in order.
    const child = spawn(process.execPath, ['--enable-source-maps', ...heapLimitsOf(entry.name), '--import', END_WITH_PARENT, entry.main], {
      cwd,
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.child = child;
    if (child.stdout && child.stderr) log.follow({ stdout: child.stdout, stderr: child.stderr });
    this.plan.pidChanged(child.pid);
    this.ended = new Promise((resolve) => {
      const end = (how: string): void => {
        if (this.child === child) this.onEnd(how, Date.now() - startedAtMs);
        resolve();
      };
      child.once('error', (error) => end(error.message));
      child.once('exit', (code, signal) => end(signal ?? `exit code ${code}`));
    });
  }

  /** Waits until the service is ready. Answers undefined then, else the reason why it is not. */
  async untilReady(timeoutMs: number, giveUp: AbortSignal): Promise<string | undefined> {
    let reason = 'no answer';
    const outcome = await eventually(
      async () => {
        if (giveUp.aborted) return { reason: 'the start was cut short' };
        if (this.earlyDeaths >= EARLY_DEATHS_BEFORE_HELP)
          return { reason: `it ended ${this.earlyDeaths} times (${this.lastEnd})` };
        const answer = this.child === undefined ? this.lastEnd : await notReadyReason(this.plan.entry.port);
        if (answer === undefined) return { reason: undefined };
        reason = answer;
        return undefined;
      },
      { timeoutMs, intervalMs: 100 },
    );
    return outcome === undefined ? `it was not ready after ${timeoutMs / 1_000} s (${reason})` : outcome.reason;
  }

  /** Asks the service to end, and after ten seconds, or at once when `hurry` is aborted, makes it. */
  async stop(hurry: AbortSignal): Promise<void> {
    this.stopping = true;
    clearTimeout(this.restart);
    const child = this.child;
    if (child !== undefined) {
      const kill = (): void => void child.kill('SIGKILL');
      const timer = setTimeout(kill, STOP_GRACE_MS);
      hurry.addEventListener('abort', kill);
      child.kill(hurry.aborted ? 'SIGKILL' : 'SIGTERM');
      await this.ended;
      hurry.removeEventListener('abort', kill);
      clearTimeout(timer);
    }
    this.plan.log.close();
  }

  logTail(lineCount: number): Promise<string> {
    return this.plan.log.tail(lineCount);
  }

  get logFile(): string {
    return this.plan.log.file;
  }

  private onEnd(how: string, livedMs: number): void {
    this.child = undefined;
    this.lastEnd = how;
    this.plan.pidChanged(undefined);
    if (this.stopping) return;
    const decision = decideRestart({ livedMs, earlyDeathsBefore: this.earlyDeaths });
    this.earlyDeaths = decision.earlyDeaths;
    this.plan.say(`${this.name} ended (${how}); starting it again${inSeconds(decision.delayMs)}`);
    if (decision.callForHelp) void this.callForHelp();
    this.restart = setTimeout(() => this.startAgain(), decision.delayMs);
  }

  private startAgain(): void {
    this.start();
    const child = this.child;
    void this.untilReadyAgain(child);
  }

  private async untilReadyAgain(child: ChildProcess | undefined): Promise<void> {
    const ready = await eventually(
      async () => {
        if (this.child !== child) return false;
        return (await notReadyReason(this.plan.entry.port)) === undefined ? true : undefined;
      },
      { timeoutMs: READY_AGAIN_MS_MAX, intervalMs: 200 },
    );
    if (ready && !this.stopping) this.plan.say(`${this.name} is ready again`);
  }

  private async callForHelp(): Promise<void> {
    const tail = await this.logTail(10);
    this.plan.say(
      `${this.name} ended ${EARLY_DEATHS_BEFORE_HELP} times within 30 s of its start; Handoff keeps trying slowly. Its log, ${this.logFile}, ends with:\n${tail}`,
    );
  }
}

function inSeconds(delayMs: number): string {
  return delayMs >= 5_000 ? ` in ${delayMs / 1_000} s` : '';
}
