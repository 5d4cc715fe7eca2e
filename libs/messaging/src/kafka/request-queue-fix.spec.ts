import { fixRequestQueue, loadRequestQueue } from './request-queue-fix.js';

const idleQueue = (prototype: object) => Object.assign(Object.create(prototype) as { throttleCheckTimeoutId: NodeJS.Timeout | null; scheduleCheckPendingRequests(): void }, { throttledUntil: -1, throttleCheckTimeoutId: null, pending: [], checkPendingRequests: () => undefined });

describe('the request queue of kafkajs', () => {
  it('still arms a timer with nothing to do: when this fails, upstream has mended it and the fix can go', () => {
    const queue = idleQueue(loadRequestQueue().prototype);
    queue.scheduleCheckPendingRequests();
    const timer = queue.throttleCheckTimeoutId;
    clearTimeout(timer ?? undefined);
    expect(timer).not.toBeNull();
  });

  it('arms none once mended', () => {
    fixRequestQueue();
    const queue = idleQueue(loadRequestQueue().prototype);
    queue.scheduleCheckPendingRequests();
    expect(queue.throttleCheckTimeoutId).toBeNull();
  });
});
