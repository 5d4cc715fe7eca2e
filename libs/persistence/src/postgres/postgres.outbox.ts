import { randomBytes } from 'node:crypto';
import type { DataSource, QueryRunner } from 'typeorm';
import { type OutboxStore, type OutgoingRecord, type PackedCopy, type StoredRecord, unpackedCopy } from '@handoff/messaging';
import { isUnavailable } from './postgres.errors.js';

interface OutboxRow extends OutgoingRecord {
  readonly seq: string;
  readonly copy: PackedCopy | null;
}

/**
 * Who owns an outbox row is known by an advisory lock that its process holds on a connection of its own: PostgreSQL lets go
 * of it the moment the process or its connection dies, so nobody waits for a timeout and no clock decides.
 */
export class PostgresOutboxStore implements OutboxStore {
  readonly owner = (randomBytes(8).readBigUInt64BE() >> 2n).toString();
  private lock: QueryRunner | undefined;
  /** Rows that may be ours without our knowing them: the answer to the commit that took them over did not come. */
  private unconfirmed: readonly string[] = [];

  constructor(private readonly dataSource: DataSource) {}

  async open(): Promise<void> {
    await this.ownLock();
  }

  async remove(seqs: readonly string[]): Promise<void> {
    await this.dataSource.query('delete from outbox where seq = any($1::bigint[])', [[...seqs]]);
  }

  async takeOver(limit: number): Promise<readonly StoredRecord[]> {
    await this.ownLock();
    // The lock of a dead owner can be taken; it is let go again at the end of this transaction.
    const records = await this.dataSource.transaction(async (manager) => {
      const dead = await manager.query<{ owner: string }[]>(
        'select owner from (select distinct owner from outbox where owner <> $1) owners where pg_try_advisory_xact_lock(owner)', [this.owner]);
      if (dead.length === 0 && this.unconfirmed.length === 0) return [];
      const [rows] = await manager.query<[OutboxRow[], number]>(
        `update outbox set owner = $1
         where seq in (select seq from outbox where owner = any($2::bigint[]) or seq = any($4::bigint[]) order by seq limit $3)
         returning seq, topic, key, headers, value, copy`, [this.owner, dead.map(({ owner }) => owner), limit, [...this.unconfirmed]]);
      this.unconfirmed = [...new Set([...this.unconfirmed, ...rows.map(({ seq }) => seq)])];
      return rows.sort((a, b) => (BigInt(a.seq) < BigInt(b.seq) ? -1 : 1)).map(({ copy, seq, ...record }) => ({ seq, ...(copy === null ? record : unpackedCopy(record.topic, copy)) }));
    });
    const known = new Set(records.map(({ seq }) => seq));
    this.unconfirmed = this.unconfirmed.filter((seq) => !known.has(seq));
    return records;
  }

  /** PostgreSQL remembers how its latest transactions ended; of older ones, or after a restore, what they wrote tells. */
  async wasCommitted(transactionId: string, seqs: readonly string[]): Promise<boolean> {
    const status = await this.statusOf(transactionId);
    if (status === 'in progress') throw new Error(`The transaction ${transactionId} is still under way.`);
    if (status !== null) return status === 'committed';
    const rows = await this.dataSource.query<unknown[]>('select 1 from outbox where seq = any($1::bigint[]) limit 1', [[...seqs]]);
    return rows.length > 0;
  }

  private async statusOf(transactionId: string): Promise<'committed' | 'aborted' | 'in progress' | null> {
    try {
      const [row] = await this.dataSource.query<{ status: 'committed' | 'aborted' | 'in progress' | null }[]>('select pg_xact_status($1::xid8) as status', [transactionId]);
      return row?.status ?? null;
    } catch (error) {
      if (isUnavailable(error)) throw error;
      // A server that took the place of another may not have come to this id yet.
      return null;
    }
  }

  async close(): Promise<void> {
    const lock = this.lock;
    this.lock = undefined;
    await lock?.query('select pg_advisory_unlock($1)', [this.owner]).catch(() => undefined);
    await lock?.release().catch(() => undefined);
  }

  /** Holds the lock; where the connection was lost, takes it again on a new one. */
  private async ownLock(): Promise<void> {
    if (this.lock !== undefined) {
      const isAlive = await this.lock.query('select 1').then(() => true, () => false);
      if (isAlive) return;
      await this.lock.release().catch(() => undefined);
      this.lock = undefined;
    }
    const lock = this.dataSource.createQueryRunner();
    try {
      await lock.query('select pg_advisory_lock($1)', [this.owner]);
      this.lock = lock;
    } catch (error) {
      await lock.release().catch(() => undefined);
      throw error;
    }
  }
}
