import { type EventPublisher, onePublishOf, RECORDS_A_PUBLISH_MAX } from '@handoff/messaging';
import { gauge, Repeating } from '@handoff/platform';
import type { SpoolDrain, SpoolStore } from './spool.store.js';

export interface SpoolDrainerOptions {
  readonly store: Pick<SpoolStore, 'size' | 'drain'>;
  readonly isKafkaThere: () => boolean;
  /** A publisher for one drain, so that requests do not wait behind it. */
  readonly open: () => Promise<EventPublisher>;
  /** How often the spool is looked at. */
  readonly intervalMs: number;
  readonly recordsMax: number;
  readonly now: () => number;
  readonly onDrained: (records: number) => void;
  readonly onError: (error: unknown) => void;
}

const waiting = gauge('handoff_spool_records', 'Events that wait in the spool for Kafka, about');
const oldest = gauge('handoff_spool_oldest_seconds', 'How long the oldest event has been in the spool');

/**
 * Brings what lies in the spool to Kafka, oldest first, and removes what Kafka confirmed. Every instance tries; the lock of
 * the store lets one at a time. When a confirmation is lost, the same records go again under the same ids.
 */
export class SpoolDrainer {
  private records = 0;
  private readonly repeating: Repeating;

  constructor(private readonly options: SpoolDrainerOptions) {
    this.repeating = new Repeating({ intervalMs: options.intervalMs, work: (signal) => this.tick(signal), onError: options.onError });
  }

  start(): void {
    this.repeating.start();
  }

  /** As of the last look. */
  get hasRoom(): boolean {
    return this.records < this.options.recordsMax;
  }

  close(): Promise<void> {
    return this.repeating.close();
  }

  /** Looks once, and drains when it can. */
  async tick(signal: AbortSignal): Promise<void> {
    await this.look();
    if (this.records > 0 && this.options.isKafkaThere()) await this.drain(signal);
  }

  private async look(): Promise<void> {
    const { records, oldestAt } = await this.options.store.size();
    this.records = records;
    waiting.set(records);
    oldest.set(oldestAt === null ? 0 : Math.max(0, (this.options.now() - oldestAt.getTime()) / 1_000));
  }

  private async drain(signal: AbortSignal): Promise<void> {
    const drain = await this.options.store.drain();
    if (drain === null) return;
    try {
      const publisher = await this.options.open();
      const drained = await this.empty({ drain, publisher, signal }).finally(() => publisher.close());
      this.options.onDrained(drained);
    } finally {
      await drain.end();
    }
    await this.look();
  }

  private async empty({ drain, publisher, signal }: { drain: SpoolDrain; publisher: EventPublisher; signal: AbortSignal }): Promise<number> {
    for (let drained = 0; ; ) {
      const batch = onePublishOf(await drain.oldest(RECORDS_A_PUBLISH_MAX));
      if (batch.length === 0 || signal.aborted) return drained;
      await publisher.publish(batch);
      await drain.remove(batch.map(({ seq }) => seq));
      drained += batch.length;
    }
  }
}
