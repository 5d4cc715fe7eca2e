import { createRequire } from 'node:module';

/** The parts of kafkajs's private RequestQueue that the fix touches. */
interface RequestQueue {
  throttledUntil: number;
  throttleCheckTimeoutId: NodeJS.Timeout | null;
  pending: readonly unknown[];
  checkPendingRequests(): void;
  scheduleCheckPendingRequests(): void;
}

const THROTTLE_CHECK_MS_MIN = 10;

/**
 * kafkajs 2.2.4 re-arms a timer of 1 ms for ever on every connection, throttled or not: about 5 % of a core while idle,
 * and a TimeoutNegativeWarning on current Node. A check is needed only while requests wait for a throttle to end.
 * `request-queue-fix.spec.ts` fails when a new version of kafkajs no longer needs this.
 */
export function fixRequestQueue(): void {
  const { prototype } = loadRequestQueue();
  prototype.scheduleCheckPendingRequests = function schedule(this: RequestQueue): void {
    if (this.throttleCheckTimeoutId !== null || this.pending.length === 0) return;
    const waitMs = Math.max(this.throttledUntil - Date.now(), THROTTLE_CHECK_MS_MIN);
    this.throttleCheckTimeoutId = setTimeout(() => {
      this.throttleCheckTimeoutId = null;
      this.checkPendingRequests();
    }, waitMs);
  };
}

export function loadRequestQueue(): { prototype: RequestQueue } {
  return createRequire(import.meta.url)('kafkajs/src/network/requestQueue/index.js') as { prototype: RequestQueue };
}
