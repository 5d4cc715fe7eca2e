import { randomUUID } from 'node:crypto';
import { Repeating } from '@handoff/platform';
import type { RateStore } from './rate.store.js';
import type { SourceRates } from './source-rates.js';

export interface RateSharingParts {
  readonly rates: Pick<SourceRates, 'drain' | 'learn' | 'goAlone'>;
  readonly store: RateStore;
  readonly log: { warn(fields: object, message: string): void };
}

const SHARE_INTERVAL_MS = 1_000;
const FORGET_INTERVAL_MS = 600_000;

/** Tells the other instances every second what this one took, and hears what is left. No webhook waits for it. */
export class RateSharing {
  private readonly instance = randomUUID();
  private readonly work: readonly Repeating[];
  private isAlone = false;

  constructor(private readonly parts: RateSharingParts) {
    const { store, log } = parts;
    this.work = [
      new Repeating({ intervalMs: SHARE_INTERVAL_MS, work: () => this.share(), onError: () => undefined }),
      new Repeating({ intervalMs: FORGET_INTERVAL_MS, work: () => store.forget(), onError: (err) => log.warn({ err }, 'Unused rates of sources cannot be removed now; it is tried again.') }),
    ];
  }

  start(): this {
    for (const each of this.work) each.start();
    return this;
  }

  async close(): Promise<void> {
    await Promise.all(this.work.map((each) => each.close()));
  }

  /** One exchange. While the database is away this instance limits by itself. */
  async share(): Promise<void> {
    const { rates, store, log } = this.parts;
    const spent = rates.drain();
    if (spent.length === 0) return;
    try {
      rates.learn(await store.settle(this.instance, spent));
      this.isAlone = false;
    } catch (err) {
      rates.goAlone(spent);
      if (!this.isAlone) log.warn({ err }, 'The rates of sources cannot be shared now; each instance limits by itself.');
      this.isAlone = true;
    }
  }
}
