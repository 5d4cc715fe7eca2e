import { instantOf, localDateOf, nextDate, weekdayOf } from './zoned-time.decision.js';

export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** Wall-clock times `HH:MM`; `to` may be 24:00, which is where the next day begins. */
export interface Hours {
  readonly from: string;
  readonly to: string;
}

/** When somebody works, in the wall-clock time of a place. */
export interface Calendar {
  readonly id: string;
  readonly name: string;
  /** IANA time zone, as Europe/Berlin. */
  readonly timeZone: string;
  /** A weekday that is left out is free. */
  readonly hours: Readonly<Partial<Record<Weekday, readonly Hours[]>>>;
  /** Local dates (2026-12-25) on which nobody works. */
  readonly holidays?: readonly { readonly date: string; readonly name?: string }[];
}

/** A calendar that offers no time at all shall end the search, not hang it. */
const DAYS_SEARCHED_MAX = 3_660;
const MINUTE_MS = 60_000;

/**
 * When a target that began to run at `start` is due: after that many minutes of the calendar's hours, or of
 * clock time where there is no calendar. Null where the calendar has no such time within ten years.
 */
export function dueAt(target: { readonly minutes: number }, calendar: Calendar | null, start: Date): Date | null {
  let remainingMs = target.minutes * MINUTE_MS;
  if (calendar === null || remainingMs <= 0) return new Date(start.getTime() + remainingMs);
  const holidays = new Set(calendar.holidays?.map(({ date }) => date));
  let date = localDateOf(start, calendar.timeZone);
  for (let day = 0; day < DAYS_SEARCHED_MAX; day += 1, date = nextDate(date)) {
    if (holidays.has(date)) continue;
    for (const [fromMs, toMs] of knownSpans(calendar, date)) {
      const beginMs = Math.max(fromMs, start.getTime());
      if (toMs <= beginMs) continue;
      if (beginMs + remainingMs <= toMs) return new Date(beginMs + remainingMs);
      remainingMs -= toMs - beginMs;
    }
  }
  return null;
}

type Spans = readonly (readonly [number, number])[];

/** Asking a time zone is slow, and the tickets of a chunk ask about the same days of the same calendar. */
const spansOfCalendars = new WeakMap<Calendar, Map<string, Spans>>();

function knownSpans(calendar: Calendar, date: string): Spans {
  const known = spansOfCalendars.get(calendar) ?? new Map<string, Spans>();
  spansOfCalendars.set(calendar, known);
  const spans = known.get(date) ?? workingSpans(calendar, date);
  known.set(date, spans);
  return spans;
}

/** The spans of a local date as instants, in order; hours that touch or overlap count once. */
function workingSpans({ hours, timeZone }: Calendar, date: string): Spans {
  const spans = (hours[weekdayOf(date)] ?? []).map(({ from, to }) => [instantOf(date, minutesOf(from), timeZone), instantOf(date, minutesOf(to), timeZone)] as const);
  const merged: [number, number][] = [];
  for (const [fromMs, toMs] of spans.toSorted(([a], [b]) => a - b)) {
    const last = merged.at(-1);
    if (last !== undefined && fromMs <= last[1]) last[1] = Math.max(last[1], toMs);
    else merged.push([fromMs, toMs]);
  }
  return merged;
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}
