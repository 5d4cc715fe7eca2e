import { nameBasedId } from '@handoff/contracts';
import fc from 'fast-check';
import kafkajs, { type PartitionMetadata } from 'kafkajs';
import { keyPartitioner } from './key-partitioner.js';

const theirs = kafkajs.Partitioners.DefaultPartitioner();
const ours = keyPartitioner();
const partitions = (count: number): PartitionMetadata[] => Array.from({ length: count }, (_, partitionId) => ({ partitionId, leader: 1, partitionErrorCode: 0, replicas: [1], isr: [1] }));
const choices = (key: string | Buffer, count: number) => [ours, theirs].map((choose) => choose({ topic: 't', partitionMetadata: partitions(count), message: { key, value: null } }));

describe('the partition of a key', () => {
  it('is the one that kafkajs chose for tickets so far', () => {
    for (let number = 0; number < 2_000; number += 1) {
      const [mine, former] = choices(nameBasedId('ticket', 'jira', String(number)), 12);
      expect(mine).toBe(former);
    }
  });

  it('is that of kafkajs for any key and any number of partitions', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'grapheme' }), fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes))), fc.integer({ min: 1, max: 500 }), (key, count) => {
      const [mine, former] = choices(key, count);
      expect(mine).toBe(former);
    }));
  });

  it('is the one that is named', () => {
    expect(ours({ topic: 't', partitionMetadata: partitions(3), message: { key: null, value: 'v', partition: 2 } })).toBe(2);
  });

  it('does not exist without a key', () => {
    expect(() => ours({ topic: 't', partitionMetadata: partitions(3), message: { value: 'v' } })).toThrow('without a key');
  });
});
