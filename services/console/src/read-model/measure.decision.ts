import type { Marks } from './queue-count.decision.js';
import { isOverdue, type ShownTicket, shownTicketOf } from './shown-ticket.decision.js';
import type { TicketRow } from './ticket-row.js';
import { type Classes, classesOf, NO_DURATIONS, sumOfClasses } from './duration-classes.decision.js';

export const SCOPES = ['all', 'queue', 'partner'] as const;
/** Whose tickets are counted: all of them, those of a queue, or those whose decision names a party. */
export type Scope = (typeof SCOPES)[number];

export const GRAINS = ['hour', 'day'] as const;
/** Hours and days are those of UTC. */
export type Grain = (typeof GRAINS)[number];

/** What is counted of tickets: each in the hour in which it was received, whenever the rest of it happened. */
export interface Measures {
  readonly tickets: number;
  /** First waits for an answer that ended within their response target, and after it. */
  readonly met: number;
  readonly missed: number;
  /** Tickets that are still unanswered after their response target. */
  readonly overdue: number;
  /** From receipt to the first decision. */
  readonly routed: Classes;
  /** From the first decision to the first message that was delivered. */
  readonly delivered: Classes;
  /** From receipt to the first acknowledgement. */
  readonly acknowledged: Classes;
}

export interface MeasureChange extends Measures {
  readonly scope: Scope;
  readonly grain: Grain;
  /** When the hour or day begins. */
  readonly at: string;
  /** `''` of all; '' of a queue: not decided yet. */
  readonly key: string;
}

export const NOTHING_MEASURED: Measures = { tickets: 0, met: 0, missed: 0, overdue: 0, routed: NO_DURATIONS, delivered: NO_DURATIONS, acknowledged: NO_DURATIONS };

/** How the measures change when these rows take the place of those before, each named once. */
export function measureChanges(before: ReadonlyMap<string, TicketRow>, changed: readonly TicketRow[], marks: Marks): readonly MeasureChange[] {
  const changes = new Map<string, MeasureChange>();
  for (const row of changed) {
    const [former, current] = [measuredIn(before.get(row.ticketId), marks.before), measuredIn(row, marks.after)];
    if (JSON.stringify(former) === JSON.stringify(current)) continue;
    for (const { name, place, measures } of [...former.map((each) => ({ ...each, measures: negative(each.measures) })), ...current]) {
      changes.set(name, { ...place, ...sumOfMeasures(changes.get(name) ?? NOTHING_MEASURED, measures) });
    }
  }
  return [...changes.values()].filter((change) => [change.tickets, change.met, change.missed, change.overdue, ...change.routed, ...change.delivered, ...change.acknowledged].some((count) => count !== 0));
}

export function sumOfMeasures(a: Measures, b: Measures): Measures {
  return {
    tickets: a.tickets + b.tickets, met: a.met + b.met, missed: a.missed + b.missed, overdue: a.overdue + b.overdue,
    routed: sumOfClasses(a.routed, b.routed), delivered: sumOfClasses(a.delivered, b.delivered), acknowledged: sumOfClasses(a.acknowledged, b.acknowledged),
  };
}

interface Measured {
  readonly name: string;
  readonly place: Pick<MeasureChange, 'scope' | 'grain' | 'at' | 'key'>;
  readonly measures: Measures;
}

/** Where a ticket counts, and as what. */
function measuredIn(row: TicketRow | undefined, mark: Date): readonly Measured[] {
  const shown = row === undefined ? null : shownTicketOf(row);
  if (row === undefined || shown === null) return [];
  const measures = measuresOf(row, shown, mark);
  const keys = [{ scope: 'all', key: '' }, { scope: 'queue', key: shown.queue ?? '' }, ...shown.partners.map((key) => ({ scope: 'partner', key }) as const)] as const;
  const times = { hour: `${shown.openedAt.slice(0, 13)}:00:00.000Z`, day: `${shown.openedAt.slice(0, 10)}T00:00:00.000Z` };
  return GRAINS.flatMap((grain) => keys.map(({ scope, key }) => ({ name: JSON.stringify([grain, scope, times[grain], key]), place: { scope, grain, at: times[grain], key }, measures })));
}

function measuresOf({ told, routed, deliveredAt }: TicketRow, shown: ShownTicket, mark: Date): Measures {
  const answered = routed?.answered ?? null;
  const isInTime = answered === null || answered.targetAt === null ? null : Date.parse(answered.at) <= Date.parse(answered.targetAt);
  const receivedAt = told?.receivedAt ?? routed?.firstDecidedAt ?? null;
  return {
    tickets: 1, met: Number(isInTime === true), missed: Number(isInTime === false), overdue: Number(isOverdue(shown, mark)),
    routed: classesOf(told === null ? null : durationMs(told.receivedAt, routed?.firstDecidedAt)),
    delivered: classesOf(durationMs(routed?.firstDecidedAt, deliveredAt)),
    acknowledged: classesOf(answered?.by === 'acknowledged' ? durationMs(receivedAt, answered.at) : null),
  };
}

/** Clocks of two services may differ: less than nothing counts as nothing. */
function durationMs(from: string | null | undefined, to: string | null | undefined): number | null {
  return from == null || to == null ? null : Math.max(0, Date.parse(to) - Date.parse(from));
}

function negative({ tickets, met, missed, overdue, routed, delivered, acknowledged }: Measures): Measures {
  const negated = (classes: Classes): Classes => classes.map((count) => 0 - count);
  return { tickets: -tickets, met: 0 - met, missed: 0 - missed, overdue: 0 - overdue, routed: negated(routed), delivered: negated(delivered), acknowledged: negated(acknowledged) };
}
