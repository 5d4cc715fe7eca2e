import { MemoryDatabase, MemoryOutboxStore } from './memory/memory.transactions.js';
import { OutboxPublisher, type StoredRecord } from './outbox.publisher.js';

/** A publisher whose Kafka takes what it is given only once it is let. */
async function setUp() {
  const { promise: back, resolve: comeBack } = Promise.withResolvers<void>();
  const { promise: taken, resolve: allTaken } = Promise.withResolvers<void>();
  let waiting = 0;
  const outbox = new OutboxPublisher({
    store: new MemoryOutboxStore(new MemoryDatabase(), 'owner'), sweepIntervalMs: 3_600_000, onError: () => undefined,
    publisher: { publish: async (records) => { await back; waiting -= records.length; if (waiting === 0) allTaken(); }, check: () => Promise.resolve(), close: () => Promise.resolve() },
  });
  await outbox.start();
  const handOff = (...records: StoredRecord[]) => {
    waiting += records.length;
    return outbox.handOff(records);
  };
  return { outbox, handOff, comeBack, taken };
}

const aRecord = (seq: number, value = '{}'): StoredRecord => ({ seq: String(seq), topic: 't', key: 'k', value, headers: {} });

describe('the outbox while Kafka takes nothing', () => {
  it('says that there is no room once 5000 records wait, and that there is again when they are gone', async () => {
    const { outbox, handOff, comeBack, taken } = await setUp();
    await handOff(...Array.from({ length: 4_999 }, (_, n) => aRecord(n)));
    expect(outbox.hasRoom()).toBe(true);
    await handOff(aRecord(4_999));
    expect(outbox.hasRoom()).toBe(false);
    comeBack();
    await taken;
    await outbox.close(1_000);
    expect(outbox.hasRoom()).toBe(true);
  });

  it('says the same of few records that are large', async () => {
    const { outbox, handOff, comeBack } = await setUp();
    await handOff(...Array.from({ length: 50 }, (_, n) => aRecord(n, 'x'.repeat(700_000))));
    expect(outbox.hasRoom()).toBe(false);
    comeBack();
    await outbox.close(1_000);
    expect(outbox.hasRoom()).toBe(true);
  });
});
