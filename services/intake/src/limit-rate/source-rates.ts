import { counter, Problem } from '@handoff/platform';
import type { SharedBucket, SpentTokens } from './rate.store.js';
import { type Bucket, filledUp, type Rate, rateOf, secondsUntilToken, shareOf } from './token-bucket.decision.js';

export interface SourceRatesOptions {
  /** For sources without a limit of their own. */
  readonly perSecondDefault: number;
  /** Ms of a clock that only goes forward. */
  readonly now: () => number;
}

interface Entry {
  readonly rate: Rate;
  /** What of it this instance may take. */
  perSecond: number;
  bucket: Bucket;
  /** Taken since it was last told to the others. */
  spent: number;
}

const limited = counter('handoff_source_limited_total', 'Genuine webhooks that were refused because their source sent too many a second', ['source']);

/** How many webhooks each source may still send. Answers at once; what other instances took is learned now and then. */
export class SourceRates {
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly options: SourceRatesOptions) {}

  /**
   * Counts a webhook of a source.
   * @param perSecondMax its own limit; `null`: that of the installation.
   * @throws Problem 429 `too-many-requests`, with when there is room again.
   */
  take(source: string, perSecondMax: number | null): void {
    const nowMs = this.options.now();
    const entry = this.entryOf(source, perSecondMax ?? this.options.perSecondDefault, nowMs);
    entry.bucket = filledUp(entry.bucket, own(entry), nowMs);
    if (entry.bucket.tokens < 1) {
      limited.inc({ source });
      const retryAfterSeconds = secondsUntilToken(entry.bucket, own(entry));
      throw new Problem(429, 'too-many-requests', `This source sends more than ${entry.rate.perSecond} webhooks a second. Send this one again after ${retryAfterSeconds} s, or raise its requestsPerSecondMax.`, { retryAfterSeconds });
    }
    entry.bucket = { ...entry.bucket, tokens: entry.bucket.tokens - 1 };
    entry.spent += 1;
  }

  /** What was taken since the last time. It counts as told. */
  drain(): readonly SpentTokens[] {
    const nowMs = this.options.now();
    const spent: SpentTokens[] = [];
    for (const [source, entry] of this.entries) {
      if (entry.spent > 0) spent.push({ source, spent: entry.spent, ...entry.rate });
      // What is full and quiet says no more than none at all.
      else if (filledUp(entry.bucket, entry.rate, nowMs).tokens >= entry.rate.capacity) this.entries.delete(source);
      entry.spent = 0;
    }
    return spent;
  }

  /** Goes on with what all instances together have left. */
  learn(shared: readonly SharedBucket[]): void {
    for (const { source, tokens, spenders } of shared) {
      const entry = this.entries.get(source);
      if (entry === undefined) continue;
      const share = shareOf(tokens, entry.rate, spenders);
      entry.perSecond = share.perSecond;
      // Taken while the answer was on its way.
      entry.bucket = { tokens: share.tokens - entry.spent, atMs: this.options.now() };
    }
  }

  /** Nobody knows what others take: each instance limits by itself until they are heard of again. */
  goAlone(untold: readonly SpentTokens[]): void {
    for (const { source, spent } of untold) {
      const entry = this.entries.get(source);
      if (entry !== undefined) entry.spent += spent;
    }
    for (const entry of this.entries.values()) entry.perSecond = entry.rate.perSecond;
  }

  private entryOf(source: string, perSecond: number, nowMs: number): Entry {
    const known = this.entries.get(source);
    if (known?.rate.perSecond === perSecond) return known;
    const rate = rateOf(perSecond);
    const entry = { rate, perSecond, bucket: { tokens: rate.capacity, atMs: nowMs }, spent: known?.spent ?? 0 };
    this.entries.set(source, entry);
    return entry;
  }
}

/** The rate at which this instance's part fills up. */
function own({ rate, perSecond }: Entry): Rate {
  return { ...rate, perSecond };
}
