import { encodeEvent, type HandoffEvent, topicOf } from '@handoff/contracts';
import { type Inbox, type Outbox, type OutgoingRecord, packedCopy, type Parking, type RecordCopy, type StoredRecord, type Transaction, type Transactions } from '@handoff/messaging';
import type { DataSource, EntityManager } from 'typeorm';
import { binaryArray } from './binary-array.js';
import { isConflict, isUnavailable } from './postgres.errors.js';
import { PostgresParking } from './postgres.parking.js';

/** The part of the outbox publisher that a transaction needs. */
export interface OutboxHandOff {
  readonly owner: string;
  /** Takes what was committed, or with `unconfirmed` what a transaction of this id may have committed; resolves when there is room for more. */
  handOff(records: readonly StoredRecord[], unconfirmed?: string): Promise<void>;
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
    let written: Written | undefined;
    try {
      const { tx, result } = await this.dataSource.transaction(async (manager) => {
        const tx = new PostgresTransaction(manager, this.handOff.owner);
        const result = await work(tx);
        written = await tx.outbox.store();
        return { tx, result };
      });
      tx.committed();
      await this.handOff.handOff(written?.records ?? []);
      return result;
    } catch (error) {
      // The connection may have broken after the commit and before its answer. The events are then in the outbox, in our name, and nobody else would publish them.
      if (written !== undefined) void this.handOff.handOff(written.records, written.transactionId);
      throw error;
    }
  }

  isUnavailable(error: unknown): boolean {
    return isUnavailable(error);
  }

  isConflict(error: unknown): boolean {
    return isConflict(error);
  }
}

/** What a transaction put into the outbox. */
interface Written {
  readonly transactionId: string;
  readonly records: readonly StoredRecord[];
}

interface WrittenRow {
  readonly seq: string;
  readonly transaction_id: string;
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

  async store(): Promise<Written> {
    const events = this.events.length === 0 ? NOTHING_WRITTEN : await this.storeEvents();
    if (this.copies.length === 0) return events;
    const copies = await this.storeCopies();
    return { ...copies, records: [...events.records, ...copies.records] };
  }

  private async storeEvents(): Promise<Written> {
    const records: OutgoingRecord[] = this.events.map((event) => ({ topic: topicOf(event.type), ...encodeEvent(event) }));
    const rows = await this.manager.query<WrittenRow[]>(
      `insert into outbox (owner, topic, key, headers, value)
       select $1, topic, key, headers, value
       from unnest($2::text[], $3::text[], $4::json[], $5::text[]) with ordinality as o (topic, key, headers, value, n)
       order by n returning seq, pg_current_xact_id() as transaction_id`,
      [this.owner, records.map(({ topic }) => topic), records.map(({ key }) => key), binaryArray('json', records.map(({ headers }) => JSON.stringify(headers))), binaryArray('text', records.map(({ value }) => value))]);
    return writtenOf(records, rows);
  }

  private async storeCopies(): Promise<Written> {
    const rows = await this.manager.query<WrittenRow[]>(
      `insert into outbox (owner, topic, key, headers, value, copy)
       select $1, topic, '', '{}', '', copy::jsonb from unnest($2::text[], $3::text[]) with ordinality as o (topic, copy, n)
       order by n returning seq, pg_current_xact_id() as transaction_id`,
      [this.owner, this.copies.map(({ topic }) => topic), this.copies.map((record) => JSON.stringify(packedCopy(record)))]);
    return writtenOf(this.copies, rows);
  }
}

const NOTHING_WRITTEN: Written = { transactionId: '', records: [] };

function writtenOf(records: readonly (OutgoingRecord | RecordCopy)[], rows: readonly WrittenRow[]): Written {
  return { transactionId: rows[0]?.transaction_id ?? '', records: records.map((record, index) => ({ ...record, seq: rows[index]?.seq ?? '' })) };
}
