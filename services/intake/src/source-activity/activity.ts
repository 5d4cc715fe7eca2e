import type { Instant } from '@handoff/contracts';

/**
 * What became of an event of a source, or of a webhook that was refused. `own`: Handoff itself had caused it. A refusal is
 * `refused:` and the code of its problem.
 */
export type Outcome = 'accepted' | 'duplicate' | 'ignored' | 'own' | 'parked' | `refused:${string}`;

/** What happened within one minute. */
export interface ActivityCount {
  readonly source: string;
  readonly minute: Instant;
  readonly outcome: Outcome;
  readonly count: number;
  /** The last of them. */
  readonly lastAt: Instant;
  /** From when it happened in its system to its receipt; of those that tell a time. */
  readonly lag: Lag;
}

export interface Lag {
  readonly count: number;
  readonly sumMs: number;
  readonly maxMs: number;
  /** `null`: none told a time. */
  readonly lastMs: number | null;
}

export const NO_LAG: Lag = { count: 0, sumMs: 0, maxMs: 0, lastMs: null };

/** What came within a time. */
export interface Tally {
  readonly count: number;
  readonly lag: Omit<Lag, 'lastMs'>;
}

/** How often an outcome came lately. */
export interface OutcomeTally {
  readonly outcome: Outcome;
  readonly lastDay: Tally;
  readonly lastHour: Tally;
  /** Within the whole minutes that the rate is of. */
  readonly lately: number;
}

export interface SourceActivity {
  readonly tallies: readonly OutcomeTally[];
  /** When each outcome was last, however long ago. */
  readonly last: readonly { readonly outcome: Outcome; readonly at: Instant; readonly lagMs: number | null }[];
}

/** Minutes over which the rate is told. */
export const RATE_MINUTES = 5;
const MINUTE_MS = 60_000;

/** Number of the minute since 1970. */
export function minuteNumberOf(at: Date): number {
  return Math.floor(at.getTime() / MINUTE_MS);
}

export function minuteOf(at: Date): Instant {
  return instantOfMinute(minuteNumberOf(at));
}

/** When a minute begins. */
export function instantOfMinute(minuteNumber: number): Instant {
  return new Date(minuteNumber * MINUTE_MS).toISOString();
}

/** The first minute of each time that is told of, and the end of the rate: the minute under way is not whole yet. */
export function timesAt(now: Date): { readonly day: Date; readonly hour: Date; readonly rateFrom: Date; readonly rateTo: Date } {
  const minute = Date.parse(minuteOf(now));
  return { day: new Date(minute - 1_440 * MINUTE_MS), hour: new Date(minute - 60 * MINUTE_MS), rateFrom: new Date(minute - RATE_MINUTES * MINUTE_MS), rateTo: new Date(minute) };
}
