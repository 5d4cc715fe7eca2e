import { MemoryEventPublisher, MemoryLog, type OutgoingRecord } from '@handoff/messaging';
import { SpoolDrainer } from './spool-drainer.js';
import { MemorySpoolStore } from './spool.store.memory.js';

const records = (...keys: readonly string[]): OutgoingRecord[] => keys.map((key) => ({ topic: 'handoff.intake', key, value: '{}', headers: {} }));

class Kafka extends MemoryEventPublisher {
  isOpen = true;
  /** How many publishes succeed before one fails. */
  failsAfter = Infinity;
  publishes = 0;

  override publish(batch: readonly OutgoingRecord[]): Promise<void> {
    this.publishes += 1;
    return this.publishes > this.failsAfter ? Promise.reject(new Error('lost')) : super.publish(batch);
  }
}

function setUp({ recordsMax = 1_000 } = {}) {
  const log = new MemoryLog();
  const kafka = new Kafka(log);
  const store = new MemorySpoolStore();
  const errors: unknown[] = [];
  const drained: number[] = [];
  const drainer = new SpoolDrainer({ store, isKafkaThere: () => kafka.isOpen, open: () => Promise.resolve(kafka), intervalMs: 1, recordsMax, now: Date.now, onDrained: (count) => drained.push(count), onError: (error) => errors.push(error) });
  return { store, kafka, drainer, errors, drained, stored: () => log.records('handoff.intake').map(({ key }) => key) };
}

describe('the spool', () => {
  it('is emptied into Kafka in the order in which it was filled', async () => {
    const { store, drainer, stored, drained } = setUp();
    await store.add(records('a', 'b', 'a'));
    await store.add(records('c'));
    await drainer.tick();
    expect([stored(), drained, await store.size()]).toEqual([['a', 'b', 'a', 'c'], [4], { records: 0, oldestAt: null }]);
  });

  it('is left alone while Kafka is away', async () => {
    const { store, drainer, kafka, stored } = setUp();
    kafka.isOpen = false;
    await store.add(records('a'));
    await drainer.tick();
    expect([stored(), kafka.publishes, (await store.size()).records]).toEqual([[], 0, 1]);
  });

  it('keeps what Kafka did not confirm, and lets another go on', async () => {
    const { store, drainer, kafka, stored, errors } = setUp();
    await store.add(records(...Array.from({ length: 1_500 }, (_, index) => String(index))));
    kafka.failsAfter = 1;
    await drainer.tick();
    const { records: left } = await store.size();
    expect(left).toBeGreaterThan(0);
    expect([stored().length + left, kafka.publishes, errors.length]).toEqual([1_500, 2, 1]);
    kafka.failsAfter = Infinity;
    await drainer.tick();
    expect([stored().at(-1), (await store.size()).records]).toEqual(['1499', 0]);
  });

  it('is emptied by one at a time', async () => {
    const { store, drainer, stored } = setUp();
    await store.add(records('a'));
    const other = await store.drain();
    await drainer.tick();
    expect(stored()).toEqual([]);
    await other?.end();
    await drainer.tick();
    expect(stored()).toEqual(['a']);
  });

  it('says when it is full', async () => {
    const { store, drainer, kafka } = setUp({ recordsMax: 2 });
    kafka.isOpen = false;
    await store.add(records('a'));
    await drainer.tick();
    expect(drainer.hasRoom).toBe(true);
    await store.add(records('b'));
    await drainer.tick();
    expect(drainer.hasRoom).toBe(false);
  });
});
