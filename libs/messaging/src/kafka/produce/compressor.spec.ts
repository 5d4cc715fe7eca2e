import { zstdDecompressSync } from 'node:zlib';
import { Compressor } from './compressor.js';
import type { Pieces } from './zstd-worker.js';

const MUCH = 200_000;

/** Pieces that say which they are, one behind the other. */
function piecesOf(...texts: readonly string[]): Pieces {
  let at = 0;
  return { bytes: Buffer.from(texts.join('')), ends: texts.map((text) => (at += text.length)) };
}

function textsIn({ bytes, ends }: Pieces): string[] {
  return ends.map((end, index) => zstdDecompressSync(bytes.subarray(ends[index - 1] ?? 0, end)).toString());
}

const opened: Compressor[] = [];

function open(...file: ConstructorParameters<typeof Compressor>): Compressor {
  const compressor = new Compressor(...file);
  opened.push(compressor);
  return compressor;
}

afterEach(() => Promise.all(opened.splice(0).map((compressor) => compressor.close())));

describe('compressing', () => {
  it('a little is done at once', () => {
    const compressed = open().compress(piecesOf('a', '', 'bc'));
    expect(compressed).not.toBeInstanceOf(Promise);
    expect(textsIn(compressed as Pieces)).toEqual(['a', '', 'bc']);
  });

  it('much is done by another thread, and leaves what was given as it is', async () => {
    const compressor = open();
    const [first, second] = [piecesOf('a'.repeat(MUCH), 'b'), piecesOf('c', 'd'.repeat(MUCH))];
    const [one, other] = [compressor.compress(first), compressor.compress(second)];
    expect(one).toBeInstanceOf(Promise);
    first.bytes.fill(0);
    expect([textsIn(await one), textsIn(await other)]).toEqual([['a'.repeat(MUCH), 'b'], ['c', 'd'.repeat(MUCH)]]);
    expect(second.bytes.subarray(0, 2)).toEqual(Buffer.from('cd'));
  });

  it('goes on without another thread where that one cannot run', async () => {
    const compressor = open(new URL('./no-such-worker.js', import.meta.url));
    await expect(compressor.compress(piecesOf('a'.repeat(MUCH)))).rejects.toThrow('no-such-worker');
    expect(textsIn(await compressor.compress(piecesOf('b'.repeat(MUCH))))).toEqual(['b'.repeat(MUCH)]);
  });
});
