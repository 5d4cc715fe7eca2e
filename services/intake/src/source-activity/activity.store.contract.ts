import type { ActivityCount } from './activity.js';
import type { ActivityStore } from './activity.store.js';

export function aCount(parts: Partial<ActivityCount> = {}): ActivityCount {
  const minute = parts.minute ?? '2026-11-02T08:00:00.000Z';
  return { source: 'desk', minute, outcome: 'accepted', count: 1, lastAt: minute.replace(':00.000Z', ':30.000Z'), lag: { count: 1, sumMs: 500, maxMs: 500, lastMs: 500 }, ...parts };
}

/** What holds for every store of activity. Each test gets one with the sources 'desk' and 'other', and nothing counted. */
export function describeActivityStoreContract(name: string, makeStore: () => Promise<ActivityStore>): void {
  describe(`the activity of sources kept in ${name}`, () => {
    const now = new Date('2026-11-02T08:01:30.000Z');
    const read = async (store: ActivityStore, source = 'desk') => (await store.read([source], now)).get(source);
    const noLag = { count: 0, sumMs: 0, maxMs: 0, lastMs: null };

    it('adds up by outcome, whoever counted it', async () => {
      const store = await makeStore();
      await store.add([aCount({ count: 2, lag: { count: 2, sumMs: 300, maxMs: 200, lastMs: 100 } }), aCount({ outcome: 'refused:signature-invalid', lag: noLag })]);
      await Promise.all([store.add([aCount({ count: 3 })]), store.add([aCount({ minute: '2026-11-02T08:01:00.000Z' })])]);
      const accepted = { count: 6, lag: { count: 4, sumMs: 1_300, maxMs: 500 } };
      const refused = { count: 1, lag: { count: 0, sumMs: 0, maxMs: 0 } };
      expect((await read(store))?.tallies).toHaveLength(2);
      expect((await read(store))?.tallies).toEqual(expect.arrayContaining([
        { outcome: 'accepted', lastDay: accepted, lastHour: accepted, lately: 5 }, { outcome: 'refused:signature-invalid', lastDay: refused, lastHour: refused, lately: 1 },
      ]));
    });

    it.each<[string, string, [number, number, number]]>([
      ['the minute under way', '2026-11-02T08:01:00.000Z', [1, 1, 0]], ['the last whole minute', '2026-11-02T08:00:00.000Z', [1, 1, 1]], ['five minutes ago', '2026-11-02T07:56:00.000Z', [1, 1, 1]], ['six minutes ago', '2026-11-02T07:55:00.000Z', [1, 1, 0]],
      ['an hour ago', '2026-11-02T07:01:00.000Z', [1, 1, 0]], ['a minute more', '2026-11-02T07:00:00.000Z', [1, 0, 0]], ['a day ago', '2026-11-01T08:01:00.000Z', [1, 0, 0]],
    ])('knows how long ago it was: %s', async (_when, minute, [day, hour, lately]) => {
      const store = await makeStore();
      await store.add([aCount({ minute })]);
      expect((await read(store))?.tallies).toMatchObject([{ lastDay: { count: day }, lastHour: { count: hour }, lately }]);
    });

    it('tells nothing of more than a day ago but when it was', async () => {
      const store = await makeStore();
      await store.add([aCount({ minute: '2026-11-01T08:00:00.000Z' })]);
      expect(await read(store)).toEqual({ tallies: [], last: [{ outcome: 'accepted', at: '2026-11-01T08:00:30.000Z', lagMs: 500 }] });
    });

    it('keeps the last time of each outcome, in whatever order it is told', async () => {
      const store = await makeStore();
      await store.add([aCount({ lastAt: '2026-11-02T08:00:20.000Z', lag: { count: 1, sumMs: 70, maxMs: 70, lastMs: 70 } })]);
      await store.add([aCount({ lastAt: '2026-11-02T08:00:10.000Z' }), aCount({ outcome: 'ignored', lastAt: '2026-11-02T08:00:40.000Z', lag: noLag })]);
      const last = (await read(store))?.last;
      expect(last).toHaveLength(2);
      expect(last).toEqual(expect.arrayContaining([{ outcome: 'accepted', at: '2026-11-02T08:00:20.000Z', lagMs: 70 }, { outcome: 'ignored', at: '2026-11-02T08:00:40.000Z', lagMs: null }]));
    });

    it('is told of each source by itself', async () => {
      const store = await makeStore();
      await store.add([aCount(), aCount({ source: 'other', outcome: 'parked', lag: noLag })]);
      expect([...(await store.read(['desk', 'other', 'nobody'], now)).entries()].map(([source, { tallies }]) => [source, tallies.map(({ outcome }) => outcome)])).toEqual([['desk', ['accepted']], ['other', ['parked']]]);
      expect(await store.read([], now)).toEqual(new Map());
    });

    it('leaves out a source that was removed meanwhile, and counts the others', async () => {
      const store = await makeStore();
      await store.add([aCount({ source: 'removed' }), aCount()]);
      expect([await read(store, 'removed'), (await read(store))?.tallies.length]).toEqual([undefined, 1]);
    });

    it('forgets minutes that are over, but not when each outcome was last', async () => {
      const store = await makeStore();
      await store.add([aCount(), aCount({ minute: '2026-11-02T08:01:00.000Z' })]);
      await store.forget(new Date('2026-11-02T08:01:00.000Z'));
      expect(await read(store)).toMatchObject({ tallies: [{ lastDay: { count: 1 } }], last: [{ outcome: 'accepted' }] });
    });
  });
}
