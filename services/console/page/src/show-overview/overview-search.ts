/** In days up to now; absent in an address where it is a week. */
export const PERIOD_DAYS = [1, 7, 30, 90, 365] as const;
const DAYS = 7;
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** What an overview is of. The address of the page holds it. */
export interface OverviewSearch {
  readonly days?: (typeof PERIOD_DAYS)[number];
  /** Dates in the viewer's zone, both within; they count where both are there. */
  readonly from?: string;
  readonly to?: string;
  /** Of this queue alone; '': not decided yet. */
  readonly queue?: string;
  readonly partner?: string;
}

export function overviewSearchOf(search: Readonly<Record<string, unknown>>): OverviewSearch {
  const days = PERIOD_DAYS.find((each) => each === search['days']);
  const [from, to] = [dateOf(search['from']), dateOf(search['to'])];
  const [queue, partner] = [search['queue'], search['partner']].map((value) => (typeof value === 'string' ? value.slice(0, 256) : undefined));
  return {
    ...(days === undefined ? {} : { days }), ...(from === undefined || to === undefined || from > to ? {} : { from, to }),
    ...(queue === undefined ? {} : { queue }), ...(partner === undefined || queue !== undefined ? {} : { partner }),
  };
}

/** The period in times. The present one ends with the minute, so that it stays the same for a while. */
export function periodOf({ days = DAYS, from, to }: OverviewSearch, nowMs: number): { readonly from: string; readonly to: string } {
  if (from !== undefined && to !== undefined) return { from: new Date(`${from}T00:00:00`).toISOString(), to: dayAfter(to).toISOString() };
  const end = Math.ceil(nowMs / MINUTE_MS) * MINUTE_MS;
  return { from: new Date(end - days * DAY_MS).toISOString(), to: new Date(end).toISOString() };
}

/** Days have 23 to 25 hours where clocks are changed. */
function dayAfter(date: string): Date {
  const day = new Date(`${date}T00:00:00`);
  day.setDate(day.getDate() + 1);
  return day;
}

function dateOf(value: unknown): string | undefined {
  return typeof value === 'string' && DATE.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined;
}
