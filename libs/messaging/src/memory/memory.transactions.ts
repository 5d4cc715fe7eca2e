import { randomUUID } from 'node:crypto';
import { encodeEvent, type HandoffEvent, topicOf } from '@handoff/contracts';
import type { IncomingRecord, RecordCopy } from '../ports.js';
import type { Inbox, Outbox, ParkedRecord, Parking, ParkReason, Transaction, Transactions } from '../transactions.js';
import type { OutboxStore, StoredRecord } from '../outbox.publisher.js';

interface ParkedRow {
  seq: string;
  id: string;
  record: IncomingRecord;
  editedValue: Buffer | null;
  reason: ParkReason;
  attempts: number;
  retryAt: Date | null;
  isDead: boolean;
}

interface Tables {
  inbox: Set<string>;
  outbox: Map<string, { owner: string; record: StoredRecord }>;
  parked: ParkedRow[];
}

/** The twin of a database for tests: one transaction at a time, on a copy that replaces the original at commit. */
export class MemoryDatabase {
  tables: Tables = { inbox: new Set(), outbox: new Map(), parked: [] };
  readonly livingOwners = new Set<string>();
  private seq = 0;
  private queue: Promise<unknown> = Promise.resolve();
  private readonly rollbacks: (() => void)[] = [];

  nextSeq(): string {
    this.seq += 1;
    return String(this.seq);
  }

  /** Registers how to undo a change that a memory store made within the transaction under way. */
  onRollback(undo: () => void): void {
    this.rollbacks.push(undo);
  }

  exclusively<R>(work: (tables: Tables) => Promise<R>): Promise<R> {
    const done = this.queue.then(async () => {
      const copy: Tables = { inbox: new Set(this.tables.inbox), outbox: new Map(this.tables.outbox), parked: this.tables.parked.map((row) => ({ ...row })) };
      this.rollbacks.length = 0;
      try {
        const result = await work(copy);
        this.tables = copy;
        return result;
      } catch (error) {
        for (const undo of this.rollbacks.reverse()) undo();
        throw error;
      }
    });
    this.queue = done.catch(() => undefined);
    return done;
  }
}

class MemoryTransaction implements Transaction {
  readonly inbox: Inbox;
  readonly outbox: MemoryOutbox;
  readonly parking: Parking;
  private readonly works: (() => void)[] = [];

  constructor(readonly database: MemoryDatabase, tables: Tables, owner: string) {
    this.inbox = {
      accept: (eventIds) => {
        const fresh = new Set(eventIds.filter((id) => !tables.inbox.has(id)));
        for (const id of fresh) tables.inbox.add(id);
        return Promise.resolve(fresh);
      },
    };
    this.outbox = new MemoryOutbox(database, tables, owner);
    this.parking = new MemoryParking(database, tables);
  }

  afterCommit(work: () => void): void {
    this.works.push(work);
  }

  committed(): void {
    for (const work of this.works) work();
  }
}

/** Lets a memory store of a service take part in the transaction: `undo` runs when it is rolled back. */
export function onRollback(tx: Transaction, undo: () => void): void {
  if (!(tx instanceof MemoryTransaction)) throw new Error('This store needs a transaction in memory.');
  tx.database.onRollback(undo);
}

class MemoryOutbox implements Outbox {
  private readonly events: HandoffEvent[] = [];
  private readonly copies: RecordCopy[] = [];

  constructor(private readonly database: MemoryDatabase, private readonly tables: Tables, private readonly owner: string) {}

  add(events: readonly HandoffEvent[]): Promise<void> {
    this.events.push(...events);
    return Promise.resolve();
  }

  copy(records: readonly RecordCopy[]): Promise<void> {
    this.copies.push(...records);
    return Promise.resolve();
  }

  store(): readonly StoredRecord[] {
    const events = this.events.map((event) => ({ topic: topicOf(event.type), ...encodeEvent(event) }));
    const records = [...events, ...this.copies].map((record) => ({ seq: this.database.nextSeq(), ...record }));
    for (const record of records) this.tables.outbox.set(record.seq, { owner: this.owner, record });
    return records;
  }
}

class MemoryParking implements Parking {
  constructor(private readonly database: MemoryDatabase, private readonly tables: Tables) {}

  keysIn(keys: readonly string[]): Promise<ReadonlySet<string>> {
    const parked = new Set(this.tables.parked.map(({ record }) => record.key));
    return Promise.resolve(new Set(keys.filter((key) => parked.has(key))));
  }

  park(record: IncomingRecord, reason: ParkReason, retryAt: Date | null): Promise<string | null> {
    const isThere = this.tables.parked.some((row) => row.record.topic === record.topic && row.record.partition === record.partition && row.record.offset === record.offset);
    if (isThere) return Promise.resolve(null);
    const id = randomUUID();
    this.tables.parked.push({ seq: this.database.nextSeq(), id, record, editedValue: null, reason, attempts: 0, retryAt, isDead: retryAt === null });
    return Promise.resolve(id);
  }

  due(now: Date, limit: number): Promise<readonly ParkedRecord[]> {
    const { parked } = this.tables;
    const isFirstOfKey = (row: ParkedRow, index: number): boolean => row.record.key === null || parked.findIndex(({ record }) => record.key === row.record.key) === index;
    return Promise.resolve(parked.filter((row, index) => row.retryAt !== null && row.retryAt <= now && isFirstOfKey(row, index)).slice(0, limit));
  }

  release(seq: string): Promise<void> {
    this.tables.parked = this.tables.parked.filter((row) => row.seq !== seq);
    return Promise.resolve();
  }

  postpone(seq: string, reason: ParkReason, retryAt: Date | null): Promise<void> {
    const row = this.tables.parked.find((candidate) => candidate.seq === seq);
    if (row !== undefined) Object.assign(row, { reason, retryAt, attempts: row.attempts + 1, isDead: row.isDead || retryAt === null });
    return Promise.resolve();
  }
}

export class MemoryTransactions implements Transactions {
  constructor(private readonly database: MemoryDatabase, private readonly handOff: { readonly owner: string; handOff(records: readonly StoredRecord[]): Promise<void> }) {}

  async run<R>(work: (tx: Transaction) => Promise<R>): Promise<R> {
    const { tx, result, outgoing } = await this.database.exclusively(async (tables) => {
      const tx = new MemoryTransaction(this.database, tables, this.handOff.owner);
      return { tx, result: await work(tx), outgoing: tx.outbox.store() };
    });
    tx.committed();
    await this.handOff.handOff(outgoing);
    return result;
  }

  isUnavailable(error: unknown): boolean {
    return error instanceof Error && error.message === 'unavailable';
  }

  isConflict(): boolean {
    return false;
  }
}

export class MemoryOutboxStore implements OutboxStore {
  constructor(private readonly database: MemoryDatabase, readonly owner: string) {}

  open(): Promise<void> {
    this.database.livingOwners.add(this.owner);
    return Promise.resolve();
  }

  remove(seqs: readonly string[]): Promise<void> {
    return this.database.exclusively((tables) => {
      for (const seq of seqs) tables.outbox.delete(seq);
      return Promise.resolve();
    });
  }

  takeOver(limit: number): Promise<readonly StoredRecord[]> {
    return this.database.exclusively((tables) => {
      const dead = [...tables.outbox.values()].filter(({ owner }) => !this.database.livingOwners.has(owner)).slice(0, limit);
      for (const row of dead) tables.outbox.set(row.record.seq, { ...row, owner: this.owner });
      return Promise.resolve(dead.map(({ record }) => record));
    });
  }

  wasCommitted(_transactionId: string, seqs: readonly string[]): Promise<boolean> {
    return this.database.exclusively((tables) => Promise.resolve(seqs.some((seq) => tables.outbox.has(seq))));
  }

  close(): Promise<void> {
    this.database.livingOwners.delete(this.owner);
    return Promise.resolve();
  }
}
