import { type createPino, gauge, Repeating } from '@handoff/platform';
import type { ParkedDeliveryStore } from './parked-delivery.store.js';
import type { RetryParkedHandler } from './retry-parked.handler.js';

export interface ParkedWatchOptions {
  readonly store: Pick<ParkedDeliveryStore, 'counts' | 'forgetDiscarded'>;
  readonly retries: Pick<RetryParkedHandler, 'retryChanged'>;
  readonly deliveriesMax: number;
  readonly now: () => number;
  readonly log: Pick<ReturnType<typeof createPino>, 'info' | 'warn'>;
}

const INTERVAL_MS = 2_000;
const DISCARDED_KEPT_MS = 90 * 86_400_000;

const parked = gauge('handoff_parked_deliveries', 'Genuine webhooks that were not understood and wait to be tried again', ['source']);

/** Counts what is parked, and tries again what belongs to a source that was changed. */
export class ParkedWatch {
  private count = 0;
  private readonly repeating: Repeating;

  constructor(private readonly options: ParkedWatchOptions) {
    const { log } = options;
    this.repeating = new Repeating({ intervalMs: INTERVAL_MS, work: (signal) => this.tick(signal), onError: (error) => log.warn({ err: error }, 'Parked deliveries cannot be tried now; they are later.') });
  }

  start(): void {
    this.repeating.start();
  }

  close(): Promise<void> {
    return this.repeating.close();
  }

  /** As of the last count. */
  get hasRoom(): boolean {
    return this.count < this.options.deliveriesMax;
  }

  async tick(signal: AbortSignal): Promise<void> {
    const { store, retries, now, log } = this.options;
    const { tried, released } = await retries.retryChanged(signal);
    if (tried > 0) log.info({ tried, released }, 'Parked deliveries of changed sources were tried again.');
    await store.forgetDiscarded(new Date(now() - DISCARDED_KEPT_MS));
    const counts = await store.counts();
    parked.reset();
    this.count = 0;
    for (const [source, count] of counts) {
      parked.set({ source }, count);
      this.count += count;
    }
  }
}
