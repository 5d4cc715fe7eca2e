import { Lanes } from './lanes.js';

/** Work that is begun in order and ends when the test says so. */
function aWorld(pieces: string[], countMax = 2): { lanes: Lanes<string>; begun: string[]; end: (piece: string, error?: Error) => Promise<void>; errors: unknown[] } {
  const [begun, errors]: [string[], unknown[]] = [[], []];
  const ends = new Map<string, PromiseWithResolvers<void>>();
  const lanes = new Lanes<string>({
    countMax, claim: () => Promise.resolve(pieces.shift() ?? null), onError: (error) => errors.push(error),
    work: (piece) => {
      begun.push(piece);
      const ending = Promise.withResolvers<void>();
      ends.set(piece, ending);
      return ending.promise;
    },
  });
  const end = async (piece: string, error?: Error): Promise<void> => {
    if (error === undefined) ends.get(piece)?.resolve();
    else ends.get(piece)?.reject(error);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { lanes, begun, end, errors };
}

const open = new AbortController().signal;

describe('lanes of work', () => {
  it('are as many as there may be, and each goes on with what is left', async () => {
    const { lanes, begun, end } = aWorld(['a', 'b', 'c', 'd']);
    await lanes.fill(open);
    expect(begun).toEqual(['a', 'b']);
    await end('b');
    expect(begun).toEqual(['a', 'b', 'c']);
    await lanes.fill(open);
    expect(begun).toEqual(['a', 'b', 'c']);
    for (const piece of ['c', 'd', 'a']) await end(piece);
    await lanes.settled();
    expect(begun).toEqual(['a', 'b', 'c', 'd']);
  });

  it('lose no room by a failure', async () => {
    const { lanes, begun, end, errors } = aWorld(['a', 'b'], 1);
    await lanes.fill(open);
    await end('a', new Error('a failed'));
    expect(errors).toEqual([new Error('a failed')]);
    await lanes.fill(open);
    expect(begun).toEqual(['a', 'b']);
    await end('b');
  });

  it('claim nothing more once they are to end, and wait for what they have', async () => {
    const closing = new AbortController();
    const { lanes, begun, end } = aWorld(['a', 'b'], 1);
    await lanes.fill(closing.signal);
    closing.abort();
    await end('a');
    await lanes.fill(closing.signal);
    await lanes.settled();
    expect(begun).toEqual(['a']);
  });
});
