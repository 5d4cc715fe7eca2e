import type { OutgoingRecord } from '@handoff/messaging';
import { Problem } from '@handoff/platform';
import { PublishQueue } from './publish-queue.js';

const record = (key: string, value = '{}'): OutgoingRecord => ({ topic: 'handoff.intake', key, value, headers: {} });

/** A storage whose answers the test gives. */
class HeldStorage {
  readonly batches: { keys: string[]; stored: () => void; failed: (...keys: readonly string[]) => void }[] = [];

  store(records: readonly OutgoingRecord[]): Promise<(Problem | null)[]> {
    const keys = records.map(({ key }) => key);
    const away = new Problem(503, 'kafka-unavailable', 'Away.', { retryAfterSeconds: 5 });
    return new Promise((resolve) => this.batches.push({ keys, stored: () => resolve(keys.map(() => null)), failed: (...failed) => resolve(keys.map((key) => (failed.includes(key) ? away : null))) }));
  }

  get keys(): string[][] {
    return this.batches.map(({ keys }) => keys);
  }
}

function setUp({ waitingMax = 100, timeoutMs = 60_000 } = {}): { storage: HeldStorage; queue: PublishQueue; publish: (key: string, value?: string) => Promise<string> } {
  const storage = new HeldStorage();
  const queue = new PublishQueue({ storage, waitingMax, timeoutMs });
  return { storage, queue, publish: (key, value) => queue.publish(record(key, value)).then(() => 'stored', (problem: Problem) => `${problem.status} ${problem.code}`) };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('records on their way to where they are stored', () => {
  it('gather while a batch is under way, and go together in the order in which they came', async () => {
    const { storage, publish } = setUp();
    const outcomes = ['a', 'b', 'c', 'b'].map((key) => publish(key));
    await settled();
    expect(storage.keys).toEqual([['a']]);
    storage.batches[0]?.stored();
    await settled();
    expect(storage.keys).toEqual([['a'], ['b', 'c', 'b']]);
    storage.batches[1]?.stored();
    expect(await Promise.all(outcomes)).toEqual(['stored', 'stored', 'stored', 'stored']);
  });

  it('are answered by how each of them fared', async () => {
    const { storage, publish } = setUp();
    const outcomes = ['a', 'b', 'c'].map((key) => publish(key));
    storage.batches[0]?.failed('a');
    await settled();
    storage.batches[1]?.failed('c');
    expect(await Promise.all(outcomes)).toEqual(['503 kafka-unavailable', 'stored', '503 kafka-unavailable']);
  });

  it('are refused when too many wait, and taken again when there is room', async () => {
    const { storage, publish, queue } = setUp({ waitingMax: 2 });
    const outcomes = ['a', 'b', 'c'].map((key) => publish(key));
    expect(await publish('d')).toBe('503 too-busy');
    storage.batches[0]?.stored();
    await settled();
    expect(queue.waitingRecords).toBe(0);
    const later = publish('e');
    storage.batches[1]?.stored();
    await settled();
    storage.batches[2]?.stored();
    expect(await Promise.all([...outcomes, later])).toEqual(['stored', 'stored', 'stored', 'stored']);
    expect(storage.keys).toEqual([['a'], ['b', 'c'], ['e']]);
  });

  it('are given up after their time, and are not sent later when they had not left yet', async () => {
    const { storage, publish, queue } = setUp({ timeoutMs: 5 });
    expect(await Promise.all([publish('under way'), publish('waiting')])).toEqual(['503 too-busy', '503 too-busy']);
    storage.batches[0]?.stored();
    await queue.drain();
    expect(storage.keys).toEqual([['under way']]);
  });

  it('go in several batches where one would be larger than Kafka takes', async () => {
    const { storage, publish } = setUp();
    const outcomes = ['a', 'b', 'c', 'd'].map((key) => publish(key, 'x'.repeat(300_000)));
    for (const expected of [1, 2, 3]) {
      await settled();
      expect(storage.batches).toHaveLength(expected);
      storage.batches.at(-1)?.stored();
    }
    expect(await Promise.all(outcomes)).toEqual(['stored', 'stored', 'stored', 'stored']);
    expect(storage.keys).toEqual([['a'], ['b', 'c'], ['d']]);
  });

  it('are refused one by one where a single one is larger than Kafka takes', async () => {
    const { publish } = setUp();
    expect(await publish('a', 'x'.repeat(800_000))).toBe('413 event-too-large');
  });

  it('tell the sender when to come again', async () => {
    const { storage, queue } = setUp();
    const outcome = queue.publish(record('a')).catch((problem: Problem) => problem.retryAfterSeconds);
    storage.batches[0]?.failed('a');
    expect(await outcome).toBe(5);
  });
});
