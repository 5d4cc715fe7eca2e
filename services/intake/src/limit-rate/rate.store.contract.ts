import type { RateStore, SpentTokens } from './rate.store.js';

const A = '00000000-0000-4000-8000-00000000000a';
const B = '00000000-0000-4000-8000-00000000000b';

export interface RateStoreUnderTest {
  readonly store: RateStore;
  /** Lets time pass. */
  pass(seconds: number): Promise<void>;
  /** How many sources are remembered. */
  size(): Promise<number>;
}

/** So slow that a test's own time brings nothing worth mentioning. */
const spent = (count: number, more: Partial<SpentTokens> = {}): SpentTokens => ({ source: 'desk', spent: count, perSecond: 0.001, capacity: 20, ...more });

/** What holds for every store of rates. Each test gets an empty one. */
export function describeRateStoreContract(name: string, make: () => Promise<RateStoreUnderTest>): void {
  describe(`the rates of sources kept in ${name}`, () => {
    const left = async (store: RateStore, instance: string, ...of: SpentTokens[]) => (await store.settle(instance, of)).map(({ source, tokens, spenders }) => [source, Math.round(tokens), spenders]).sort();

    it('are full before anything is taken, and shared by all who take', async () => {
      const { store } = await make();
      expect(await left(store, A, spent(5))).toEqual([['desk', 15, 1]]);
      expect(await left(store, B, spent(6))).toEqual([['desk', 9, 2]]);
      expect(await left(store, A, spent(1))).toEqual([['desk', 8, 2]]);
    });

    it('lose nothing where two settle at once', async () => {
      const { store } = await make();
      const both = [spent(1), spent(1, { source: 'other' })];
      await Promise.all(Array.from({ length: 8 }, (_, index) => store.settle(index % 2 === 0 ? A : B, index % 3 === 0 ? both : both.toReversed())));
      expect(await left(store, A, ...both)).toEqual([['desk', 11, 2], ['other', 11, 2]]);
    });

    it('fill up with time, and no further than full', async () => {
      const { store, pass } = await make();
      await store.settle(A, [spent(20)]);
      await pass(4);
      expect(await left(store, A, spent(1, { perSecond: 2 }))).toEqual([['desk', 7, 1]]);
      await pass(3_000);
      expect(await left(store, A, spent(1, { perSecond: 2 }))).toEqual([['desk', 19, 1]]);
    });

    it('keep in mind what was taken too much, but not for ever', async () => {
      const { store } = await make();
      expect(await left(store, A, spent(30))).toEqual([['desk', -10, 1]]);
      expect(await left(store, B, spent(1_000))).toEqual([['desk', -20, 2]]);
    });

    it('do not count who took nothing lately', async () => {
      const { store, pass } = await make();
      await store.settle(A, [spent(1)]);
      await pass(4);
      expect(await left(store, B, spent(1))).toEqual([['desk', 18, 1]]);
    });

    it('follow a limit that was changed', async () => {
      const { store } = await make();
      await store.settle(A, [spent(1)]);
      expect(await left(store, A, spent(1, { capacity: 4 }))).toEqual([['desk', 3, 1]]);
    });

    it('are forgotten after an hour without use', async () => {
      const { store, pass, size } = await make();
      await store.settle(A, [spent(1), spent(1, { source: 'other' })]);
      await pass(3_000);
      await store.settle(A, [spent(1)]);
      await pass(1_000);
      await store.forget();
      expect(await size()).toBe(1);
      expect(await store.settle(A, [])).toEqual([]);
    });
  });
}
