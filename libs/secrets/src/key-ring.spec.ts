import { inspect } from 'node:util';
import { webcrypto } from 'node:crypto';
import fc from 'fast-check';
import { KeyRing, type SealContext, SealUnreadable } from './key-ring.js';
import { newKey } from './key-text.js';

const K1 = `k1:${Buffer.alloc(32, 1).toString('base64')}`;
const K2 = `k2:${Buffer.alloc(32, 2).toString('base64')}`;
const context: SealContext = { table: 'source_secret', row: 'desk', purpose: 'webhook' };
const ring = KeyRing.parse(K1);

function outcome(open: () => string): string {
  try {
    return open();
  } catch (error) {
    return error instanceof SealUnreadable ? error.reason : String(error);
  }
}

/** The text with each single bit of its bytes changed in turn. */
function bitsOf(text: string): string[] {
  const bytes = Buffer.from(text, 'latin1');
  return Array.from({ length: bytes.length * 8 }, (_, bit) => {
    const changed = Buffer.from(bytes);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    return changed.toString('latin1');
  });
}

describe('a sealed secret', () => {
  it('is opened as it was sealed, whatever it holds', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (plain, row) => {
      expect(ring.open(ring.seal(plain, { ...context, row }), { ...context, row })).toBe(plain);
    }));
  });

  it('shows nothing of itself, and is another each time', () => {
    const sealed = [ring.seal('whsec_secret', context), ring.seal('whsec_secret', context)];
    expect(new Set(sealed).size).toBe(2);
    expect(sealed[0]).toMatch(/^s1\.k1\.[\w-]+$/);
    expect(sealed[0]).not.toContain(Buffer.from('whsec_secret').toString('base64url').slice(0, 10));
  });

  it('is AES-256-GCM: another implementation opens it, with table, row, purpose and key as associated data', async () => {
    const bytes = Buffer.from(ring.seal('the secret', context).split('.')[2] ?? '', 'base64url');
    const key = await webcrypto.subtle.importKey('raw', Buffer.alloc(32, 1), 'AES-GCM', false, ['decrypt']);
    const additionalData = Buffer.from('["s1","k1","source_secret","desk","webhook"]');
    const plain = await webcrypto.subtle.decrypt({ name: 'AES-GCM', iv: bytes.subarray(0, 12), additionalData, tagLength: 128 }, key, bytes.subarray(12));
    expect(Buffer.from(plain).toString()).toBe('the secret');
  });

  it('that was sealed by the first release is opened for ever', () => {
    expect(ring.open('s1.k1.BwcHBwcHBwcHBwcH7NOZwWzc1NU59WIQ0qgC6sHA86oQS308Z0dSzoP2KwNah_0bQ6W65urbsMMt', context)).toBe('a secret of the first release');
  });

  it('is refused with one bit changed, whichever bit', () => {
    const accepted = bitsOf(ring.seal('x', context)).filter((changed) => !['broken', 'key-missing'].includes(outcome(() => ring.open(changed, context))));
    expect(accepted).toEqual([]);
  });

  it.each<[string, Partial<SealContext>]>([['another table', { table: 'channel' }], ['another row', { row: 'other' }], ['another purpose', { purpose: 'api' }], ['table and row in other parts', { table: 'source_secretd', row: 'esk' }]])('belongs to its place: %s cannot use it', (_what, other) => {
    expect(outcome(() => ring.open(ring.seal('x', context), { ...context, ...other }))).toBe('broken');
  });

  it.each(['', 's1', 's1..', 's1.k1.', 's1.k1.AAAA', 's2.k1.AAAA', 'the secret as it was'])('is not %j', (text) => {
    expect(outcome(() => ring.open(text, context))).toBe('broken');
  });
});

describe('a ring of keys', () => {
  it('seals with the first, and opens with every one', () => {
    const sealed = ring.seal('x', context);
    const rotated = KeyRing.parse(`${K2}\n${K1}`);
    expect([rotated.newestId, rotated.ids]).toEqual(['k2', ['k2', 'k1']]);
    expect(rotated.open(sealed, context)).toBe('x');
    expect(rotated.seal('x', context)).toMatch(/^s1\.k2\./);
  });

  it('says which key is missing', () => {
    expect(() => KeyRing.parse(K2).open(ring.seal('x', context), context)).toThrow("A secret was sealed with the key 'k1', which is not among the keys: k2.");
  });

  it('opens nothing with another key of the same id', () => {
    const other = KeyRing.parse(`k1:${Buffer.alloc(32, 9).toString('base64')}`);
    expect(outcome(() => other.open(ring.seal('x', context), context))).toBe('broken');
  });

  it('is read with commas, blanks, lines and remarks, in base64 or base64url', () => {
    const third = `k3:${Buffer.alloc(32, 251).toString('base64url')}`;
    expect(KeyRing.parse(`# newest first\n${K2}, ${K1} # until March\n\n${third}\n`).ids).toEqual(['k2', 'k1', 'k3']);
  });

  it.each([
    ['', /There is no key/], ['# only a remark', /There is no key/], ['k1:short', /Key 1 has not the form/], [`${K1} ${Buffer.alloc(32, 7).toString('base64')}`, /Key 2 has not the form/],
    [`k.1:${Buffer.alloc(32).toString('base64')}`, /Key 1 has not the form/], [`k1:${Buffer.alloc(33).toString('base64')}`, /Key 1 has not the form/], [`${K1} ${K1}`, /Two keys have the id 'k1'/],
  ])('is refused where it is %j, in a sentence without a key', (text, sentence) => {
    const refused = (): KeyRing => KeyRing.parse(text);
    expect(refused).toThrow(sentence);
    expect(refused).not.toThrow(/[A-Za-z0-9+/]{20}/);
  });

  it('never shows its keys', () => {
    const shown = `${inspect(ring, { depth: 9, showHidden: true })}${JSON.stringify(ring)}`;
    for (const form of ['base64', 'base64url', 'hex'] as const) expect(shown).not.toContain(Buffer.alloc(32, 1).toString(form).slice(0, 20));
  });

  it('takes the keys that are made for it, each another', () => {
    const made = [newKey(new Date('2026-11-02T08:00:00Z')), newKey(new Date('2026-11-02T08:00:00Z'))];
    expect(KeyRing.parse(made.join('\n')).newestId).toMatch(/^k20261102-[0-9a-f]{6}$/);
  });
});

describe('codes', () => {
  const text = (id: string, letter: string): string => `${id}:${Buffer.alloc(32, letter).toString('base64')}`;
  const ring = KeyRing.parse(text('a', 'a'));

  it('are known again by every ring that has the key, and by no other', () => {
    const code = ring.codeOf('n-1', 'link');
    expect(code).toHaveLength(32);
    expect(KeyRing.parse(`${text('b', 'b')} ${text('a', 'a')}`).isCodeOf(code, 'n-1', 'link')).toBe(true);
    expect(KeyRing.parse(text('b', 'b')).isCodeOf(code, 'n-1', 'link')).toBe(false);
  });

  it('may be shorter, and are then known again at that length alone', () => {
    const short = ring.codeOf('n-1', 'link', 16);
    expect(short).toEqual(ring.codeOf('n-1', 'link').subarray(0, 16));
    expect([ring.isCodeOf(short, 'n-1', 'link', 16), ring.isCodeOf(short, 'n-1', 'link'), ring.isCodeOf(ring.codeOf('n-1', 'link'), 'n-1', 'link', 16)]).toEqual([true, false, false]);
  });

  it('hold for one text and one purpose', () => {
    const code = ring.codeOf('n-1', 'link');
    expect(ring.isCodeOf(code, 'n-2', 'link')).toBe(false);
    expect(ring.isCodeOf(code, 'n-1', 'other')).toBe(false);
    expect(ring.isCodeOf(code.subarray(1), 'n-1', 'link')).toBe(false);
  });
});
