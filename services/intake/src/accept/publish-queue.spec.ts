import type { OutgoingRecord } from '@handoff/messaging';
import type { Problem } from '@handoff/platform';
import { PublishQueue } from './publish-queue.js';

const record = (key: string, value = '{}'): OutgoingRecord => ({ topic: 'handoff.intake', key, value, headers: {} });

/** Kafka whose answers the test gives. */
class HeldPublisher {
  readonly batches: { keys: string[]; stored: () => void; failed: () => void }[] = [];

  publish(records: readonly OutgoingRecord[]): Promise<void> {
    return new Promise((resolve, reject) => this.batches.push({ keys: records.map(({ key }) => key), stored: resolve, failed: () => reject(new Error('broker away')) }));
  }

  get keys(): string[][] {
    return this.batches.map(({ keys }) => keys);
  }
}

function setUp({ waitingMax = 100, timeoutMs = 60_000 } = {}): { publisher: HeldPublisher; queue: PublishQueue; publish: (key: string, value?: string) => Promise<string> } {
  const publisher = new HeldPublisher();
  const queue = new PublishQueue({ publisher, waitingMax, timeoutMs });
  return { publisher, queue, publish: (key, value) => queue.publish(record(key, value)).then(() => 'stored', (problem: Problem) => `${problem.status} ${problem.code}`) };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('records on their way to Kafka', () => {
  it('gather while a batch is under way, and go together in the order in which they came', async () => {
    const { publisher, publish } = setUp();
    const outcomes = ['a', 'b', 'c', 'b'].map((key) => publish(key));
    await settled();
    expect(publisher.keys).toEqual([['a']]);
    publisher.batches[0]?.stored();
    await settled();
    expect(publisher.keys).toEqual([['a'], ['b', 'c', 'b']]);
    publisher.batches[1]?.stored();
    expect(await Promise.all(outcomes)).toEqual(['stored', 'stored', 'stored', 'stored']);
  });

  it('are answered by how their own batch fared', async () => {
    const { publisher, publish } = setUp();
    const outcomes = ['a', 'b'].map((key) => publish(key));
    publisher.batches[0]?.failed();
    await settled();
    publisher.batches[1]?.stored();
    expect(await Promise.all(outcomes)).toEqual(['503 kafka-unavailable', 'stored']);
  });

  it('are refused when too many wait, and taken again when there is room', async () => {
    const { publisher, publish, queue } = setUp({ waitingMax: 2 });
    const outcomes = ['a', 'b', 'c'].map((key) => publish(key));
    expect(await publish('d')).toBe('503 too-busy');
    publisher.batches[0]?.stored();
    await settled();
    expect(queue.waitingRecords).toBe(0);
    const later = publish('e');
    publisher.batches[1]?.stored();
    await settled();
    publisher.batches[2]?.stored();
    expect(await Promise.all([...outcomes, later])).toEqual(['stored', 'stored', 'stored', 'stored']);
    expect(publisher.keys).toEqual([['a'], ['b', 'c'], ['e']]);
  });

  it('are given up after their time, and are not sent later when they had not left yet', async () => {
    const { publisher, publish, queue } = setUp({ timeoutMs: 5 });
    expect(await Promise.all([publish('under way'), publish('waiting')])).toEqual(['503 kafka-unavailable', '503 kafka-unavailable']);
    publisher.batches[0]?.stored();
    await queue.drain();
    expect(publisher.keys).toEqual([['under way']]);
  });

  it('go in several batches where one would be larger than Kafka takes', async () => {
    const { publisher, publish } = setUp();
    const outcomes = ['a', 'b', 'c', 'd'].map((key) => publish(key, 'x'.repeat(300_000)));
    for (const expected of [1, 2, 3]) {
      await settled();
      expect(publisher.batches).toHaveLength(expected);
      publisher.batches.at(-1)?.stored();
    }
    expect(await Promise.all(outcomes)).toEqual(['stored', 'stored', 'stored', 'stored']);
    expect(publisher.keys).toEqual([['a'], ['b', 'c'], ['d']]);
  });

  it('are refused one by one where a single one is larger than Kafka takes', async () => {
    const { publish } = setUp();
    expect(await publish('a', 'x'.repeat(800_000))).toBe('413 event-too-large');
  });

  it('tell the sender when to come again', async () => {
    const { publisher, queue } = setUp();
    const outcome = queue.publish(record('a')).catch((problem: Problem) => problem.retryAfterSeconds);
    publisher.batches[0]?.failed();
    expect(await outcome).toBe(5);
  });
});
