import { binaryArray, type managerOf } from '@handoff/persistence';
import { searchWordsOf } from './search-words.decision.js';
import { severityRankOf, shownTicketOf } from './shown-ticket.decision.js';
import type { TicketRow } from './ticket-row.js';
import type { TicketTable } from './tickets-anew.postgres.js';

/** A ticket as it is stored. */
export interface StoredTicket {
  readonly id: string;
  readonly parts: Pick<TicketRow, 'told' | 'routed' | 'deliveredAt'>;
  readonly undelivered: number;
  readonly changed_at: Date;
}

export function ticketRowOf({ id, parts, undelivered, changed_at }: StoredTicket): TicketRow {
  return { ticketId: id, told: parts.told, routed: parts.routed, deliveredAt: parts.deliveredAt, undelivered, changedAt: changed_at.toISOString() };
}

/** In the order of `columnsOf`. */
const COLUMNS = 'id, undelivered, changed_at, is_known, is_open, queue, state, severity_rank, offer_id, opened_at, due_at';
const FAR = 'infinity';

/** Writes these tickets in one statement, whatever their number. */
export async function saveTickets(manager: ReturnType<typeof managerOf>, rows: readonly TicketRow[], into: TicketTable): Promise<void> {
  if (rows.length === 0) return;
  const table = rows.map(columnsOf);
  const columns = (table[0] ?? []).map((_, index) => table.map((row) => row[index]));
  await manager.query(
    `insert into ${into} (${COLUMNS}, parts, partners, words)
     select ${COLUMNS}, parts, string_to_array(partners, ' '), array_to_tsvector(string_to_array(words, ' '))
     from unnest($1::uuid[], $2::int[], $3::timestamptz[], $4::boolean[], $5::boolean[], $6::text[], $7::text[], $8::smallint[], $9::text[], $10::timestamptz[], $11::timestamptz[], $12::json[], $13::text[], $14::text[])
       as t (${COLUMNS}, parts, partners, words)
     on conflict (id) do update set ${`${COLUMNS}, parts, partners, words`.split(', ').slice(1).map((column) => `${column} = excluded.${column}`).join(', ')}`,
    [...columns, binaryArray('json', rows.map(({ told, routed, deliveredAt }) => JSON.stringify({ told, routed, deliveredAt }))), rows.map(({ routed }) => (routed?.partners ?? []).join(' ')), binaryArray('text', rows.map((row) => wordsOf(row).join(' ')))]);
}

function columnsOf(row: TicketRow): readonly unknown[] {
  const shown = shownTicketOf(row);
  return [
    row.ticketId, row.undelivered, row.changedAt, shown !== null, shown !== null && shown.state !== 'closed', shown?.queue ?? '', shown?.state ?? 'received', severityRankOf(shown?.severity ?? null),
    shown?.offerId ?? null, shown?.openedAt ?? row.changedAt, shown?.dueAt ?? FAR,
  ];
}

/** What a ticket is found by. */
function wordsOf(row: TicketRow): readonly string[] {
  const shown = shownTicketOf(row);
  return shown === null ? [] : searchWordsOf([shown.externalId, shown.ticketId, shown.customerId, shown.offerId, shown.subject].filter((text) => text !== null).join(' '));
}
