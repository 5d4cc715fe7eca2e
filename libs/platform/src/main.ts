import { setTimeout as delay } from 'node:timers/promises';
import { StartupError } from './config.js';

const SHUTDOWN_MS_MAX = 15_000;
/** What was emitted before anybody listened is lost: a part may fail while the others are still being started. */
let hasFailed = false;

/** Something that runs until it is closed. */
export interface Running {
  close(): Promise<void>;
}

/**
 * The main of every service: starts it, closes it on SIGTERM or SIGINT within a limit, and turns a failed start
 * into a sentence and exit code 1.
 */
export async function runService(start: () => Promise<Running>): Promise<void> {
  let stopping = false;
  const stop = async (running: Running, exitCode: number): Promise<void> => {
    if (stopping) return;
    stopping = true;
    const limit = delay(SHUTDOWN_MS_MAX, 'late' as const, { ref: false });
    const outcome = await Promise.race([running.close().then(() => 'closed' as const), limit]).catch((error: unknown) => {
      process.stderr.write(`${(error as Error).stack ?? String(error)}\n`);
      return 'failed' as const;
    });
    process.exit(outcome === 'closed' ? exitCode : 1);
  };
  try {
    const running = await start();
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void stop(running, 0));
    process.on('handoff:fatal' as never, () => void stop(running, 1));
    if (hasFailed) void stop(running, 1);
  } catch (error) {
    const text = error instanceof StartupError ? error.message : ((error as Error).stack ?? String(error));
    process.stderr.write(`${text}\n`);
    process.exit(1);
  }
}

/** Ends the process in good order, with exit code 1, because a part of it cannot go on. A supervisor starts it again. */
export function failService(reason: string): void {
  process.stderr.write(`${reason}\n`);
  hasFailed = true;
  process.emit('handoff:fatal' as never);
}
