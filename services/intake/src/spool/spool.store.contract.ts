import type { OutgoingRecord } from '@handoff/messaging';
import type { SpoolStore } from './spool.store.js';

const record = (key: string, value: string): OutgoingRecord => ({ topic: 'handoff.intake', key, value, headers: { ce_id: `id of ${value}`, 'content-type': 'application/json' } });

/** What holds for every spool. Each test gets an empty one. */
export function describeSpoolStoreContract(name: string, makeStore: () => Promise<SpoolStore>): void {
  describe(`a spool in ${name}`, () => {
    it('gives back what was put in, as it was and in order, until it is removed', async () => {
      const store = await makeStore();
      await store.add([record('a', 'ü "1"'), record('b', '\\u0000{}')]);
      await store.add([record('a', '')]);
      const drain = await store.drain();
      const [first, ...rest] = (await drain?.oldest(10)) ?? [];
      expect([first, ...rest]).toMatchObject([record('a', 'ü "1"'), record('b', '\\u0000{}'), record('a', '')]);
      expect((await drain?.oldest(1))?.map(({ seq }) => seq)).toEqual([first?.seq]);
      await drain?.remove([first?.seq ?? '']);
      expect((await drain?.oldest(10))?.map(({ value }) => value)).toEqual(rest.map(({ value }) => value));
      await drain?.end();
    });

    it('says which of some keys have records in it', async () => {
      const store = await makeStore();
      expect(await store.look(['a', 'a'])).toEqual({ isEmpty: true, keys: new Set() });
      await store.add([record('a', '1'), record('a', '2'), record('c', '3')]);
      expect(await store.look(['a', 'b', 'a'])).toEqual({ isEmpty: false, keys: new Set(['a']) });
      expect(await store.look([])).toEqual({ isEmpty: false, keys: new Set() });
    });

    it('names its oldest record to whoever adds others', async () => {
      const store = await makeStore();
      const first = await store.add([record('a', '1'), record('b', '2')]);
      expect(await store.add([record('a', '3')])).toBe(first);
      const drain = await store.drain();
      expect((await drain?.oldest(1))?.map(({ seq }) => seq)).toEqual([first]);
      await drain?.remove(((await drain.oldest(10)) ?? []).map(({ seq }) => seq));
      await drain?.end();
      expect(await store.add([record('a', '4')])).not.toBe(first);
    });

    it('says how many it has at most, and since when', async () => {
      const store = await makeStore();
      expect(await store.size()).toEqual({ records: 0, oldestAt: null });
      await store.add([record('a', '1'), record('b', '2')]);
      expect(await store.size()).toEqual({ records: 2, oldestAt: expect.any(Date) as Date });
    });

    it('is drained by one at a time', async () => {
      const store = await makeStore();
      const drain = await store.drain();
      expect(await store.drain()).toBeNull();
      await drain?.end();
      const next = await store.drain();
      expect(next).not.toBeNull();
      await next?.end();
    });
  });
}
