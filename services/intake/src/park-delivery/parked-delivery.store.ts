import type { Instant } from '@handoff/contracts';
import type { Page } from '@handoff/platform';
import type { Failure } from '../receive-webhook/delivery.js';
import type { ParkedDelivery, ParkedRecord } from './parked-delivery.js';

export interface ParkedQuery {
  readonly source?: string;
  /** Only those with a failure of this code. */
  readonly code?: string;
  readonly isDiscarded: boolean;
  readonly cursor?: string;
  readonly limit: number;
}

/** What is parked of a source for one reason: that of the first failure of each. */
export interface ParkedCause {
  readonly source: string;
  readonly code: string;
  readonly deliveries: number;
  /** Of the one that came last. */
  readonly detail: string;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
}

/** Which parked delivery to try. The oldest first, where several fit. */
export type ParkedChoice =
  | { readonly by: 'id'; readonly id: string }
  | { readonly by: 'source'; readonly source: string; readonly code: string | null; /** Received from then on. */ readonly since: Date | null; readonly afterSeq: string }
  /** Those whose source was changed since they were tried; one at a time in the whole installation. */
  | { readonly by: 'changed-source' };

/** What a trial left. */
export interface Trial {
  readonly failures: readonly Failure[];
  readonly sourceUpdatedAt: string;
}

/** Genuine deliveries that wait until somebody mends a mapping, a setting or an adapter. */
export interface ParkedDeliveryStore {
  /** One that is parked already counts one delivery more; one that was discarded is parked again. */
  park(delivery: ParkedDelivery): Promise<void>;
  find(id: string): Promise<ParkedRecord | null>;
  /** The latest first. @throws InvalidCursor */
  list(query: ParkedQuery): Promise<Page<ParkedRecord>>;
  /** How many are parked, by source. */
  counts(): Promise<ReadonlyMap<string, number>>;
  /** What is parked, received from `since` on if it is given, the most frequent first. */
  causes(since: Date | null): Promise<readonly ParkedCause[]>;
  /**
   * Tries one and keeps what failed again; where nothing did, it is removed. Nobody else tries it meanwhile. When `trial`
   * rejects, it stays as it was.
   * @returns what was tried; `null`: there is none that fits, or somebody tries it now.
   */
  tryOne(choice: ParkedChoice, trial: (delivery: ParkedRecord) => Promise<Trial>): Promise<ParkedRecord | null>;
  /** Empties its body and keeps the rest as a trace. `false`: there is none, or it is discarded already. */
  discard(id: string, note: string, now: Date): Promise<boolean>;
  /** Removes the traces of those discarded before. */
  forgetDiscarded(before: Date): Promise<void>;
}

export const PARKED_DELIVERY_STORE = Symbol('PARKED_DELIVERY_STORE');
