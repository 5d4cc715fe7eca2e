import { setTimeout as delay } from 'node:timers/promises';

/**
 * Asks again until the check passes, and then returns what it returned; after `withinMs` fails with its last error.
 * The limit only bounds a failing test: a passing one ends as soon as it can.
 */
export async function eventually<R>(check: () => R | Promise<R>, { withinMs = 30_000, everyMs = 50 } = {}): Promise<R> {
  const endsAt = Date.now() + withinMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() >= endsAt) throw error;
      await delay(everyMs);
    }
  }
}
