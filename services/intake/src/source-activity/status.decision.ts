import type { Instant } from '@handoff/contracts';
import { type Outcome, type OutcomeTally, RATE_MINUTES, type SourceActivity } from './activity.js';

/** What came from a source within a time. */
export interface Period {
  readonly accepted: number;
  readonly duplicate: number;
  readonly ignored: number;
  /** What Handoff itself had caused. */
  readonly own: number;
  readonly parked: number;
  /** By the code of the problem. */
  readonly refused: Readonly<Record<string, number>>;
  /** From when it happened in its system to its receipt. `null`: nothing told a time. */
  readonly lag: { readonly meanMs: number; readonly maxMs: number } | null;
}

export interface SourceStatus {
  /** The last genuine event, whatever became of it. */
  readonly lastEventAt: Instant | null;
  readonly lastAcceptedAt: Instant | null;
  readonly lastRefused: { readonly at: Instant; readonly code: string } | null;
  /** How long the last accepted event was on its way. */
  readonly lastLagMs: number | null;
  /** Genuine events a minute, over the last five whole minutes. */
  readonly perMinute: number;
  readonly lastHour: Period;
  readonly lastDay: Period;
}

const REFUSED = 'refused:';
const isRefused = ({ outcome }: { readonly outcome: Outcome }): boolean => outcome.startsWith(REFUSED);
const isGenuine = (each: { readonly outcome: Outcome }): boolean => !isRefused(each);

/** A source's status from what was counted; `undefined`: nothing ever came from it. */
export function statusOf({ tallies, last }: SourceActivity = { tallies: [], last: [] }): SourceStatus {
  const accepted = last.find(({ outcome }) => outcome === 'accepted');
  const refused = latest(last.filter(isRefused));
  return {
    lastEventAt: latest(last.filter(isGenuine))?.at ?? null,
    lastAcceptedAt: accepted?.at ?? null,
    lastRefused: refused === undefined ? null : { at: refused.at, code: refused.outcome.slice(REFUSED.length) },
    lastLagMs: accepted?.lagMs ?? null,
    perMinute: tallies.filter(isGenuine).reduce((sum, { lately }) => sum + lately, 0) / RATE_MINUTES,
    lastHour: periodOf(tallies, 'lastHour'),
    lastDay: periodOf(tallies, 'lastDay'),
  };
}

function latest(events: SourceActivity['last']): SourceActivity['last'][number] | undefined {
  return [...events].sort((a, b) => Date.parse(b.at) - Date.parse(a.at))[0];
}

function periodOf(tallies: readonly OutcomeTally[], period: 'lastHour' | 'lastDay'): Period {
  const countOf = (outcome: Outcome): number => tallies.find((each) => each.outcome === outcome)?.[period].count ?? 0;
  const refused = tallies.filter((each) => isRefused(each) && each[period].count > 0).map((each) => [each.outcome.slice(REFUSED.length), each[period].count] as const);
  const lag = tallies.find(({ outcome }) => outcome === 'accepted')?.[period].lag;
  return {
    accepted: countOf('accepted'), duplicate: countOf('duplicate'), ignored: countOf('ignored'), own: countOf('own'), parked: countOf('parked'),
    refused: Object.fromEntries(refused.sort(([a], [b]) => (a < b ? -1 : 1))),
    lag: lag === undefined || lag.count === 0 ? null : { meanMs: Math.round(lag.sumMs / lag.count), maxMs: lag.maxMs },
  };
}
