import type { Weekday } from './calendar.decision.js';

/** Wall-clock time of a place and instants, by the time zone data that came with Node. */

const DAY_MS = 86_400_000;
/** Sunday first, as Date counts. */
const WEEKDAYS_OF_DATE: readonly Weekday[] = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const formats = new Map<string, Intl.DateTimeFormat>();

export function isTimeZone(name: string): boolean {
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}

/** The date that a calendar on the wall shows there, as 2026-03-29. */
export function localDateOf(instant: Date, timeZone: string): string {
  return dateOf(instant.getTime() + offsetMs(instant.getTime(), timeZone));
}

export function nextDate(date: string): string {
  return dateOf(Date.parse(date) + DAY_MS);
}

export function weekdayOf(date: string): Weekday {
  return WEEKDAYS_OF_DATE[new Date(date).getUTCDay()] ?? 'sunday';
}

/**
 * The first instant at which a clock there shows that many minutes of that date, or later: of an hour that comes
 * twice the first, of an hour that is skipped the moment of the change. So it never falls as the wall time rises,
 * and the end of one date is the beginning of the next.
 */
export function instantOf(date: string, minutes: number, timeZone: string): number {
  const wallMs = Date.parse(date) + minutes * 60_000;
  // No zone is further than a day from UTC, and none changes twice within two.
  const before = wallMs - offsetMs(wallMs - DAY_MS, timeZone);
  const after = wallMs - offsetMs(wallMs + DAY_MS, timeZone);
  const shown = [before, after].filter((instantMs) => instantMs + offsetMs(instantMs, timeZone) === wallMs);
  return shown.length > 0 ? Math.min(...shown) : changeBetween(wallMs - DAY_MS, wallMs + DAY_MS, timeZone);
}

/** The first instant with the offset that holds at the end. */
function changeBetween(fromMs: number, toMs: number, timeZone: string): number {
  const offset = offsetMs(toMs, timeZone);
  let [early, late] = [fromMs, toMs];
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2);
    if (offsetMs(middle, timeZone) === offset) late = middle;
    else early = middle;
  }
  return late;
}

/** What the wall clock there is ahead of UTC. */
function offsetMs(instantMs: number, timeZone: string): number {
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of formatOf(timeZone).formatToParts(instantMs)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instantMs / 1_000) * 1_000;
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' });
  formats.set(timeZone, format);
  return format;
}

function dateOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
