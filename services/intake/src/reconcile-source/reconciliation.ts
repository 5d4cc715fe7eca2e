import type { Instant } from '@handoff/contracts';

/** The right to poll one source. It ends by itself, so that a process that dies leaves nothing behind. */
export interface PollClaim {
  readonly source: string;
  /** All that changed until then is told. */
  readonly readUpTo: Date;
  /** The source's interval. */
  readonly everySeconds: number;
  /** Polls that failed one after another before this one. */
  readonly failures: number;
  /** Names this claim: what is said of an earlier one changes nothing. */
  readonly claim: string;
}

/** How a poll ended. */
export type PollEnd =
  /** All that changed until `readUpTo` is told; the next one comes after the source's interval. */
  | { readonly kind: 'complete'; readonly readUpTo: Date }
  /** It stopped before its end for no fault of the system; it goes on at once, here or elsewhere. */
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'failed'; readonly problem: string; readonly retryAt: Date };

/** How the polls of a source stand. */
export interface ReconciliationStanding {
  /** What changed in the system until then is told. */
  readonly readUpTo: Instant;
  /** How long ago that is. */
  readonly lagSeconds: number;
  readonly lastSuccessAt: Instant | null;
  /** Of the last poll, where it failed. */
  readonly lastProblem: { readonly at: Instant; readonly problem: string } | null;
  /** Tickets that a poll told because no webhook had, ever since. */
  readonly found: number;
}

export function standingOf({ readUpTo, lastSuccessAt, problem, problemAt, found }: { readonly readUpTo: Date; readonly lastSuccessAt: Date | null; readonly problem: string | null; readonly problemAt: Date | null; readonly found: number }, now: Date): ReconciliationStanding {
  return {
    readUpTo: readUpTo.toISOString(), lagSeconds: Math.max(0, Math.round((now.getTime() - readUpTo.getTime()) / 1_000)), lastSuccessAt: lastSuccessAt?.toISOString() ?? null,
    lastProblem: problem === null || problemAt === null ? null : { at: problemAt.toISOString(), problem }, found,
  };
}
