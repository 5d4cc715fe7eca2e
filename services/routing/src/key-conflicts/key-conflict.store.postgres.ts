import type { Transaction } from '@handoff/messaging';
import { managerOf } from '@handoff/persistence';
import { type Page, pageOf } from '@handoff/platform';
import type { KeyConflict } from './key-conflict.decision.js';
import { type KeyConflictQuery, type KeyConflictStore, positionAt, positionOf, type SeenKeyConflict } from './key-conflict.store.js';

interface KeyConflictRow {
  event_id: string; content_digest: string; ticket_id: string; source: string; external_id: string; content: KeyConflict['content']; times: number; first_at: Date; last_at: Date;
}

export class PostgresKeyConflictStore implements KeyConflictStore {
  async note(tx: Transaction, conflicts: readonly KeyConflict[], at: Date): Promise<void> {
    // One by one: there are few, and a statement cannot write the row of one key twice.
    for (const { eventId, contentDigest, ticketId, source, externalId, content } of conflicts) {
      await managerOf(tx).query(
        `insert into key_conflict (event_id, content_digest, ticket_id, source, external_id, content, first_at, last_at) values ($1, $2, $3, $4, $5, $6, $7, $7)
         on conflict (event_id, content_digest) do update set times = key_conflict.times + 1, last_at = excluded.last_at`,
        [eventId, contentDigest, ticketId, source, externalId, JSON.stringify(content), at]);
    }
  }

  async list(tx: Transaction, { source, ticketId, cursor, limit }: KeyConflictQuery): Promise<Page<SeenKeyConflict>> {
    const [firstAt, eventId, contentDigest] = cursor === undefined ? [null, null, null] : positionAt(cursor);
    const rows = await managerOf(tx).query<KeyConflictRow[]>(
      `select * from key_conflict
       where ($1::text is null or source = $1) and ($2::uuid is null or ticket_id = $2)
         and ($3::timestamptz is null or (first_at, event_id, content_digest) < ($3, $4, $5))
       order by first_at desc, event_id desc, content_digest desc limit $6`,
      [source ?? null, ticketId ?? null, firstAt, eventId, contentDigest, limit + 1]);
    return pageOf(rows.map(conflictOf), limit, positionOf);
  }
}

function conflictOf(row: KeyConflictRow): SeenKeyConflict {
  return {
    eventId: row.event_id, contentDigest: row.content_digest, ticketId: row.ticket_id, source: row.source, externalId: row.external_id, content: row.content,
    times: row.times, firstAt: row.first_at.toISOString(), lastAt: row.last_at.toISOString(),
  };
}
