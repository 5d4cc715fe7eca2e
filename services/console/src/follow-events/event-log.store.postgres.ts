import type { EventType, HandoffEvent } from '@handoff/contracts';
import type { Transaction } from '@handoff/messaging';
import { managerOf } from '@handoff/persistence';
import type { EventLogStore, LogEntry } from './event-log.store.js';

interface Row {
  readonly position: string;
  readonly event: HandoffEvent;
  readonly ticket_id: string | null;
  readonly queue: string | null;
}

export class PostgresEventLogStore implements EventLogStore {
  async end(tx: Transaction): Promise<{ readonly last: bigint; readonly given: bigint }> {
    const [row] = await managerOf(tx).query<{ last: string; given: string }[]>("select coalesce((select max(position) from event), 0) as last, coalesce(pg_sequence_last_value(pg_get_serial_sequence('event', 'position')::regclass), 0) as given");
    return { last: BigInt(row?.last ?? 0), given: BigInt(row?.given ?? 0) };
  }

  async after(tx: Transaction, { position, limit, types }: { readonly position: bigint; readonly limit: number; readonly types?: readonly EventType[] | undefined }): Promise<readonly LogEntry[]> {
    // The events come first: no ticket is looked for that is not of this page.
    const rows = await managerOf(tx).query<Row[]>(
      `select e.position, e.event, t.id as ticket_id, t.queue
       from (select position, event, ticket_id from event where position > $1::bigint ${types === undefined ? '' : 'and type = any($3::text[])'} order by position limit $2) e
       left join ticket t on t.id = e.ticket_id and t.is_known order by e.position`,
      [String(position), limit, ...(types === undefined ? [] : [types])]);
    return rows.map(({ position: at, event, ticket_id, queue }) => ({ position: BigInt(at), event, ticket: ticket_id === null ? null : { ticketId: ticket_id, queue: queue ?? '' } }));
  }
}
