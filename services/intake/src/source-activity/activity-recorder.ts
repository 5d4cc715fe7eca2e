import { Repeating } from '@handoff/platform';
import type { ActivityCounter } from './activity-counter.js';
import type { ActivityStore } from './activity.store.js';

export interface ActivityRecorderParts {
  readonly counter: ActivityCounter;
  readonly store: Pick<ActivityStore, 'forget'>;
  /** Epoch ms. */
  readonly now: () => number;
  readonly log: { warn(fields: object, message: string): void };
}

const FLUSH_INTERVAL_MS = 5_000;
const FORGET_INTERVAL_MS = 600_000;
/** A day is shown; what is a little older may be asked for at this moment. */
const KEPT_MS = 90_000_000;

/** Writes what was counted every few seconds, and forgets what is over. A crash loses the counts of the last seconds. */
export class ActivityRecorder {
  private readonly work: readonly Repeating[];

  constructor(private readonly parts: ActivityRecorderParts) {
    const { counter, store, now, log } = parts;
    this.work = [
      new Repeating({ intervalMs: FLUSH_INTERVAL_MS, work: () => counter.flush(), onError: (err) => log.warn({ err }, 'The activity of sources cannot be recorded now; it is kept and tried again.') }),
      new Repeating({ intervalMs: FORGET_INTERVAL_MS, work: () => store.forget(new Date(now() - KEPT_MS)), onError: (err) => log.warn({ err }, 'Old activity of sources cannot be removed now; it is tried again.') }),
    ];
  }

  start(): void {
    for (const each of this.work) each.start();
  }

  async close(): Promise<void> {
    await Promise.all(this.work.map((each) => each.close()));
    await this.parts.counter.flush().catch((err: unknown) => this.parts.log.warn({ err }, 'The last activity of sources could not be recorded.'));
  }
}
