import { instantMs } from './instants.js';
import { WEEKDAYS } from './matrix.js';
import type { Hours } from './matrix.js';

/** Whether an instant, in milliseconds since 1970, satisfies a condition on time. */
export type TimeTest = (atMs: number) => boolean;

const HOUR_MINUTES = 60;
const DAY_MINUTES = 24 * HOUR_MINUTES;
const CLOCK = /^(\d{2}):(\d{2})$/;

/** Minutes since midnight of HH:MM, 00:00 to 24:00; NaN for anything else. */
export function clockMinutes(text: string): number {
  const clock = CLOCK.exec(text);
  const [hours, minutes] = [Number(clock?.[1]), Number(clock?.[2])];
  const total = hours * HOUR_MINUTES + minutes;
  return minutes < HOUR_MINUTES && total <= DAY_MINUTES ? total : NaN;
}

/** Whether the runtime knows a time zone by this IANA name. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** A test for a local window. The formatter is made once, here. @throws RangeError for a zone that is not known. */
export function hoursTest({ timeZone, days, from, to }: Hours): TimeTest {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const [start, end] = [clockMinutes(from), clockMinutes(to)];
  const begins = new Set(days.map((day) => WEEKDAYS.indexOf(day)));
  return (atMs) => {
    if (Number.isNaN(atMs)) return false;
    const { day, minutes } = localTime(format, atMs);
    const dayBefore = (day + WEEKDAYS.length - 1) % WEEKDAYS.length;
    if (start < end) return begins.has(day) && minutes >= start && minutes < end;
    return (begins.has(day) && minutes >= start) || (begins.has(dayBefore) && minutes < end);
  };
}

function localTime(format: Intl.DateTimeFormat, atMs: number): Readonly<{ day: number; minutes: number }> {
  const parts = Object.fromEntries(format.formatToParts(atMs).map(({ type, value }) => [type, value]));
  const day = (WEEKDAYS as readonly string[]).indexOf(String(parts['weekday']).toLowerCase());
  return { day, minutes: Number(parts['hour']) * HOUR_MINUTES + Number(parts['minute']) };
}

export function fromTest(from: string): TimeTest {
  const fromMs = instantMs(from);
  return (atMs) => atMs >= fromMs;
}

export function untilTest(until: string): TimeTest {
  const untilMs = instantMs(until);
  return (atMs) => atMs < untilMs;
}
