import { type Classes, quantileMs } from '../read-model/duration-classes.decision.js';
import type { Measures } from '../read-model/measure.decision.js';
import { NOTHING_MEASURED, sumOfMeasures } from '../read-model/measure.decision.js';
import type { MeasuredKey, MeasuredSlot, Overdue, Period } from './overview.store.js';

const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;
/** Up to so many hours are shown hour by hour, more of them day by day. */
const HOURLY_HOURS_MAX = 3 * DAY_HOURS;
export const PERIOD_DAYS_MAX = 400;

export interface ShownDurations {
  /** Of which the duration is known. */
  readonly tickets: number;
  /** Half of them took no longer; `null`: there are none. */
  readonly medianMs: number | null;
  /** 95 of 100 took no longer. */
  readonly p95Ms: number | null;
}

export interface ShownMeasures {
  readonly tickets: number;
  readonly routed: ShownDurations;
  readonly delivered: ShownDurations;
  readonly acknowledged: ShownDurations;
  readonly targets: { readonly met: number; readonly missed: number };
}

export interface ShownParty extends ShownMeasures {
  /** As `isv/contoso`; '': not decided yet. */
  readonly key: string;
  /** Still unanswered after their response target. */
  readonly overdue: number;
}

export interface Overview extends Period {
  readonly step: 'hour' | 'day';
  readonly total: ShownMeasures & { readonly overdue: number };
  readonly series: readonly (ShownMeasures & { readonly at: string })[];
  /** Those with the most tickets. */
  readonly queues: readonly ShownParty[];
  readonly partners: readonly ShownParty[];
}

/** The whole hours that a period touches. */
export function wholeHours({ from, to }: Period): Period {
  const start = Math.floor(Date.parse(from) / HOUR_MS) * HOUR_MS;
  return { from: new Date(start).toISOString(), to: new Date(Math.max(start + HOUR_MS, Math.ceil(Date.parse(to) / HOUR_MS) * HOUR_MS)).toISOString() };
}

export function hoursOf({ from, to }: Period): number {
  return (Date.parse(to) - Date.parse(from)) / HOUR_MS;
}

export function stepOf(period: Period): 'hour' | 'day' {
  return hoursOf(period) <= HOURLY_HOURS_MAX ? 'hour' : 'day';
}

export interface OverviewFacts {
  readonly slots: readonly MeasuredSlot[];
  readonly queues: readonly MeasuredKey[];
  readonly partners: readonly MeasuredKey[];
  readonly ofLate: Overdue;
  /** Of what `slots` are about. */
  readonly ofLateHere: number;
}

export function overviewOf(period: Period, { slots, queues, partners, ofLate, ofLateHere }: OverviewFacts): Overview {
  const party = (counts: ReadonlyMap<string, number>) => ({ key, measures }: MeasuredKey): ShownParty => ({ key, overdue: measures.overdue + (counts.get(key) ?? 0), ...shownOf(measures) });
  const total = slots.map(({ measures }) => measures).reduce(sumOfMeasures, NOTHING_MEASURED);
  return {
    ...period, step: stepOf(period), total: { ...shownOf(total), overdue: total.overdue + ofLateHere },
    series: slots.map(({ at, measures }) => ({ at, ...shownOf(measures) })),
    queues: queues.map(party(ofLate.byQueue)), partners: partners.map(party(ofLate.byPartner)),
  };
}

function shownOf({ tickets, met, missed, routed, delivered, acknowledged }: Measures): ShownMeasures {
  return { tickets, targets: { met, missed }, routed: durationsOf(routed), delivered: durationsOf(delivered), acknowledged: durationsOf(acknowledged) };
}

function durationsOf(classes: Classes): ShownDurations {
  return { tickets: classes.reduce((sum, count) => sum + count, 0), medianMs: quantileMs(classes, 0.5), p95Ms: quantileMs(classes, 0.95) };
}
