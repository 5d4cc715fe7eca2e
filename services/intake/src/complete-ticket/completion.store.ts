import type { Completion, CompletionAsk, CompletionStanding, FailedAttempt } from './completion.js';

export interface ClaimQuery {
  readonly now: Date;
  /** Until when nobody else gets them. */
  readonly until: Date;
  /** At most so many, all of one source. */
  readonly count: number;
  /** Sources that are left out. */
  readonly except: readonly string[];
}

/** Tickets that wait to be completed, one entry a ticket, shared by all instances. */
export interface CompletionStore {
  /** Asks for tickets from a time on. Where a ticket waits already, its time stays; one that was given up begins anew. Sources that are gone are left out. */
  ask(asks: readonly CompletionAsk[], times: { readonly now: Date; readonly dueAt: Date }): Promise<void>;
  /** Those of one source that are due, the longest due first; of a source that can be read and is not paused. */
  claim(query: ClaimQuery): Promise<readonly Completion[]>;
  /** It was read. One that was asked for again meanwhile stays, and is due at once. */
  done(completion: Completion, now: Date): Promise<void>;
  failed(completion: Completion, attempt: FailedAttempt, now: Date): Promise<void>;
  /** Lets those that were given up begin anew where their source was changed since. */
  reviveChanged(now: Date): Promise<number>;
  /** By source; one without any is not in it. */
  standing(sources: readonly string[] | 'all'): Promise<ReadonlyMap<string, CompletionStanding>>;
  /** Removes those that were given up before, and those of sources that are not read any more. */
  forget(givenUpBefore: Date): Promise<void>;
}
