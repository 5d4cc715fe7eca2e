import { setTimeout as delay } from 'node:timers/promises';
import { monotonicMs } from '../load/monotonic.js';
import type { Child } from '../process/child.js';
import type { Rig } from './rig.js';

export interface Draining {
  /** The process that drains. */
  readonly child: Child;
  readonly total: number;
  /** How much is done by now. */
  readonly done: () => Promise<number>;
}

export interface Drained {
  /** What the engines took. */
  readonly engines: Readonly<Record<string, number>>;
  readonly perSecond: number;
  /** How many were done while it was measured. */
  readonly measured: number;
}

/** The first tenth is for warming up: a service lives for days. */
const WARM_UP_SHARE = 0.1;
const POLL_MS = 50;
const STALLED_MS_MAX = 60_000;

/** Watches a backlog being drained, and says how fast all but its first tenth went. */
export async function drained(rig: Rig, { child, total, done }: Draining): Promise<Drained> {
  const warm = await reached({ child, total: Math.ceil(total * WARM_UP_SHARE), done });
  await child.ask('beginFigures');
  const tookSince = await rig.engineCpu();
  const whole = await reached({ child, total, done });
  const measured = whole.done - warm.done;
  return { measured, engines: await tookSince(measured), perSecond: (measured / (whole.atMs - warm.atMs)) * 1_000 };
}

/** Waits until so much is done. @throws Error where nothing happens any more. */
export async function reached({ child, total, done }: Draining): Promise<{ readonly done: number; readonly atMs: number }> {
  let last = { done: -1, atMs: monotonicMs() };
  for (;;) {
    child.requireAlive();
    const count = await done();
    const atMs = monotonicMs();
    if (count >= total) return { done: count, atMs };
    if (count > last.done) last = { done: count, atMs };
    else if (atMs - last.atMs > STALLED_MS_MAX) throw new Error(`It stands still at ${count} of ${total}. The log ends with:\n${child.lastWords()}`);
    await delay(POLL_MS);
  }
}
