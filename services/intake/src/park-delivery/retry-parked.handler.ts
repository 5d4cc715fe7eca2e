import { Problem } from '@handoff/platform';
import type { SourceStore } from '../sources/source.store.js';
import { type Delivery, isFailed } from '../receive-webhook/delivery.js';
import type { DeliveryTaker } from '../receive-webhook/delivery-taker.js';
import type { ParkedRecord } from './parked-delivery.js';
import type { ParkedChoice, ParkedDeliveryStore, Trial } from './parked-delivery.store.js';

export interface RetryParkedParts {
  readonly store: Pick<ParkedDeliveryStore, 'tryOne' | 'find'>;
  readonly sources: Pick<SourceStore, 'find'>;
  readonly taker: Pick<DeliveryTaker, 'take'>;
}

export interface RetrySummary {
  readonly tried: number;
  /** How many of them are no longer parked. */
  readonly released: number;
  /** There may be more that were not tried. */
  readonly hasMore: boolean;
}

const TRIED_AT_ONCE_MAX = 500;

/** Tries parked deliveries again, as if they had just come, with the time at which they did. */
export class RetryParkedHandler {
  private lane: Promise<unknown> = Promise.resolve();

  constructor(private readonly parts: RetryParkedParts) {}

  /**
   * @returns the delivery as it stands afterwards; `null`: it was understood, and is no longer parked.
   * @throws Problem 404 `parked-unknown` or `source-unknown`, 409 `parked-busy`, 503 when its events cannot be stored now.
   */
  async retry(id: string): Promise<ParkedRecord | null> {
    const tried = await this.tryOne({ by: 'id', id });
    if (tried === null) {
      if ((await this.parts.store.find(id))?.discarded === null) throw new Problem(409, 'parked-busy', 'This delivery is being tried at this moment. Look again.');
      throw parkedUnknown();
    }
    return this.parts.store.find(id);
  }

  /** All of a source, or those of them that failed by `code` or were received from `since` on, in the order in which they came. */
  async retryOf(source: string, code: string | null, since: Date | null = null): Promise<RetrySummary> {
    let afterSeq = '0';
    let released = 0;
    for (let tried = 0; tried < TRIED_AT_ONCE_MAX; tried += 1) {
      const delivery = await this.tryOne({ by: 'source', source, code, since, afterSeq }, () => (released += 1));
      if (delivery === null) return { tried, released, hasMore: false };
      afterSeq = delivery.seq;
    }
    return { tried: TRIED_AT_ONCE_MAX, released, hasMore: true };
  }

  /** Those whose source was changed since they were tried. */
  async retryChanged(signal: AbortSignal): Promise<RetrySummary> {
    let released = 0;
    for (let tried = 0; ; tried += 1) {
      const delivery = signal.aborted ? null : await this.tryOne({ by: 'changed-source' }, () => (released += 1));
      if (delivery === null) return { tried, released, hasMore: signal.aborted };
    }
  }

  /** One after the other: each holds a connection while its events are stored, for which others are needed. */
  private tryOne(choice: ParkedChoice, onReleased: () => void = () => undefined): Promise<ParkedRecord | null> {
    const tried = this.lane.then(() => this.parts.store.tryOne(choice, async (parked) => {
      const trial = await this.trial(parked);
      if (trial.failures.length === 0) onReleased();
      return trial;
    }));
    this.lane = tried.catch(() => undefined);
    return tried;
  }

  private async trial({ source: name, request, traceparent, receivedAt, failures }: ParkedRecord): Promise<Trial> {
    const found = await this.parts.sources.find(name);
    if (found === null) throw new Problem(404, 'source-unknown', `The source '${name}' of this delivery is gone. Create it again, or discard the delivery.`);
    const delivery: Delivery = { source: found.source, request, traceparent, receivedAt: new Date(receivedAt) };
    const indexes = failures.map(({ index }) => index).filter((index) => index !== null);
    const taken = await this.parts.taker.take(delivery, indexes.length < failures.length ? null : indexes);
    return { failures: taken.filter(isFailed).map(({ failure }) => failure), sourceUpdatedAt: found.source.updatedAt };
  }
}

export function parkedUnknown(): Problem {
  return new Problem(404, 'parked-unknown', 'No delivery is parked under this id. It was understood meanwhile, or discarded.');
}
