import { setTimeout as pause } from 'node:timers/promises';

export interface Patience {
  readonly timeoutMs: number;
  readonly intervalMs: number;
}

/** Asks until the answer is not undefined, or time is up; then answers undefined. */
export async function eventually<T>(ask: () => Promise<T | undefined>, patience: Patience): Promise<T | undefined> {
  const deadline = Date.now() + patience.timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() >= deadline) return undefined;
    await pause(patience.intervalMs);
  }
}
