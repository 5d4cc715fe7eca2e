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
  const drained: number[] = [];
  const drainer = new SpoolDrainer({ store, isKafkaThere: () => kafka.isOpen, open: () => Promise.resolve(kafka), intervalMs: 1, recordsMax, now: Date.now, onDrained: (count) => drained.push(count), onError: () => undefined });
  const tick = (): Promise<string> => drainer.tick(new AbortController().signal).then(() => 'done', () => 'failed');
  return { store, kafka, drainer, tick, drained, stored: () => log.records('handoff.intake').map(({ key }) => key) };
}

describe('the spool', () => {
  it('is emptied into Kafka in the order in which it was filled', async () => {
    const { store, tick, stored, drained } = setUp();
    await store.add(records('a', 'b', 'a'));
    await store.add(records('c'));
    await tick();
    expect([stored(), drained, await store.size()]).toEqual([['a', 'b', 'a', 'c'], [4], { records: 0, oldestAt: null }]);
  });

  it('is left alone while Kafka is away', async () => {
    const { store, tick, kafka, stored } = setUp();
    kafka.isOpen = false;
    await store.add(records('a'));
    await tick();
    expect([stored(), kafka.publishes, (await store.size()).records]).toEqual([[], 0, 1]);
  });

  it('keeps what Kafka did not confirm, and lets another go on', async () => {
    const { store, tick, kafka, stored } = setUp();
    await store.add(records(...Array.from({ length: 1_500 }, (_, index) => String(index))));
    kafka.failsAfter = 1;
    expect(await tick()).toBe('failed');
    const { records: left } = await store.size();
    expect(left).toBeGreaterThan(0);
    expect([stored().length + left, kafka.publishes]).toEqual([1_500, 2]);
    kafka.failsAfter = Infinity;
    await tick();
    expect([stored().at(-1), (await store.size()).records]).toEqual(['1499', 0]);
  });

  it('is emptied by one at a time', async () => {
    const { store, tick, stored } = setUp();
    await store.add(records('a'));
    const other = await store.drain();
    await tick();
    expect(stored()).toEqual([]);
    await other?.end();
    await tick();
    expect(stored()).toEqual(['a']);
  });

  it('says when it is full', async () => {
    const { store, drainer, tick, kafka } = setUp({ recordsMax: 2 });
    kafka.isOpen = false;
    await store.add(records('a'));
    await tick();
    expect(drainer.hasRoom).toBe(true);
    await store.add(records('b'));
    await tick();
    expect(drainer.hasRoom).toBe(false);
  });
});
