import type { HandoffEvent } from '@handoff/contracts';
import type { Transaction } from '@handoff/messaging';
import { managerOf } from '@handoff/persistence';
import { isInstant, type Page, pageOf, readCursor } from '@handoff/platform';
import { rankOf } from '../read-model/story-rank.decision.js';
import { severityRankOf, shownTicketOf, type ShownTicket } from '../read-model/shown-ticket.decision.js';
import { type StoredTicket, ticketRowOf } from '../read-model/ticket-rows.postgres.js';
import type { TicketListQuery, TicketListStore, TicketSort } from './ticket-list.store.js';

interface SortOrder {
  /** Columns with their types; `id` makes each place one ticket's alone. */
  readonly columns: readonly (readonly [name: string, type: keyof typeof FORMS])[];
  readonly direction: 'asc' | 'desc';
}

/** How PostgreSQL writes the values that cursors have, so that no other reaches it. */
const FORMS = { uuid: /^[0-9a-f-]{36}$/, smallint: /^\d$/, timestamptz: /^(infinity|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?[+-]\d\d)$/ } as const;

/** Every order goes one way in all its columns, so that the next page is one comparison of rows, which an index answers. */
const SORTS: Readonly<Record<TicketSort, SortOrder>> = {
  changed: { columns: [['changed_at', 'timestamptz'], ['id', 'uuid']], direction: 'desc' },
  opened: { columns: [['opened_at', 'timestamptz'], ['id', 'uuid']], direction: 'asc' },
  severity: { columns: [['severity_rank', 'smallint'], ['opened_at', 'timestamptz'], ['id', 'uuid']], direction: 'asc' },
  due: { columns: [['due_at', 'timestamptz'], ['id', 'uuid']], direction: 'asc' },
};

/** Tickets that are looked at in their order before the others are looked for by an index: what one of two hundred has fills a page of them. */
const NEAR_MAX = 10_000;
/** So that where the tickets of a common word lie is known exactly, and what several words have in common is found in the index. */
const WORK_MEM = '64MB';
const PLACE = '$place';
const COLUMNS = `id, parts, undelivered, changed_at, ${PLACE} as place`;

type StoryPosition = readonly [at: string, rank: number, eventId: string];

export class PostgresTicketListStore implements TicketListStore {
  async list(tx: Transaction, query: TicketListQuery): Promise<Page<ShownTicket>> {
    const rows = isNarrowed(query) ? await nearOrAnywhere(tx, query) : await answered(tx, query, ({ range, filters, limit }) => `select ${COLUMNS} from ticket where ${all(range, filters)} ${limit}`);
    const page = pageOf(rows, query.limit, ({ place: last }) => [query.sort, ...last]);
    return { ...page, items: page.items.flatMap((row) => shownTicketOf(ticketRowOf(row)) ?? []) };
  }

  async find(tx: Transaction, ticketId: string): Promise<ShownTicket | null> {
    const [row] = await managerOf(tx).query<StoredTicket[]>('select id, parts, undelivered, changed_at from ticket where id = $1', [ticketId]);
    return row === undefined ? null : shownTicketOf(ticketRowOf(row));
  }

  async story(tx: Transaction, ticketId: string, { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number }): Promise<Page<HandoffEvent>> {
    const place = cursor === undefined ? null : readCursor(cursor, isStoryPosition);
    const rows = await managerOf(tx).query<{ event: HandoffEvent }[]>(
      `select event from event where ticket_id = $1 and ($2::timestamptz is null or (at, rank, event_id) < ($2::timestamptz, $3::smallint, $4::text))
       order by at desc, rank desc, event_id desc limit $5`,
      [ticketId, place?.[0] ?? null, place?.[1] ?? null, place?.[2] ?? null, limit + 1]);
    return pageOf(rows.map(({ event }) => event), limit, (event) => [event.time, rankOf(event), event.id]);
  }
}

/** Whether no index has exactly these tickets in their order. */
function isNarrowed({ ids, state, severity, partner, offerId, isUndelivered, attachedTo, words }: TicketListQuery): boolean {
  return ids === undefined && (words.length > 0 || [state === 'closed' ? undefined : state, severity, partner, offerId, isUndelivered, attachedTo].some((filter) => filter !== undefined));
}

/**
 * Looks at the first tickets of the order. What is common is found there without reading all of it; of what is not, there are few
 * tickets, and an index has them. The planner cannot know which of both is so, least of all for several words. What belongs to an
 * outage is looked for by its index at once: it is not in a column of its own.
 */
async function nearOrAnywhere(tx: Transaction, query: TicketListQuery): Promise<readonly FoundRow[]> {
  const near = query.attachedTo !== undefined ? [] : await answered(tx, query, ({ range, filters, order, limit }) => `select ${COLUMNS} from (select * from ticket where ${all(range)} ${order} limit ${NEAR_MAX}) near where ${all(filters)} ${limit}`);
  if (near.length > query.limit) return near;
  await managerOf(tx).query(`set local enable_seqscan = off; set local max_parallel_workers_per_gather = 0; set local work_mem = '${WORK_MEM}'`);
  return answered(tx, query, ({ keys, range, filters, order, limit }) => `with found as materialized (select ${keys} from ticket where ${all(range.slice(isOrderOfState(query) ? 1 : 0), filters)}) select ${COLUMNS} from ticket where id in (select id from found ${limit}) ${order}`);
}

/** Whether the index of states knows the places of these tickets. It knows nothing of whether they are open, which follows from the state. */
function isOrderOfState({ state, severity, partner, offerId, isUndelivered, attachedTo, words }: TicketListQuery): boolean {
  return state !== undefined && state !== 'closed' && [severity, partner, offerId, isUndelivered, attachedTo].every((filter) => filter === undefined) && words.length === 0;
}

interface FoundRow extends StoredTicket {
  readonly place: readonly string[];
}

/** The parts of a question, as SQL. */
interface Asked {
  /** What an index has in this order: open or closed tickets, or named ones; of a queue, behind a place. */
  readonly range: readonly string[];
  /** What narrows them further. */
  readonly filters: readonly string[];
  /** Columns of the order. */
  readonly keys: string;
  readonly order: string;
  /** The same, and one row more than the page. */
  readonly limit: string;
}

async function answered(tx: Transaction, query: TicketListQuery, sqlOf: (asked: Asked) => string): Promise<readonly FoundRow[]> {
  const { columns, direction } = SORTS[query.sort];
  const values: unknown[] = [];
  const order = `order by ${columns.map(([name]) => `${name} ${direction}`).join(', ')}`;
  const range = [...rangeOf(query, values), ...(query.cursor === undefined ? [] : [placeBehind(query.cursor, query.sort, values)])];
  const sql = sqlOf({ keys: columns.map(([name]) => name).join(', '), range, filters: filtersOf(query, values), order, limit: `${order} limit ${given(values, query.limit + 1)}` });
  return managerOf(tx).query<FoundRow[]>(sql.replace(PLACE, `array[${columns.map(([name]) => `${name}::text`).join(', ')}]`), values);
}

function all(...conditions: readonly (readonly string[])[]): string {
  return conditions.flat().join(' and ');
}

/** Adds a value and returns its placeholder. */
function given(values: unknown[], value: unknown): string {
  values.push(value);
  return `$${values.length}`;
}

function equal(column: string, value: unknown, values: unknown[]): readonly string[] {
  return value === undefined ? [] : [`${column} = ${given(values, value)}`];
}

/** As the indexes have it: the planner takes one only for a condition that it can prove. */
function rangeOf({ ids, state, queue }: TicketListQuery, values: unknown[]): readonly string[] {
  const which = ids !== undefined ? `is_known and id = any(${given(values, ids)}::uuid[])` : state === 'closed' ? "state = 'closed' and is_known" : 'is_open';
  return [which, ...equal('queue', queue, values)];
}

function filtersOf({ state, severity, partner, offerId, isUndelivered, attachedTo, words }: TicketListQuery, values: unknown[]): readonly string[] {
  return [
    ...(state === 'closed' ? [] : equal('state', state, values)), ...equal('severity_rank', severity === undefined ? undefined : severityRankOf(severity), values), ...equal('offer_id', offerId, values),
    ...(partner === undefined ? [] : [`partners @> array[${given(values, partner)}::text]`]), ...(isUndelivered === true ? ['undelivered > 0'] : []),
    ...equal("parts #>> '{routed,attachedTo}'", attachedTo, values), ...wordFilters(words, values),
  ];
}

/** Words so short begin too many others: an index would gather nearly all tickets for them. */
const SHORT_WORD_CHARS = 2;

/** Where there are longer words, the short ones are looked for in what those have found: `strip` hides them from the index. */
function wordFilters(words: readonly string[], values: unknown[]): readonly string[] {
  const long = words.filter((word) => word.length > SHORT_WORD_CHARS);
  const sought = long.length === 0 ? words : long;
  const rest = words.filter((word) => !sought.includes(word));
  const matching = (column: string, each: readonly string[]): string[] => (each.length === 0 ? [] : [`${column} @@ ${given(values, prefixQuery(each))}::tsquery`]);
  return [...matching('words', sought), ...matching('strip(words)', rest)];
}

/** The words are letters and digits alone, so nothing in them can be syntax. */
function prefixQuery(words: readonly string[]): string {
  return words.map((word) => `'${word}':*`).join(' & ');
}

function placeBehind(cursor: string, sort: TicketSort, values: unknown[]): string {
  const { columns, direction } = SORTS[sort];
  const [, ...place] = readCursor(cursor, (parts): parts is readonly string[] => parts[0] === sort && parts.length === columns.length + 1 && parts.every((part) => typeof part === 'string') && isPlace(parts.slice(1) as string[], columns));
  return `(${columns.map(([name]) => name).join(', ')}) ${direction === 'asc' ? '>' : '<'} (${place.map((part, index) => `${given(values, part)}::${columns[index]?.[1] ?? 'text'}`).join(', ')})`;
}

function isPlace(parts: readonly string[], columns: SortOrder['columns']): boolean {
  return parts.every((part, index) => FORMS[columns[index]?.[1] ?? 'uuid'].test(part));
}

function isStoryPosition(parts: readonly unknown[]): parts is StoryPosition {
  const [at, rank, eventId] = parts;
  return isInstant(at) && typeof rank === 'number' && Number.isInteger(rank) && rank >= 0 && rank < 32_768 && typeof eventId === 'string';
}

