import { randomUUID } from 'node:crypto';
import { eventually } from '@handoff/testing';
import type { EventPublisher, IncomingRecord, OutgoingRecord, RecordBatch, RecordConsumer } from './ports.js';

export interface MessagingHarness {
  readonly publisher: EventPublisher;
  /** A topic that nobody else uses. */
  createTopic(): Promise<string>;
  /** A new member of this group. */
  consumer(group: string): RecordConsumer;
  close(): Promise<void>;
}

/** What a publisher and a consumer promise, whichever they are. */
export function describeMessagingContract(name: string, open: () => Promise<MessagingHarness>): void {
  describe(`messaging (${name})`, () => {
    let harness: MessagingHarness;
    const running: RecordConsumer[] = [];

    beforeAll(async () => {
      harness = await open();
    });
    afterEach(async () => {
      await Promise.all(running.splice(0).map((consumer) => consumer.stop()));
    });
    afterAll(() => harness.close());

    const start = async (group: string, topic: string, onBatch: (batch: RecordBatch) => Promise<void>): Promise<RecordConsumer> => {
      const consumer = harness.consumer(group);
      running.push(consumer);
      await consumer.start([topic], onBatch);
      return consumer;
    };

    it('delivers the records of a key in the order they were published, with their headers and values', async () => {
      const topic = await harness.createTopic();
      const sent = records(topic, 'ticket-1', 50);
      await harness.publisher.publish(sent.slice(0, 20));
      await harness.publisher.publish(sent.slice(20));
      const seen: IncomingRecord[] = [];
      await start(randomUUID(), topic, async (batch) => {
        seen.push(...batch.records);
        await batch.commit(lastOffset(batch));
      });
      await eventually(() => expect(seen).toHaveLength(50));
      expect(seen.map(({ value }) => value?.toString())).toEqual(sent.map(({ value }) => value));
      expect(seen.map(({ headers }) => String(headers['ce_id']))).toEqual(sent.map(({ headers }) => headers['ce_id']));
      expect(new Set(seen.map(({ key }) => key))).toEqual(new Set(['ticket-1']));
    });

    it('goes on, after a stop, behind what was committed, and delivers again what was not', async () => {
      const topic = await harness.createTopic();
      const group = randomUUID();
      await harness.publisher.publish(records(topic, 'k', 10));
      const first: string[] = [];
      const consumer = await start(group, topic, async (batch) => {
        const third = batch.records.find((record) => record.offset === '2');
        first.push(...batch.records.map(({ offset }) => offset));
        if (third !== undefined) await batch.commit(third.offset);
      });
      await eventually(() => expect(first.length).toBeGreaterThan(0));
      running.splice(running.indexOf(consumer), 1);
      await consumer.stop();
      const second: string[] = [];
      await start(group, topic, async (batch) => {
        second.push(...batch.records.map(({ offset }) => offset));
        await batch.commit(lastOffset(batch));
      });
      await eventually(() => expect(second).toContain('9'));
      expect(second[0]).toBe('3');
    });

    it('stops between records when it is told to, and says so to whoever handles a batch', async () => {
      const topic = await harness.createTopic();
      await harness.publisher.publish(records(topic, 'k', 3));
      const { promise: started, resolve: begin } = Promise.withResolvers<RecordBatch>();
      const { promise: released, resolve: release } = Promise.withResolvers<void>();
      const consumer = await start(randomUUID(), topic, async (batch) => {
        begin(batch);
        await released;
      });
      const batch = await started;
      expect(batch.isAbandoned()).toBe(false);
      running.splice(running.indexOf(consumer), 1);
      const stopped = consumer.stop();
      expect(batch.isAbandoned()).toBe(true);
      release();
      await stopped;
    });
  });
}

function records(topic: string, key: string, count: number): OutgoingRecord[] {
  return Array.from({ length: count }, (_, index) => ({ topic, key, value: JSON.stringify({ n: index, text: 'ışık ☂' }), headers: { ce_id: `id-${index}` } }));
}

function lastOffset(batch: RecordBatch): string {
  return batch.records.at(-1)?.offset ?? '0';
}
