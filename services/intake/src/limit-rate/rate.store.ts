import type { Rate } from './token-bucket.decision.js';

/** What one instance took of a source's tokens. */
export interface SpentTokens extends Rate {
  readonly source: string;
  readonly spent: number;
}

/** What all instances together have left. */
export interface SharedBucket {
  readonly source: string;
  /** Down to minus the capacity. */
  readonly tokens: number;
  /** Instances that took from it in the last seconds, this one included. */
  readonly spenders: number;
}

/** For how long an instance counts as a spender after it took something. */
export const SPENDER_SECONDS = 3;

/** Where the instances of intake divide the rate of each source among them. */
export interface RateStore {
  /** Takes what was spent from the shared buckets, which have filled up meanwhile, and tells what is left. */
  settle(instance: string, spent: readonly SpentTokens[]): Promise<readonly SharedBucket[]>;
  /** Removes what is full and unused for an hour. */
  forget(): Promise<void>;
}
