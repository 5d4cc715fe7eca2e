import type { HandoffEvent } from '@handoff/contracts';
import type { Transaction } from '@handoff/messaging';
import { managerOf } from '@handoff/persistence';
import { isInstant, type Page, pageOf, readCursor } from '@handoff/platform';
import { rankOf } from '../read-model/story-rank.decision.js';
import { severityRankOf, shownTicketOf, type ShownTicket } from '../read-model/shown-ticket.decision.js';
import { type StoredTicket, ticketRowOf } from '../read-model/ticket-rows.postgres.js';
import { FOUND_MAX, type TicketListQuery, type TicketListStore, type TicketSort } from './ticket-list.store.js';

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

type StoryPosition = readonly [at: string, rank: number, eventId: string];

export class PostgresTicketListStore implements TicketListStore {
  async list(tx: Transaction, query: TicketListQuery): Promise<Page<ShownTicket>> {
    const { columns, direction } = SORTS[query.sort];
    const values: unknown[] = [];
    const conditions = conditionsOf(query, values);
    const from = query.words.length === 0 ? 'ticket' : `(select * from ticket where words @@ ${given(values, prefixQuery(query.words))}::tsquery and ${conditions.join(' and ')} limit ${FOUND_MAX}) as found`;
    const place = query.cursor === undefined ? [] : [placeBehind(query.cursor, query.sort, values)];
    const where = [...(query.words.length === 0 ? conditions : []), ...place];
    const rows = await managerOf(tx).query<(StoredTicket & { readonly place: readonly string[] })[]>(
      `select id, parts, undelivered, changed_at, array[${columns.map(([name]) => `${name}::text`).join(', ')}] as place
       from ${from} ${where.length === 0 ? '' : `where ${where.join(' and ')}`}
       order by ${columns.map(([name]) => `${name} ${direction}`).join(', ')} limit ${given(values, query.limit + 1)}`,
      values);
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

/** Adds a value and returns its placeholder. */
function given(values: unknown[], value: unknown): string {
  values.push(value);
  return `$${values.length}`;
}

function conditionsOf(query: TicketListQuery, values: unknown[]): readonly string[] {
  const equal = (column: string, value: unknown): string[] => (value === undefined ? [] : [`${column} = ${given(values, value)}`]);
  return [
    // As the indexes have it: the planner takes one only for a condition that it can prove.
    ...(query.ids === undefined ? [query.state === 'closed' ? "state = 'closed' and is_known" : 'is_open'] : [`is_known and id = any(${given(values, query.ids)}::uuid[])`]),
    ...(query.state === 'closed' ? [] : equal('state', query.state)), ...equal('queue', query.queue),
    ...(query.severity === undefined ? [] : equal('severity_rank', severityRankOf(query.severity))), ...equal('offer_id', query.offerId),
    ...(query.partner === undefined ? [] : [`partners @> array[${given(values, query.partner)}::text]`]), ...(query.isUndelivered === true ? ['undelivered > 0'] : []),
    ...equal("parts #>> '{routed,attachedTo}'", query.attachedTo),
  ];
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

