import { type IncomingRecord, type PackedHeaders, packedHeaders, type ParkedRecord, type Parking, type ParkReason, unpackedHeaders } from '@handoff/messaging';
import type { EntityManager } from 'typeorm';
import { HISTORY_ADDED, historyJson } from '../dead-letters/history.js';
import { storableText } from './storable-text.js';

export interface KeptRecordRow {
  topic: string; partition: number; offset: string; key: string | null; key_bytes: Buffer | null; value: Buffer | null;
  headers: Record<string, string>; header_pairs: PackedHeaders | null; timestamp_ms: string;
}

interface ParkedRow extends KeptRecordRow {
  seq: string; id: string; code: string; detail: string; error_name: string | null; attempts: number; edited_value: Buffer | null; dead_at: Date | null;
}

export class PostgresParking implements Parking {
  constructor(private readonly manager: EntityManager) {}

  async keysIn(keys: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await this.manager.query<{ key: string }[]>('select distinct key from parked where key = any($1)', [[...keys]]);
    return new Set(rows.map(({ key }) => key));
  }

  async park(record: IncomingRecord, { code, detail, errorName }: ParkReason, retryAt: Date | null): Promise<string | null> {
    const pairs = packedHeaders(record.headers).map(([name, value]) => [storableText(name), value] as const);
    const history = historyJson({ at: new Date().toISOString(), what: 'set-aside', code, detail, nextRetryAt: retryAt?.toISOString() ?? null });
    const [row] = await this.manager.query<{ id: string }[]>(
      `insert into parked (topic, partition, "offset", key, key_bytes, headers, header_pairs, timestamp_ms, value, code, detail, error_name, retry_at, dead_at, history)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13::timestamptz, case when $13::timestamptz is null then now() end, $14)
       on conflict (topic, partition, "offset") do nothing returning id`,
      [record.topic, record.partition, record.offset, storableText(record.key), record.keyBytes, JSON.stringify(textsOf(pairs)), JSON.stringify(pairs), record.timestampMs, record.value, code, storableText(detail), errorName, retryAt, history]);
    return row?.id ?? null;
  }

  async due(now: Date, limit: number): Promise<readonly ParkedRecord[]> {
    const rows = await this.manager.query<ParkedRow[]>(
      `select * from parked p
       where retry_at <= $1 and not exists (select 1 from parked earlier where earlier.key = p.key and earlier.seq < p.seq)
       order by seq limit $2 for update skip locked`, [now, limit]);
    return rows.map((row) => ({
      seq: row.seq, id: row.id, attempts: row.attempts, isDead: row.dead_at !== null, editedValue: row.edited_value,
      reason: { code: row.code, detail: row.detail, errorName: row.error_name }, record: keptRecordOf(row),
    }));
  }

  async release(seq: string): Promise<void> {
    const [deleted] = await this.manager.query<[{ seq: string }[], number]>('delete from parked where seq = $1 and dead_at is null returning seq', [seq]);
    if (deleted.length === 0) await settle(this.manager, seq, { outcome: 'retried', by: null, note: null });
  }

  async postpone(seq: string, { code, detail, errorName }: ParkReason, retryAt: Date | null): Promise<void> {
    const entry = historyJson({ at: new Date().toISOString(), what: 'failed', code, detail, nextRetryAt: retryAt?.toISOString() ?? null });
    await this.manager.query(
      `update parked set attempts = attempts + 1, code = $2, detail = $3, error_name = $4, retry_at = $5::timestamptz, history = ${HISTORY_ADDED('$6')},
         dead_at = case when $5::timestamptz is null then coalesce(dead_at, now()) else dead_at end
       where seq = $1`, [seq, code, storableText(detail), errorName, retryAt, entry]);
  }
}

/** Moves what was settled out of the way of later events of its ticket; it stays visible. */
export async function settle(manager: EntityManager, seq: string, { outcome, by, note }: { readonly outcome: 'retried' | 'discarded'; readonly by: string | null; readonly note: string | null }): Promise<void> {
  const entry = historyJson({ at: new Date().toISOString(), what: outcome, ...(by === null ? {} : { by }), ...(note === null ? {} : { note }) });
  const columns = 'seq, topic, partition, "offset", key, headers, value, code, detail, attempts, retry_at, parked_at, id, key_bytes, header_pairs, timestamp_ms, error_name, dead_at, edited_value';
  await manager.query(
    `with gone as (delete from parked where seq = $1 returning *)
     insert into parked_settled (${columns}, history, outcome, settled_by, note)
     select ${columns}, ${HISTORY_ADDED('$2')}, $3, $4, $5 from gone`, [seq, entry, outcome, by, note]);
}

export function keptRecordOf({ topic, partition, offset, key, key_bytes, value, headers, header_pairs, timestamp_ms }: KeptRecordRow): IncomingRecord {
  return {
    topic, partition, offset, key, value, timestampMs: timestamp_ms,
    keyBytes: key_bytes ?? (key === null ? null : Buffer.from(key)), headers: header_pairs === null ? headers : unpackedHeaders(header_pairs),
  };
}

/** The first value of each name, as text, to search by. */
function textsOf(pairs: PackedHeaders): Record<string, string> {
  return Object.fromEntries(pairs.toReversed().map(([name, value]) => [name, storableText(value === null ? '' : Buffer.from(value, 'base64').toString())]));
}
