import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { isUuid, nameBasedId, ticketIdOf } from './ids.js';

const NAMESPACE = Buffer.from('6f1d2e4cb5a94a5f8a0c0a6e9d3b7c51', 'hex');

/** RFC 9562 section 5.5, step by step. */
function version5(name: string): string {
  const octets = createHash('sha1').update(NAMESPACE).update(name, 'utf8').digest().subarray(0, 16);
  octets[6] = (octets.readUInt8(6) & 0b0000_1111) | 0b0101_0000;
  octets[8] = (octets.readUInt8(8) & 0b0011_1111) | 0b1000_0000;
  return octets.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

describe('a name-based id', () => {
  it('is the UUID of version 5 of its name, however long and in whatever script', () => {
    const name = fc.oneof(fc.string(), fc.string({ unit: 'grapheme', maxLength: 400 }), fc.integer({ min: 300, max: 1_100 }).chain((length) => fc.constantFrom('x', 'ü', '語', '😀').map((character) => character.repeat(length))));
    fc.assert(fc.property(fc.array(name, { minLength: 1, maxLength: 4 }), (parts) => {
      expect(nameBasedId(...parts)).toBe(version5(parts.join('\u0000')));
    }));
  });

  it('tells where one part ends and the next begins', () => {
    expect(nameBasedId('a', 'bc')).not.toBe(nameBasedId('ab', 'c'));
  });

  it('of a ticket stays what it was: it is the key of everything that was ever said of it', () => {
    const id = ticketIdOf('jira-demo', 'SUP-12');
    expect([id, isUuid(id)]).toEqual(['a4f9e21b-99b2-5e70-ac27-9618e2495c50', true]);
  });
});
