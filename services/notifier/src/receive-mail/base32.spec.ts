import fc from 'fast-check';
import { base32Of, bytesOfBase32 } from './base32.js';

describe('base32', () => {
  it.each([['', ''], ['f', 'my'], ['fo', 'mzxq'], ['foo', 'mzxw6'], ['foob', 'mzxw6yq'], ['fooba', 'mzxw6ytb'], ['foobar', 'mzxw6ytboi']])('of %j is %s, as RFC 4648 says', (text, encoded) => {
    expect(base32Of(Buffer.from(text))).toBe(encoded);
    expect(bytesOfBase32(encoded)?.toString()).toBe(text);
  });

  it('comes back as it went, and has one spelling only', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => expect(bytesOfBase32(base32Of(Buffer.from(bytes)))).toEqual(Buffer.from(bytes))));
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz234567'), maxLength: 60 }), (text) => {
      const bytes = bytesOfBase32(text);
      expect(bytes === null ? text : base32Of(bytes)).toBe(text);
    }));
  });

  it.each(['MZXQ', 'mz=q', 'm1', 'mz'])('is not %s', (text) => {
    expect(bytesOfBase32(text)).toBeNull();
  });
});
