import { encodeEvent, type HandoffEvent, GOLDEN_EVENTS, TOPICS } from '@handoff/contracts';
import { aTicketReceived, MovableClock } from '@handoff/testing';
import { MemoryDatabase, MemoryTransactions } from './memory/memory.transactions.js';
import type { IncomingRecord, RecordBatch } from './ports.js';
import { type Dispatch, Runner } from './runner.js';
import { nextRetryAt } from './set-aside/failure.decision.js';
import { PermanentFailure } from './transactions.js';

const eventOf = (ticket: string, n: number) => aTicketReceived({ externalId: ticket, id: `${ticket}-${n}` });

function setUp(dispatch: Dispatch, chunkRecordsMax = 4) {
  const database = new MemoryDatabase();
  const clock = new MovableClock();
  const handled: string[] = [];
  const repeated: string[] = [];
  const committed: string[] = [];
  const room = { isThere: true, looks: 0 };
  const transactions = new MemoryTransactions(database, { owner: '1', handOff: () => Promise.resolve() });
  const runner = new Runner({
    transactions, chunkRecordsMax, now: () => clock.now(), ignoredTypes: new Set(['handoff.health-notice.received.v1']), group: 'handoff-routing',
    hasRoom: () => room.isThere || (room.looks += 1) > 3, pause: () => Promise.resolve(),
    dispatch: async (type, events, tx) => {
      await dispatch(type, events, tx);
      handled.push(...events.map(({ id }) => id));
    },
    repeated: (events) => Promise.resolve(void repeated.push(...events.map(({ id }) => id))),
    log: { chunk: () => undefined, parked: () => undefined, dead: () => undefined, unavailable: () => undefined },
  });
  const batch = (records: readonly IncomingRecord[]): RecordBatch => ({
    topic: 't', partition: 0, records, heartbeat: () => Promise.resolve(), isAbandoned: () => false,
    commit: (offset) => {
      committed.push(offset);
      return Promise.resolve();
    },
  });
  const deadLetters = () => [...database.tables.outbox.values()].map(({ record }) => record).filter(({ topic }) => topic === TOPICS.deadLetters.name);
  return { runner, batch, handled, repeated, committed, clock, database, deadLetters, room };
}

const records = (events: readonly HandoffEvent[]): IncomingRecord[] => events.map((event, offset) => {
  const { key, value, headers } = encodeEvent(event);
  return { topic: 't', partition: 0, offset: String(offset), key, keyBytes: Buffer.from(key), value: Buffer.from(value), headers, timestampMs: '1777777777777' };
});
const failOn = (...ids: string[]): Dispatch => (_type, events) => {
  const bad = events.find(({ id }) => ids.includes(id));
  return bad === undefined ? Promise.resolve() : Promise.reject(new Error(`cannot handle ${bad.id}`));
};

describe('the runner', () => {
  it('handles a batch in chunks and commits each only when it is done', async () => {
    const { runner, batch, handled, committed } = setUp(() => Promise.resolve());
    await runner.handleBatch(batch(records(['a', 'b', 'c', 'd', 'e', 'f'].map((ticket) => eventOf(ticket, 1)))));
    expect(handled).toEqual(['a-1', 'b-1', 'c-1', 'd-1', 'e-1', 'f-1']);
    expect(committed).toEqual(['3', '5']);
  });

  it('takes fewer large events at once, so that a transaction stays within memory', async () => {
    const { runner, batch, handled, committed } = setUp(() => Promise.resolve());
    // Blanks behind a value are JSON as well.
    const large = records(['1', '2', '3'].map((id) => aTicketReceived({ externalId: id, id }))).map((record) => ({ ...record, value: Buffer.concat([record.value ?? Buffer.alloc(0), Buffer.alloc(5_000_000, ' ')]) }));
    await runner.handleBatch(batch(large));
    expect([handled, committed]).toEqual([['1', '2', '3'], ['0', '1', '2']]);
  });

  it('handles an event once, however often it is delivered', async () => {
    const { runner, batch, handled, repeated } = setUp(() => Promise.resolve());
    const twice = records([eventOf('a', 1), eventOf('a', 1), eventOf('b', 1)]);
    await runner.handleBatch(batch(twice));
    expect(repeated).toEqual(['a-1']);
    await runner.handleBatch(batch(twice));
    expect(handled).toEqual(['a-1', 'b-1']);
    expect(repeated).toEqual(['a-1', 'a-1', 'a-1', 'b-1']);
  });

  it('parks the one event that fails, lets its ticket queue behind it, and goes on with the others', async () => {
    const { runner, batch, handled, committed, database } = setUp(failOn('bad-1'));
    await runner.handleBatch(batch(records([eventOf('a', 1), eventOf('bad', 1), eventOf('b', 1), eventOf('bad', 2), eventOf('c', 1)])));
    expect(handled).toEqual(['a-1', 'b-1', 'c-1']);
    expect(committed).toEqual(['3', '4']);
    expect(database.tables.parked.map(({ reason }) => reason.code)).toEqual(['handler-failed', 'behind-parked']);
    expect(database.tables.parked[0]?.reason.detail).toBe('cannot handle bad-1');
  });

  it('finds one bad event among 500 with at most 20 calls of handlers, and every other one is handled by them, in order', async () => {
    let calls = 0;
    const { runner, batch, handled } = setUp((type, events, tx) => {
      calls += 1;
      return failOn('bad-1')(type, events, tx);
    }, 500);
    const others = Array.from({ length: 499 }, (_, n) => eventOf(`t${n}`, 1));
    await runner.handleBatch(batch(records([...others.slice(0, 321), eventOf('bad', 1), ...others.slice(321)])));
    expect(handled).toEqual(others.map(({ id }) => id));
    expect(calls).toBeLessThanOrEqual(20);
  });

  it('keeps nothing of an attempt that failed', async () => {
    const { runner, batch, database } = setUp(async (_type, events, tx) => {
      await tx.outbox.add(events);
      if (events.some(({ id }) => id === 'bad-1')) throw new Error('no');
    });
    await runner.handleBatch(batch(records([eventOf('a', 1), eventOf('bad', 1)])));
    expect([...database.tables.outbox.values()].map(({ record }) => record.headers['ce_id'])).toEqual(['a-1']);
    expect([...database.tables.inbox]).toEqual(['a-1']);
  });

  it('tries a parked event again when it is due, and then those behind it, in order', async () => {
    const failing = new Set(['bad-1']);
    const { runner, batch, handled, clock, database } = setUp((type, events, tx) => failOn(...failing)(type, events, tx));
    await runner.handleBatch(batch(records([eventOf('bad', 1), eventOf('bad', 2), eventOf('bad', 3)])));
    expect(await runner.retryParked(10)).toEqual({ tried: 0, released: 0 });
    failing.clear();
    clock.advance(5_000);
    expect(await runner.retryParked(10)).toEqual({ tried: 3, released: 3 });
    expect(handled).toEqual(['bad-1', 'bad-2', 'bad-3']);
    expect(database.tables.parked).toEqual([]);
  });

  it('leaves what no retry mends to a person', async () => {
    const { runner, batch, clock, database } = setUp(() => Promise.reject(new PermanentFailure('offer-broken', 'The offer has no publisher.')));
    await runner.handleBatch(batch(records([eventOf('a', 1)])));
    clock.advance(30 * 86_400_000);
    expect(await runner.retryParked(10)).toEqual({ tried: 0, released: 0 });
    expect(database.tables.parked[0]).toMatchObject({ reason: { code: 'offer-broken' }, retryAt: null });
  });

  it('parks a record that is no event, and handles those around it', async () => {
    const { runner, batch, handled, database } = setUp(() => Promise.resolve());
    const [a, b] = records([eventOf('a', 1), eventOf('b', 1)]);
    const broken: IncomingRecord = { topic: 't', partition: 0, offset: '1', key: 'x', keyBytes: Buffer.from('x'), value: Buffer.from('{'), headers: {}, timestampMs: '0' };
    await runner.handleBatch(batch([a, broken, { ...b, offset: '2' }] as IncomingRecord[]));
    expect(handled).toEqual(['a-1', 'b-1']);
    expect(database.tables.parked[0]?.reason.code).toBe('not-cloudevents');
  });

  it('makes a dead letter of what no retry mends, at once and once, in the transaction that sets it aside', async () => {
    const { runner, batch, deadLetters } = setUp(() => Promise.reject(new PermanentFailure('offer-broken', 'The offer has no publisher.')));
    const [record] = records([eventOf('a', 1)]);
    await runner.handleBatch(batch([record] as IncomingRecord[]));
    await runner.handleBatch(batch([record] as IncomingRecord[]));
    expect(deadLetters()).toHaveLength(1);
    expect(deadLetters()[0]?.value).toEqual(record?.value);
    expect(String(deadLetters()[0]?.headers['handoff-reason'])).toBe('offer-broken');
  });

  it('makes a dead letter after the last retry, and none before', async () => {
    const { runner, batch, deadLetters, clock, database } = setUp(failOn('bad-1'));
    await runner.handleBatch(batch(records([eventOf('bad', 1), eventOf('bad', 2)])));
    for (let retries = 1; retries <= 6; retries += 1) {
      expect(deadLetters()).toEqual([]);
      clock.advance(21_600_000);
      expect(await runner.retryParked(10)).toMatchObject({ released: 0 });
    }
    expect(deadLetters()).toHaveLength(1);
    expect(String(deadLetters()[0]?.headers['handoff-attempts'])).toBe('6');
    expect(database.tables.parked.map(({ retryAt }) => retryAt === null)).toEqual([true, false]);
  });

  it('gives up again at once where a retry by hand fails, without a second copy', async () => {
    const { runner, batch, deadLetters, database } = setUp(() => Promise.reject(new PermanentFailure('offer-broken', 'No.')));
    await runner.handleBatch(batch(records([eventOf('a', 1)])));
    for (const row of database.tables.parked) row.retryAt = new Date(0);
    expect(await runner.retryParked(10)).toEqual({ tried: 1, released: 0 });
    expect(database.tables.parked[0]).toMatchObject({ retryAt: null, attempts: 1 });
    expect(deadLetters()).toHaveLength(1);
  });

  it('handles what a person put in the place of the value', async () => {
    const subjects: string[] = [];
    const { runner, batch, database } = setUp((_type, events) => {
      subjects.push(...events.map(({ data }) => String((data as { ticket?: { subject?: string } }).ticket?.subject)));
      return subjects.length === 1 ? Promise.reject(new PermanentFailure('x', 'No.')) : Promise.resolve();
    });
    const edited = encodeEvent(aTicketReceived({ externalId: 'a', id: 'a-1', ticket: { subject: 'Mended' } }));
    await runner.handleBatch(batch(records([eventOf('a', 1)])));
    for (const row of database.tables.parked) Object.assign(row, { retryAt: new Date(0), editedValue: Buffer.from(edited.value) });
    expect(await runner.retryParked(10)).toEqual({ tried: 1, released: 1 });
    expect(subjects.at(-1)).toBe('Mended');
  });

  it('lets no event overtake one of its ticket that cannot be read, also in the same chunk', async () => {
    const { runner, batch, handled, database } = setUp(() => Promise.resolve());
    const [first, second] = records([eventOf('a', 1), eventOf('a', 2)]);
    await runner.handleBatch(batch([{ ...first, value: Buffer.from('{') }, second] as IncomingRecord[]));
    expect(handled).toEqual([]);
    expect(database.tables.parked.map(({ reason }) => reason.code)).toEqual(['invalid-json', 'behind-parked']);
  });

  it('lets go of what it leaves alone on purpose, when that waited behind another', async () => {
    const failing = new Set(['bad-1']);
    const { runner, batch, handled, clock, database } = setUp((type, events, tx) => failOn(...failing)(type, events, tx));
    const [bad, other] = records([eventOf('bad', 1), eventOf('bad', 2)]);
    const notice: IncomingRecord = { ...(other as IncomingRecord), headers: { ...other?.headers, ce_type: 'handoff.health-notice.received.v1' }, value: Buffer.from(JSON.stringify(GOLDEN_EVENTS['handoff.health-notice.received.v1'].data)) };
    await runner.handleBatch(batch([bad, notice] as IncomingRecord[]));
    failing.clear();
    clock.advance(5_000);
    expect(await runner.retryParked(10)).toEqual({ tried: 2, released: 2 });
    expect([handled, database.tables.parked]).toEqual([['bad-1'], []]);
  });

  it('begins no chunk while there is no room for what comes out of it, and none at all once it must stop', async () => {
    const { runner, batch, handled, room } = setUp(() => Promise.resolve());
    room.isThere = false;
    await runner.handleBatch({ ...batch(records([eventOf('a', 1)])), isAbandoned: () => room.looks === 2 });
    expect(handled).toEqual([]);
    await runner.handleBatch(batch(records([eventOf('a', 1)])));
    expect([handled, room.looks]).toEqual([['a-1'], 4]);
  });

  it('waits while the database is away, and parks nothing for that', async () => {
    let away = 3;
    const { runner, batch, handled, database } = setUp(() => ((away -= 1) >= 0 ? Promise.reject(new Error('unavailable')) : Promise.resolve()));
    await runner.handleBatch(batch(records([eventOf('a', 1)])));
    expect(handled).toEqual(['a-1']);
    expect(database.tables.parked).toEqual([]);
  });

  it('commits nothing of a batch that was taken away', async () => {
    const { runner, batch, committed, handled } = setUp(() => Promise.resolve());
    await runner.handleBatch({ ...batch(records([eventOf('a', 1)])), isAbandoned: () => true });
    expect([handled, committed]).toEqual([[], []]);
  });
});

describe('the schedule of parked events', () => {
  it('thins out and ends, so that a person decides', () => {
    const now = new Date('2026-11-02T08:00:00Z');
    expect(nextRetryAt(0, now)).toEqual(new Date('2026-11-02T08:00:05Z'));
    expect(nextRetryAt(5, now)).toEqual(new Date('2026-11-02T14:00:00Z'));
    expect(nextRetryAt(6, now)).toBeNull();
  });
});
