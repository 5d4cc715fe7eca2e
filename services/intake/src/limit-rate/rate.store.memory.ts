import { type RateStore, type SharedBucket, SPENDER_SECONDS, type SpentTokens } from './rate.store.js';
import { type Bucket, filledUp } from './token-bucket.decision.js';

/** The twin of the tables for tests. */
export class MemoryRateStore implements RateStore {
  private readonly buckets = new Map<string, Bucket>();
  private readonly spenders = new Map<string, Map<string, number>>();

  constructor(private readonly nowMs: () => number) {}

  settle(instance: string, spent: readonly SpentTokens[]): Promise<readonly SharedBucket[]> {
    return Promise.resolve(spent.map((each) => this.settleOne(instance, each)));
  }

  forget(): Promise<void> {
    for (const [source, { atMs }] of this.buckets) if (this.nowMs() - atMs > 3_600_000) this.buckets.delete(source);
    return Promise.resolve();
  }

  /** For tests. */
  get size(): number {
    return this.buckets.size;
  }

  private settleOne(instance: string, { source, spent, ...rate }: SpentTokens): SharedBucket {
    const now = this.nowMs();
    const before = filledUp(this.buckets.get(source) ?? { tokens: rate.capacity, atMs: now }, rate, now);
    const tokens = Math.max(-rate.capacity, before.tokens - spent);
    this.buckets.set(source, { tokens, atMs: now });
    const spenders = (this.spenders.get(source) ?? new Map<string, number>()).set(instance, now);
    this.spenders.set(source, spenders);
    return { source, tokens, spenders: [...spenders.values()].filter((at) => now - at < SPENDER_SECONDS * 1_000).length };
  }
}
