import type { ShownState, TicketSort } from '../api/server-types.js';

export const STATES = ['received', 'waiting', 'escalated', 'acknowledged', 'closed'] as const satisfies readonly ShownState[];
export const SEVERITIES = ['A', 'B', 'C'] as const;

/** What narrows and orders the list. The address of the page holds it, so that Back, links and bookmarks do. */
export interface TicketFilter {
  /** '': not decided yet. */
  readonly queue?: string;
  /** Absent: all that are not closed. */
  readonly state?: ShownState;
  readonly severity?: (typeof SEVERITIES)[number];
  /** As `partner/1001`. */
  readonly partner?: string;
  readonly offer?: string;
  readonly undelivered?: true;
  readonly text?: string;
  /** Absent: the last changed first. */
  readonly sort?: Exclude<TicketSort, 'changed'>;
}

const OTHER_SORTS = ['opened', 'severity', 'due'] as const satisfies readonly TicketSort[];
export const SORTS: readonly TicketSort[] = ['changed', ...OTHER_SORTS];
const WORDS_CHARS_MAX = 256;

/** The filter in an address. What is none is left out: an old link shows more rather than nothing. */
export function ticketFilterOf(search: Readonly<Record<string, unknown>>): TicketFilter {
  const queue = wordsOf(search['queue']);
  const state = STATES.find((each) => each === search['state']);
  const severity = SEVERITIES.find((each) => each === search['severity']);
  const [partner, offer, text] = [search['partner'], search['offer'], search['text']].map((value) => wordsOf(value) || undefined);
  const sort = state === 'closed' ? undefined : OTHER_SORTS.find((each) => each === search['sort']);
  return {
    ...(queue === undefined ? {} : { queue }), ...(state === undefined ? {} : { state }), ...(severity === undefined ? {} : { severity }),
    ...(partner === undefined ? {} : { partner }), ...(offer === undefined ? {} : { offer }), ...(text === undefined ? {} : { text }),
    ...(search['undelivered'] === true ? { undelivered: true as const } : {}), ...(sort === undefined ? {} : { sort }),
  };
}

/** The same as the query of `GET /api/tickets`. */
export function ticketQueryOf({ undelivered, sort, ...filter }: TicketFilter): Readonly<Record<string, string | boolean | undefined>> {
  return { ...filter, sort: sort ?? 'changed', isUndelivered: undelivered };
}

/** The router reads `text=12` as a number. */
function wordsOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, WORDS_CHARS_MAX) : undefined;
}
