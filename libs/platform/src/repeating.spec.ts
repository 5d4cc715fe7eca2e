import { eventually } from '@handoff/testing';
import { Repeating } from './repeating.js';

describe('work that repeats', () => {
  it('goes on after a failure, and never runs twice at once', async () => {
    const errors: unknown[] = [];
    let running = 0;
    let most = 0;
    let runs = 0;
    const repeating = new Repeating({
      intervalMs: 0,
      work: async () => {
        most = Math.max(most, (running += 1));
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
        if ((runs += 1) === 1) throw new Error('first');
      },
      onError: (error) => errors.push(error),
    });
    repeating.start();
    await eventually(() => expect(runs).toBeGreaterThan(3));
    await repeating.close();
    expect([most, errors.length]).toEqual([1, 1]);
  });

  it('ends when it is closed, after the work under way, which is told', async () => {
    let isDone = false;
    let runs = 0;
    const repeating = new Repeating({
      intervalMs: 60_000,
      work: async (signal) => {
        runs += 1;
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        isDone = true;
      },
      onError: () => undefined,
    });
    repeating.start();
    await repeating.close();
    expect([isDone, runs]).toEqual([true, 1]);
  });
});
