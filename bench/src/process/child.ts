import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { heapLimitsOf, lastLines } from '@handoff/engines';
import type { Question, Told } from './answering.js';

export interface ChildPlan {
  /** Shown in errors, and the name of its log. */
  readonly name: string;
  /** The program, absolute. */
  readonly main: string;
  /** Handed to it as JSON; it reads it with `startArgument`. */
  readonly argument?: unknown;
  readonly env: NodeJS.ProcessEnv;
  readonly logDir: string;
  /** Folder for a CPU profile, written when it ends. */
  readonly profileDir?: string | undefined;
}

const STOP_MS_MAX = 20_000;
const LAST_LINES = 12;
const PROBE = pathToFileURL(path.join(import.meta.dirname, 'probe.js')).href;

/** One process of a stage. It can be asked what it answers (`answering.ts`), and everything that the probe answers. */
export class Child {
  private readonly questions = new Map<number, PromiseWithResolvers<unknown>>();
  private readonly ready = Promise.withResolvers<unknown>();
  private readonly ended = Promise.withResolvers<void>();
  private asked = 0;
  private end: Error | undefined;

  private constructor(private readonly plan: ChildPlan, private readonly process: ChildProcess) {
    process.on('message', (told: Told) => this.hear(told));
    process.once('error', (error) => this.finish(error.message));
    process.once('exit', (code, signal) => this.finish(signal ?? `exit code ${code}`));
    // Who waits for neither must not be told of a failure twice.
    this.ready.promise.catch(() => undefined);
  }

  static start(plan: ChildPlan): Child {
    const profiling = plan.profileDir === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${plan.profileDir}`];
    const given = plan.argument === undefined ? [] : [JSON.stringify(plan.argument)];
    const log = openSync(logFileOf(plan), 'a');
    // As `npm start` runs a service; a floor has the limits of its service.
    const heap = heapLimitsOf(plan.name.replace('floor-', ''));
    try {
      return new Child(plan, spawn(process.execPath, [...heap, ...profiling, '--import', PROBE, plan.main, ...given], {
        env: plan.env, stdio: ['ignore', log, log, 'ipc'], serialization: 'advanced',
        // The terminal's Ctrl-C comes to us alone, and we stop the processes in order.
        detached: true,
      }));
    } finally {
      closeSync(log);
    }
  }

  /** What it said when it became ready. */
  async untilReady<T>(): Promise<T> {
    return (await this.ready.promise) as T;
  }

  /** Throws when the process has ended. */
  requireAlive(): void {
    if (this.end !== undefined) throw this.end;
  }

  async ask<T>(method: string, argument: unknown = null): Promise<T> {
    this.requireAlive();
    this.asked += 1;
    const question: Question = { id: this.asked, method, argument };
    const answered = Promise.withResolvers<unknown>();
    this.questions.set(question.id, answered);
    this.process.send(question);
    return (await answered.promise) as T;
  }

  async stop(): Promise<void> {
    if (this.end !== undefined) return;
    this.process.kill('SIGTERM');
    const killer = setTimeout(() => this.process.kill('SIGKILL'), STOP_MS_MAX);
    await this.ended.promise;
    clearTimeout(killer);
  }

  /** The end of its log, for an error message. */
  lastWords(): string {
    return lastLines(readFileSync(logFileOf(this.plan), 'utf8'), LAST_LINES);
  }

  private hear(told: Told): void {
    if ('ready' in told) return this.ready.resolve(told.ready);
    const answered = this.questions.get(told.id);
    this.questions.delete(told.id);
    if ('failure' in told) answered?.reject(new Error(`${this.plan.name}: ${told.failure}`));
    else answered?.resolve(told.answer);
  }

  private finish(how: string): void {
    if (this.end !== undefined) return;
    const error = new Error(`${this.plan.name} ended: ${how}. Its log ends with:\n${this.lastWords()}`);
    this.end = error;
    this.ready.reject(error);
    for (const answered of this.questions.values()) answered.reject(error);
    this.ended.resolve();
  }
}

function logFileOf({ logDir, name }: ChildPlan): string {
  return path.join(logDir, `${name}.log`);
}
