import { encodeEvent, type HandoffEvent, topicOf } from '@handoff/contracts';
import type { Inbox, IncomingRecord, Outbox, OutgoingRecord, ParkedRecord, Parking, ParkReason, StoredRecord, Transaction, Transactions } from '@handoff/messaging';
import type { DataSource, EntityManager } from 'typeorm';
import { binaryArray } from './binary-array.js';
import { isConflict, isUnavailable } from './postgres.errors.js';

/** The part of the outbox publisher that a transaction needs. */
export interface OutboxHandOff {
  readonly owner: string;
  /** Takes what was committed; resolves when there is room for more. */
  handOff(records: readonly StoredRecord[]): Promise<void>;
}

class PostgresTransaction implements Transaction {
  readonly inbox: Inbox;
  readonly outbox: PostgresOutbox;
  readonly parking: Parking;
  private readonly works: (() => void)[] = [];

  constructor(readonly manager: EntityManager, owner: string) {
    this.inbox = new PostgresInbox(manager);
    this.outbox = new PostgresOutbox(manager, owner);
    this.parking = new PostgresParking(manager);
  }

  afterCommit(work: () => void): void {
    this.works.push(work);
  }

  committed(): void {
    for (const work of this.works) work();
  }
}

/** The TypeORM manager of a transaction, for the `*.store.postgres.ts` of a service. */
export function managerOf(tx: Transaction): EntityManager {
  if (tx instanceof PostgresTransaction) return tx.manager;
  throw new Error('This store needs a PostgreSQL transaction.');
}

export class PostgresTransactions implements Transactions {
  constructor(private readonly dataSource: DataSource, private readonly handOff: OutboxHandOff) {}

  async run<R>(work: (tx: Transaction) => Promise<R>): Promise<R> {
    const { tx, result, outgoing } = await this.dataSource.transaction(async (manager) => {
      const tx = new PostgresTransaction(manager, this.handOff.owner);
      return { tx, result: await work(tx), outgoing: await tx.outbox.store() };
    });
    tx.committed();
    await this.handOff.handOff(outgoing);
    return result;
  }

  isUnavailable(error: unknown): boolean {
    return isUnavailable(error);
  }

  isConflict(error: unknown): boolean {
    return isConflict(error);
  }
}

class PostgresInbox implements Inbox {
  constructor(private readonly manager: EntityManager) {}

  async accept(eventIds: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await this.manager.query<{ event_id: string }[]>(
      'insert into inbox (event_id) select unnest($1::text[]) on conflict do nothing returning event_id', [[...eventIds]]);
    return new Set(rows.map(({ event_id }) => event_id));
  }
}

/** Collects the events of a transaction and writes them in one statement before commit. */
class PostgresOutbox implements Outbox {
  private readonly events: HandoffEvent[] = [];

  constructor(private readonly manager: EntityManager, private readonly owner: string) {}

  add(events: readonly HandoffEvent[]): Promise<void> {
    this.events.push(...events);
    return Promise.resolve();
  }

  async store(): Promise<readonly StoredRecord[]> {
    if (this.events.length === 0) return [];
    const records: OutgoingRecord[] = this.events.map((event) => ({ topic: topicOf(event.type), ...encodeEvent(event) }));
    const rows = await this.manager.query<{ seq: string }[]>(
      `insert into outbox (owner, topic, key, headers, value)
       select $1, topic, key, headers, value
       from unnest($2::text[], $3::text[], $4::json[], $5::text[]) with ordinality as o (topic, key, headers, value, n)
       order by n returning seq`,
      [this.owner, records.map(({ topic }) => topic), records.map(({ key }) => key), binaryArray('json', records.map(({ headers }) => JSON.stringify(headers))), binaryArray('text', records.map(({ value }) => value))]);
    return records.map((record, index) => ({ ...record, seq: rows[index]?.seq ?? '' }));
  }
}

interface ParkedRow {
  seq: string; topic: string; partition: number; offset: string; key: string | null; headers: Record<string, string>;
  value: Buffer | null; code: string; detail: string; attempts: number;
}

class PostgresParking implements Parking {
  constructor(private readonly manager: EntityManager) {}

  async keysIn(keys: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await this.manager.query<{ key: string }[]>('select distinct key from parked where key = any($1)', [[...keys]]);
    return new Set(rows.map(({ key }) => key));
  }

  async park(record: IncomingRecord, reason: ParkReason, retryAt: Date | null): Promise<void> {
    await this.manager.query(
      `insert into parked (topic, partition, "offset", key, headers, value, code, detail, retry_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (topic, partition, "offset") do nothing`,
      [record.topic, record.partition, record.offset, record.key, JSON.stringify(textHeaders(record)), record.value, reason.code, reason.detail, retryAt]);
  }

  async due(now: Date, limit: number): Promise<readonly ParkedRecord[]> {
    const rows = await this.manager.query<ParkedRow[]>(
      `select seq, topic, partition, "offset", key, headers, value, code, detail, attempts from parked p
       where retry_at <= $1 and not exists (select 1 from parked earlier where earlier.key = p.key and earlier.seq < p.seq)
       order by seq limit $2 for update skip locked`, [now, limit]);
    return rows.map(({ seq, code, detail, attempts, ...record }) => ({ seq, attempts, reason: { code, detail }, record }));
  }

  async release(seq: string): Promise<void> {
    await this.manager.query('delete from parked where seq = $1', [seq]);
  }

  async postpone(seq: string, reason: ParkReason, retryAt: Date | null): Promise<void> {
    await this.manager.query('update parked set attempts = attempts + 1, code = $2, detail = $3, retry_at = $4 where seq = $1', [seq, reason.code, reason.detail, retryAt]);
  }
}

function textHeaders({ headers }: IncomingRecord): Record<string, string> {
  const entries = Object.entries(headers).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.map(([name, value]) => [name, String(Array.isArray(value) ? value[0] : value)]));
}
