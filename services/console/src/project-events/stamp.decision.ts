import type { Stamp } from '../read-model/ticket-row.js';

/** Whether `a` was said after `b`. It is an order of all events, so that a repetition never counts as news. */
export function isLater(a: Stamp, b: Stamp): boolean {
  const [atA, atB] = [Date.parse(a.at), Date.parse(b.at)];
  return atA === atB ? a.eventId > b.eventId : atA > atB;
}

/** The later of two times. */
export function latest(a: string, b: string): string {
  return Date.parse(a) >= Date.parse(b) ? a : b;
}

/** The earlier of two times. */
export function earliest(a: string, b: string): string {
  return Date.parse(a) <= Date.parse(b) ? a : b;
}
