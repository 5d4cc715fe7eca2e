import { BYTES_A_PUBLISH_MAX, type OutgoingRecord, type StoredRecord } from '@handoff/messaging';
import { queryWithin } from '@handoff/persistence';
import type { DataSource, QueryRunner } from 'typeorm';
import type { SpoolDrain, SpoolLook, SpoolSize, SpoolStore } from './spool.store.js';

/** Of the advisory lock that says who drains. Locks are the database's, so the schema is part of the name. */
const DRAIN_LOCK = "hashtextextended('handoff-spool-' || current_schema(), 0)";
/** Requests wait for these; a database that takes longer is as good as away. */
const ANSWER_MS_MAX = 2_000;

export class PostgresSpoolStore implements SpoolStore {
  constructor(private readonly dataSource: DataSource) {}

  async look(keys: readonly string[]): Promise<SpoolLook> {
    const [row] = await queryWithin<{ is_empty: boolean; keys: string[] }[]>(this.dataSource, ANSWER_MS_MAX,
      'select not exists (select from spool) as is_empty, array(select distinct key from spool where key = any($1)) as keys', [[...new Set(keys)]]);
    return { isEmpty: row?.is_empty ?? true, keys: new Set(row?.keys) };
  }

  async add(records: readonly OutgoingRecord[]): Promise<string> {
    const [row] = await queryWithin<{ oldest: string }[]>(this.dataSource, ANSWER_MS_MAX, `
      with added as (
        insert into spool (topic, key, headers, value)
        select topic, key, headers, value from rows from (jsonb_to_recordset($1::jsonb) as (topic text, key text, headers jsonb, value text)) with ordinality
        order by ordinality returning seq
      )
      select least((select min(seq) from spool), (select min(seq) from added)) as oldest`, [JSON.stringify(records)]);
    return row?.oldest ?? '';
  }

  async size(): Promise<SpoolSize> {
    const [row] = await this.dataSource.query<{ records: string; oldest_at: Date | null }[]>(`
      select coalesce((select max(seq) from spool) - (select min(seq) from spool) + 1, 0) as records,
        (select spooled_at from spool order by seq limit 1) as oldest_at`);
    return { records: Number(row?.records), oldestAt: row?.oldest_at ?? null };
  }

  async drain(): Promise<SpoolDrain | null> {
    const connection = this.dataSource.createQueryRunner();
    try {
      const [row] = (await connection.query(`select pg_try_advisory_lock(${DRAIN_LOCK}) as is_ours`)) as { is_ours: boolean }[];
      if (row?.is_ours === true) return new PostgresSpoolDrain(connection);
      await connection.release();
      return null;
    } catch (error) {
      await connection.release().catch(() => undefined);
      throw error;
    }
  }
}

/** All on the connection that holds the lock: once it is lost, nothing more can be read. */
class PostgresSpoolDrain implements SpoolDrain {
  constructor(private readonly connection: QueryRunner) {}

  async oldest(recordsMax: number): Promise<readonly StoredRecord[]> {
    return (await this.connection.query(`
      select seq, topic, key, headers, value
      from (select *, sum(octet_length(value)) over (order by seq) - octet_length(value) as bytes_before from (select * from spool order by seq limit $1) oldest) oldest
      where bytes_before < $2 order by seq`, [recordsMax, BYTES_A_PUBLISH_MAX])) as StoredRecord[];
  }

  async remove(seqs: readonly string[]): Promise<void> {
    await this.connection.query('delete from spool where seq = any($1::bigint[])', [seqs]);
  }

  async end(): Promise<void> {
    await this.connection.query(`select pg_advisory_unlock(${DRAIN_LOCK})`).catch(() => undefined);
    await this.connection.release().catch(() => undefined);
  }
}
