import { readFileSync } from 'node:fs';

export interface StopRequests {
  /** Aborted by the first Ctrl-C. */
  readonly stop: AbortSignal;
  /** Aborted by the second. */
  readonly hurry: AbortSignal;
}

/** npm passes on a Ctrl-C that the terminal has given us already: within this time both are one. */
const SAME_REQUEST_MS = 1_000;
const PARENT_CHECK_MS = 1_000;

/**
 * Listens for Ctrl-C, SIGTERM and SIGHUP: the first stops in order, the second hurries, the third ends at once. When
 * npm started us and is killed, that counts as the first.
 */
export function listenForStop(say: (line: string) => void): StopRequests {
  const stop = new AbortController();
  const hurry = new AbortController();
  let lastAtMs = Number.NEGATIVE_INFINITY;
  const request = (): void => {
    const nowMs = Date.now();
    if (nowMs - lastAtMs < SAME_REQUEST_MS) return;
    lastAtMs = nowMs;
    if (hurry.signal.aborted) process.exit(1);
    if (stop.signal.aborted) {
      say('Stopping at once …');
      hurry.abort();
      return;
    }
    say('Stopping …');
    stop.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, request);
  if (process.env['npm_lifecycle_event'] !== undefined) stopWithParent(stop.signal, request);
  return { stop: stop.signal, hurry: hurry.signal };
}

function stopWithParent(stop: AbortSignal, request: () => void): void {
  const ancestry = ourAncestry();
  const timer = setInterval(() => {
    if (ourAncestry() === ancestry && !stop.aborted) return;
    clearInterval(timer);
    if (!stop.aborted) request();
  }, PARENT_CHECK_MS);
  timer.unref();
}

/**
 * npm's process id, as a text that changes when npm is gone. npm runs a script by `sh -c`; some shells stay between
 * npm and us, and then npm is our parent's parent.
 */
function ourAncestry(): string {
  const parent = process.ppid;
  try {
    const isShell = readFileSync(`/proc/${parent}/cmdline`, 'utf8').startsWith('sh\0-c\0');
    const stat = readFileSync(`/proc/${parent}/stat`, 'utf8');
    const grandparent = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
    return isShell ? `${parent} ${grandparent}` : `${parent}`;
  } catch {
    // Where there is no /proc, the parent alone has to do.
    return `${parent}`;
  }
}
