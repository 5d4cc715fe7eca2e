import type { PollClaim, PollEnd, ReconciliationStanding } from './reconciliation.js';

export interface Progress {
  /** How far it came; without it, as far as before. */
  readonly readUpTo?: Date;
  /** Tickets that no webhook had brought. */
  readonly found?: number;
  /** Until when nobody else polls the source. */
  readonly until: Date;
}

/** How far each source was polled, and who polls it. */
export interface ReconciliationStore {
  /**
   * A source that is due: by its interval, by the time that a failed poll left, because it was changed since that, or because
   * the claim of the last poll ran out. One that
   * is polled for the first time begins at its creation, or at `lookBack` where that is later.
   */
  claim(query: { readonly now: Date; readonly until: Date; readonly lookBack: Date }): Promise<PollClaim | null>;
  /** What was told so far is durable. `false`: the claim is over; somebody else may poll the source. */
  keep(claim: PollClaim, progress: Progress): Promise<boolean>;
  /** Ends the claim. */
  finish(claim: PollClaim, end: PollEnd, now: Date): Promise<void>;
  /** By source, of those that are polled and not paused. */
  standing(sources: readonly string[] | 'all', now: Date): Promise<ReadonlyMap<string, ReconciliationStanding>>;
  /** Forgets how far sources were polled that are not polled any more. */
  forget(): Promise<void>;
}
