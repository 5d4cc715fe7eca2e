import { encodeEvent, type HandoffEvent, topicOf } from '@handoff/contracts';
import { type Inbox, type Outbox, type OutgoingRecord, packedCopy, type Parking, type RecordCopy, type StoredRecord, type Transaction, type Transactions } from '@handoff/messaging';
import type { DataSource, EntityManager } from 'typeorm';
import { binaryArray } from './binary-array.js';
import { isConflict, isUnavailable } from './postgres.errors.js';
import { PostgresParking } from './postgres.parking.js';

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
  private readonly copies: RecordCopy[] = [];

  constructor(private readonly manager: EntityManager, private readonly owner: string) {}

  add(events: readonly HandoffEvent[]): Promise<void> {
    this.events.push(...events);
    return Promise.resolve();
  }

  copy(records: readonly RecordCopy[]): Promise<void> {
    this.copies.push(...records);
    return Promise.resolve();
  }

  async store(): Promise<readonly StoredRecord[]> {
    const stored = this.events.length === 0 ? [] : await this.storeEvents();
    return this.copies.length === 0 ? stored : [...stored, ...(await this.storeCopies())];
  }

  private async storeEvents(): Promise<readonly StoredRecord[]> {
    const records: OutgoingRecord[] = this.events.map((event) => ({ topic: topicOf(event.type), ...encodeEvent(event) }));
    const rows = await this.manager.query<{ seq: string }[]>(
      `insert into outbox (owner, topic, key, headers, value)
       select $1, topic, key, headers, value
       from unnest($2::text[], $3::text[], $4::json[], $5::text[]) with ordinality as o (topic, key, headers, value, n)
       order by n returning seq`,
      [this.owner, records.map(({ topic }) => topic), records.map(({ key }) => key), binaryArray('json', records.map(({ headers }) => JSON.stringify(headers))), binaryArray('text', records.map(({ value }) => value))]);
    return records.map((record, index) => ({ ...record, seq: rows[index]?.seq ?? '' }));
  }

  private async storeCopies(): Promise<readonly StoredRecord[]> {
    const rows = await this.manager.query<{ seq: string }[]>(
      `insert into outbox (owner, topic, key, headers, value, copy)
       select $1, topic, '', '{}', '', copy::jsonb from unnest($2::text[], $3::text[]) with ordinality as o (topic, copy, n)
       order by n returning seq`,
      [this.owner, this.copies.map(({ topic }) => topic), this.copies.map((record) => JSON.stringify(packedCopy(record)))]);
    return this.copies.map((record, index) => ({ ...record, seq: rows[index]?.seq ?? '' }));
  }
}
