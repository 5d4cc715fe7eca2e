import { createRequire } from 'node:module';
import { zstdDecompressSync } from 'node:zlib';
import { jest } from '@jest/globals';
import fc from 'fast-check';
import { encodeProduce, isOurs, type ProducedMessage, type ProduceRequest } from './produce-request.js';

type Encode = (request: ProduceRequest) => { encode(): Promise<{ readonly buffer: Buffer }> };

const NOW = 1_795_000_000_000;
/** What kafkajs itself writes. */
const theirs = createRequire(import.meta.url)('kafkajs/src/protocol/requests/produce/v7/request.js') as Encode;
const request = (messages: readonly ProducedMessage[], more: Partial<ProduceRequest> = {}): ProduceRequest => ({
  acks: -1, timeout: 30_000, compression: 0, producerId: 4_711, producerEpoch: 3,
  topicData: [{ topic: 'handoff.intake', partitions: [{ partition: 7, firstSequence: 12, messages }] }], ...more,
});

/** Short and long, ASCII and not, as text and as bytes. */
const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 80 }), fc.string({ maxLength: 300 }), fc.constant(''), fc.constant('x'.repeat(63)), fc.constant('x'.repeat(64)), fc.constant(`${'x'.repeat(62)}ü`));
const bytesOrText = fc.oneof(text, fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)));
const message: fc.Arbitrary<ProducedMessage> = fc.record({
  key: fc.oneof(text, fc.constant(null)), value: fc.oneof(bytesOrText, fc.constant(null)),
  headers: fc.dictionary(fc.string({ minLength: 1, maxLength: 70 }).filter((name) => name !== '__proto__'), fc.oneof(bytesOrText, fc.array(bytesOrText, { maxLength: 3 }))),
});
const messages = fc.array(message, { minLength: 1, maxLength: 140 });

beforeAll(() => {
  jest.useFakeTimers({ now: NOW });
});
afterAll(() => {
  jest.useRealTimers();
});

describe('a produce request', () => {
  it('is byte for byte what kafkajs writes', async () => {
    await fc.assert(fc.asyncProperty(messages, async (given) => {
      expect(encodeProduce(request(given), NOW).buffer).toEqual((await theirs(request(given)).encode()).buffer);
    }), { numRuns: 150 });
  });

  it('is the same for several topics and partitions, a transaction, and no producer id', async () => {
    const [one, other] = [{ key: 'a', value: 'one' }, { key: 'b', value: 'two', headers: { x: 'y' } }];
    const several: ProduceRequest = {
      acks: 1, timeout: 5, transactionalId: 'tx', topicData: [
        { topic: 'first', partitions: [{ partition: 0, firstSequence: 0, messages: [one, other] }, { partition: 1, firstSequence: 9, messages: [other] }] },
        { topic: 'second', partitions: [{ partition: 3, firstSequence: 1, messages: [one] }] },
      ],
    };
    expect(encodeProduce(several, NOW).buffer).toEqual((await theirs(several).encode()).buffer);
  });

  it('is larger than what it was written into at first', async () => {
    const large = [{ key: 'k', value: 'ß'.repeat(200_000), headers: { h: 'v'.repeat(70_000) } }];
    expect(encodeProduce(request(large), NOW).buffer).toEqual((await theirs(request(large)).encode()).buffer);
  });

  it('holds the same records when it is compressed', () => {
    fc.assert(fc.property(messages, (given) => {
      const [plain, compressed] = [0, 4].map((compression) => recordsIn(encodeProduce(request(given, { compression }), NOW).buffer));
      expect(zstdDecompressSync(compressed ?? Buffer.alloc(0))).toEqual(plain);
    }), { numRuns: 50 });
  });

  it('says what it holds: size, codec and a checksum over both', () => {
    const { buffer } = encodeProduce(request([{ key: 'k', value: 'v'.repeat(500) }], { compression: 4 }), NOW);
    const crc32c = createRequire(import.meta.url)('kafkajs/src/protocol/recordBatch/crc32C/index.js') as (bytes: Buffer) => number;
    expect(buffer.readInt32BE(BATCH - 4)).toBe(buffer.length - BATCH);
    expect(buffer.readInt32BE(BATCH + 8)).toBe(buffer.length - BATCH - 12);
    expect(buffer.readInt16BE(BATCH + 21) & 7).toBe(4);
    expect(buffer.readUInt32BE(BATCH + 17)).toBe(crc32c(buffer.subarray(BATCH + 21)));
  });

  it('of another kind is left to kafkajs', () => {
    expect([isOurs(request([{ value: 'v' }])), isOurs(request([{ value: 'v' }], { compression: 4 }))]).toEqual([true, true]);
    expect([isOurs(request([{ value: 'v' }], { compression: 1 })), isOurs(request([{ value: 'v', timestamp: '1' }]))]).toEqual([false, false]);
  });
});

/** Where the one batch of `request` begins: after the head, topic, partition and size. */
const BATCH = 2 + 2 + 4 + 4 + 2 + 'handoff.intake'.length + 4 + 4 + 4;
const RECORDS = BATCH + 61;

function recordsIn(buffer: Buffer): Buffer {
  return buffer.subarray(RECORDS);
}
