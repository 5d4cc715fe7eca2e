import type { OutgoingRecord } from '@handoff/messaging';
import { MemorySpoolStore } from '../spool/spool.store.memory.js';
import { KafkaOrSpool } from './kafka-or-spool.js';

const record = (key: string, value = '1'): OutgoingRecord => ({ topic: 'handoff.intake', key, value, headers: {} });

class Kafka {
  isOpen = true;
  readonly stored: string[] = [];
  publishes = 0;

  publish(records: readonly OutgoingRecord[]): Promise<void> {
    this.publishes += 1;
    if (!this.isOpen) return Promise.reject(new Error('away'));
    this.stored.push(...records.map(({ key, value }) => `${key}${value}`));
    return Promise.resolve();
  }
}

class Spool extends MemorySpoolStore {
  isAway = false;
  looks = 0;

  override look(keys: readonly string[]): ReturnType<MemorySpoolStore['look']> {
    this.looks += 1;
    return this.isAway ? Promise.reject(new Error('connection refused')) : super.look(keys);
  }

  override add(records: readonly OutgoingRecord[]): Promise<string> {
    return this.isAway ? Promise.reject(new Error('connection refused')) : super.add(records);
  }

  async contents(): Promise<string[]> {
    const drain = await this.drain();
    const records = await drain?.oldest(100);
    await drain?.end();
    return (records ?? []).map(({ key, value }) => `${key}${value}`);
  }

  async clear(): Promise<void> {
    const drain = await this.drain();
    await drain?.remove(((await drain.oldest(100)) ?? []).map(({ seq }) => seq));
    await drain?.end();
  }
}

function setUp({ hasRoom = true } = {}) {
  const kafka = new Kafka();
  const spool = new Spool();
  const clock = { ms: 10_000 };
  const instance = () => new KafkaOrSpool({
    kafka, spool, hasRoom: () => hasRoom, now: () => clock.ms, onDatabaseError: () => undefined,
    delay: (ms) => Promise.resolve(void (clock.ms += ms)),
  });
  const storage = instance();
  const store = async (...records: readonly OutgoingRecord[]): Promise<string[]> => (await storage.store(records)).map((problem) => (problem === null ? 'stored' : `${problem.status} ${problem.code} ${problem.retryAfterSeconds}`));
  return { kafka, spool, clock, store, instance };
}

describe('where a record is stored', () => {
  it('is Kafka, while it takes records', async () => {
    const { kafka, spool, store } = setUp();
    expect(await store(record('a'), record('b'))).toEqual(['stored', 'stored']);
    expect([kafka.stored, await spool.contents()]).toEqual([['a1', 'b1'], []]);
  });

  it('is the spool while Kafka is away, in the same order', async () => {
    const { kafka, spool, store } = setUp();
    kafka.isOpen = false;
    expect(await store(record('a', '1'), record('b'), record('a', '2'))).toEqual(['stored', 'stored', 'stored']);
    expect(await spool.contents()).toEqual(['a1', 'b1', 'a2']);
  });

  it('is the spool for a ticket that has records there, and Kafka for the others', async () => {
    const { kafka, spool, store } = setUp();
    kafka.isOpen = false;
    await store(record('a', '1'));
    kafka.isOpen = true;
    expect(await store(record('b'), record('a', '2'), record('c'))).toEqual(['stored', 'stored', 'stored']);
    expect([kafka.stored, await spool.contents()]).toEqual([['b1', 'c1'], ['a1', 'a2']]);
    await spool.clear();
    await store(record('a', '3'));
    expect(kafka.stored).toEqual(['b1', 'c1', 'a3']);
  });

  it('is Kafka alone while PostgreSQL is away, which is not asked again for a second', async () => {
    const { kafka, spool, clock, store } = setUp();
    await store(record('a'));
    clock.ms += 200;
    spool.isAway = true;
    for (const key of ['b', 'c', 'd']) expect(await store(record(key))).toEqual(['stored']);
    expect([kafka.stored, spool.looks]).toEqual([['a1', 'b1', 'c1', 'd1'], 2]);
    clock.ms += 1_000;
    await store(record('e'));
    expect(spool.looks).toBe(3);
  });

  it('is nowhere when both are away, and the sender is told to come again', async () => {
    const { kafka, spool, store } = setUp();
    await store(record('a'));
    spool.isAway = true;
    kafka.isOpen = false;
    expect(await store(record('b'), record('c'))).toEqual(['503 kafka-unavailable 5', '503 kafka-unavailable 5']);
  });

  it('is nowhere when PostgreSQL is away with records in it: the ticket might overtake them', async () => {
    const { kafka, spool, store } = setUp();
    kafka.isOpen = false;
    await store(record('a', '1'));
    kafka.isOpen = true;
    spool.isAway = true;
    expect(await store(record('a', '2'), record('b'))).toEqual(['503 database-unavailable 5', '503 database-unavailable 5']);
    expect(kafka.stored).toEqual([]);
  });

  it('is not asked of the spool again for a moment after it was empty', async () => {
    const { spool, clock, store } = setUp();
    for (const key of ['a', 'b', 'c']) await store(record(key));
    expect(spool.looks).toBe(1);
    clock.ms += 200;
    await store(record('d'));
    expect(spool.looks).toBe(2);
  });

  it('is never Kafka for a record that comes after one of its ticket was acknowledged from the spool, at whichever instance', async () => {
    const { kafka, spool, clock, store, instance } = setUp();
    const other = instance();
    // The other instance has just found the spool empty, and believes it.
    await other.store([record('x')]);
    clock.ms += 1;
    kafka.isOpen = false;
    const spooledAt = clock.ms;
    await store(record('a', '1'));
    expect(clock.ms - spooledAt).toBe(250);
    kafka.isOpen = true;
    await other.store([record('a', '2')]);
    expect([kafka.stored, await spool.contents()]).toEqual([['x1'], ['a1', 'a2']]);
  });

  it('is the spool without further waiting while what was seen there is there', async () => {
    const { kafka, spool, clock, store } = setUp();
    kafka.isOpen = false;
    await store(record('a', '1'));
    const seenAt = clock.ms;
    await store(record('a', '2'));
    expect(clock.ms).toBe(seenAt);
    await spool.clear();
    await store(record('a', '3'));
    expect(clock.ms - seenAt).toBe(250);
  });

  it('is nowhere when the spool would have to take it and is full', async () => {
    const { kafka, spool, store } = setUp({ hasRoom: false });
    kafka.isOpen = false;
    expect(await store(record('a'))).toEqual(['503 spool-full 5']);
    expect(await spool.contents()).toEqual([]);
  });
});
