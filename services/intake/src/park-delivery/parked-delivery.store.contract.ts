import { nameBasedId } from '@handoff/contracts';
import { InvalidCursor } from '@handoff/platform';
import { aSource } from '../sources/source.store.contract.js';
import type { SourceStore } from '../sources/source.store.js';
import type { ParkedDelivery, ParkedRecord } from './parked-delivery.js';
import type { ParkedDeliveryStore, Trial } from './parked-delivery.store.js';

const SOURCE_UPDATED_AT = '2026-11-02T08:00:00.000Z';
const LATER = new Date('2026-11-02T09:00:00.000Z');

export function aParkedDelivery(name: string, overrides: Partial<ParkedDelivery> = {}): ParkedDelivery {
  return {
    id: nameBasedId('parked-delivery', name), source: 'desk', sourceUpdatedAt: SOURCE_UPDATED_AT, traceparent: 'trace', receivedAt: '2026-11-02T08:30:00.123Z',
    request: { method: 'POST', url: 'https://intake.example/v1/sources/desk/webhooks', headers: { 'webhook-id': name, 'x-many': ['a', 'b'] }, rawBody: Buffer.from([0, 255, 10]) },
    failures: [{ index: 0, code: 'field-missing', detail: 'ü "x".', fields: [{ field: 'externalId', detail: 'must be there' }] }], ...overrides,
  };
}

/** What holds for every store of parked deliveries. Each test gets an empty one, beside sources with one called 'desk'. */
export function describeParkedDeliveryStoreContract(name: string, makeStores: () => Promise<{ store: ParkedDeliveryStore; sources: SourceStore }>): void {
  describe(`parked deliveries in ${name}`, () => {
    const setUp = async () => {
      const { store, sources } = await makeStores();
      await sources.add(aSource({ updatedAt: SOURCE_UPDATED_AT }), 'secret');
      const left = (failures: Trial['failures'], sourceUpdatedAt = SOURCE_UPDATED_AT) => () => Promise.resolve({ failures, sourceUpdatedAt });
      const namesOf = (records: readonly ParkedRecord[]): unknown[] => records.map(({ request }) => request.headers['webhook-id']);
      const list = async (query: { source?: string; code?: string; isDiscarded?: boolean } = {}): Promise<unknown[]> => namesOf((await store.list({ isDiscarded: false, limit: 10, ...query })).items);
      return { store, sources, left, list, namesOf };
    };

    it('are found again as they were parked', async () => {
      const { store } = await setUp();
      await store.park(aParkedDelivery('a'));
      expect(await store.find(aParkedDelivery('a').id)).toEqual({ ...aParkedDelivery('a'), seq: expect.any(String) as string, deliveries: 1, attempts: 0, discarded: null });
      expect(await store.find(aParkedDelivery('b').id)).toBeNull();
    });

    it('count when they come again, with what is wrong with them now, and keep their place', async () => {
      const { store, list } = await setUp();
      const failures = [{ index: null, code: 'invalid-json', detail: 'No.', fields: [] }];
      for (const id of ['a', 'b']) await store.park(aParkedDelivery(id));
      await store.park(aParkedDelivery('a', { failures, receivedAt: '2026-11-02T10:00:00.000Z' }));
      expect(await store.find(aParkedDelivery('a').id)).toMatchObject({ deliveries: 2, failures, receivedAt: '2026-11-02T08:30:00.123Z' });
      expect(await list()).toEqual(['b', 'a']);
    });

    it('are listed, the latest first, page by page, by source and by code', async () => {
      const { store, list, namesOf } = await setUp();
      const invalid = [{ index: 0, code: 'field-missing', detail: '', fields: [] }, { index: 1, code: 'field-invalid', detail: '', fields: [] }];
      for (const id of ['a', 'b', 'c']) await store.park(aParkedDelivery(id));
      await store.park(aParkedDelivery('d', { source: 'other', failures: invalid }));
      const first = await store.list({ isDiscarded: false, limit: 3 });
      expect([namesOf(first.items), namesOf((await store.list({ isDiscarded: false, limit: 3, cursor: first.next ?? '' })).items)]).toEqual([['d', 'c', 'b'], ['a']]);
      expect([await list({ source: 'desk' }), await list({ code: 'field-invalid' }), await list({ source: 'desk', code: 'field-invalid' })]).toEqual([['c', 'b', 'a'], ['d'], []]);
      await expect(store.list({ isDiscarded: false, limit: 3, cursor: 'x' })).rejects.toThrow(InvalidCursor);
      expect(await store.counts()).toEqual(new Map([['desk', 3], ['other', 1]]));
    });

    it('are counted by source and by why, the most frequent first, from a time on', async () => {
      const { store } = await setUp();
      for (const id of ['a', 'b', 'discarded']) await store.park(aParkedDelivery(id));
      await store.park(aParkedDelivery('c', { source: 'other', receivedAt: LATER.toISOString(), failures: [{ index: null, code: 'invalid-json', detail: 'No.', fields: [] }] }));
      await store.discard(aParkedDelivery('discarded').id, 'a test', LATER);
      const other = { source: 'other', code: 'invalid-json', deliveries: 1, detail: 'No.', firstAt: LATER.toISOString(), lastAt: LATER.toISOString() };
      const receivedAt = '2026-11-02T08:30:00.123Z';
      expect(await store.causes(null)).toEqual([{ source: 'desk', code: 'field-missing', deliveries: 2, detail: 'ü "x".', firstAt: receivedAt, lastAt: receivedAt }, other]);
      expect(await store.causes(LATER)).toEqual([other]);
    });

    it('are gone once nothing failed in a trial, and else keep what did', async () => {
      const { store, left, list } = await setUp();
      for (const id of ['a', 'b']) await store.park(aParkedDelivery(id));
      const failures = [{ index: 1, code: 'field-invalid', detail: 'No.', fields: [] }];
      expect(await store.tryOne({ by: 'id', id: aParkedDelivery('a').id }, left([]))).toMatchObject({ id: aParkedDelivery('a').id });
      expect(await store.tryOne({ by: 'id', id: aParkedDelivery('b').id }, left(failures, LATER.toISOString()))).toMatchObject({ attempts: 0 });
      expect([await list(), await store.find(aParkedDelivery('b').id)]).toMatchObject([['b'], { failures, attempts: 1, sourceUpdatedAt: LATER.toISOString() }]);
      expect(await store.tryOne({ by: 'id', id: aParkedDelivery('a').id }, left([]))).toBeNull();
    });

    it('stay as they were when a trial cannot be made', async () => {
      const { store } = await setUp();
      await store.park(aParkedDelivery('a'));
      await expect(store.tryOne({ by: 'id', id: aParkedDelivery('a').id }, () => Promise.reject(new Error('away')))).rejects.toThrow('away');
      expect(await store.find(aParkedDelivery('a').id)).toMatchObject({ attempts: 0 });
    });

    it('are tried by one at a time', async () => {
      const { store, left } = await setUp();
      await store.park(aParkedDelivery('a'));
      const id = aParkedDelivery('a').id;
      const inner: unknown[] = [];
      await store.tryOne({ by: 'id', id }, async () => {
        inner.push(await store.tryOne({ by: 'id', id }, left([])));
        return { failures: [], sourceUpdatedAt: SOURCE_UPDATED_AT };
      });
      expect(inner).toEqual([null]);
    });

    it('of a source are tried in order, each once, also by what failed', async () => {
      const { store, left } = await setUp();
      const invalid = [{ index: 0, code: 'field-invalid', detail: '', fields: [] }];
      for (const id of ['a', 'b', 'c']) await store.park(aParkedDelivery(id, id === 'b' ? { failures: invalid } : {}));
      await store.park(aParkedDelivery('d', { source: 'other' }));
      const tried = async (code: string | null, since: Date | null = null): Promise<unknown[]> => {
        const names = [];
        for (let afterSeq = '0'; ; ) {
          const record = await store.tryOne({ by: 'source', source: 'desk', code, since, afterSeq }, left(invalid));
          if (record === null) return names;
          names.push(record.request.headers['webhook-id']);
          afterSeq = record.seq;
        }
      };
      expect(await tried('field-missing')).toEqual(['a', 'c']);
      expect(await tried(null)).toEqual(['a', 'b', 'c']);
      await store.park(aParkedDelivery('e', { receivedAt: LATER.toISOString() }));
      expect(await tried(null, LATER)).toEqual(['e']);
    });

    it('are tried again after their source changed, and only then', async () => {
      const { store, sources, left, list } = await setUp();
      await store.park(aParkedDelivery('a'));
      await store.park(aParkedDelivery('orphan', { source: 'gone' }));
      expect(await store.tryOne({ by: 'changed-source' }, left([]))).toBeNull();
      await sources.change('desk', { sourceParty: null }, LATER);
      const failures = [{ index: 0, code: 'field-missing', detail: '', fields: [] }];
      expect(await store.tryOne({ by: 'changed-source' }, left(failures, LATER.toISOString()))).not.toBeNull();
      expect(await store.tryOne({ by: 'changed-source' }, left([]))).toBeNull();
      expect(await list()).toEqual(['orphan', 'a']);
    });

    it('that are discarded lose their body, keep a trace with the reason for a while, and are not tried', async () => {
      const { store, left, list } = await setUp();
      await store.park(aParkedDelivery('a'));
      const { id } = aParkedDelivery('a');
      expect([await store.discard(id, 'a test', LATER), await store.discard(id, 'again', LATER), await store.discard(aParkedDelivery('b').id, '', LATER)]).toEqual([true, false, false]);
      expect(await store.tryOne({ by: 'id', id }, left([]))).toBeNull();
      expect([await list(), await list({ isDiscarded: true }), await store.counts()]).toEqual([[], ['a'], new Map()]);
      const found = await store.find(id);
      expect([found?.discarded, found?.request.rawBody.length]).toEqual([{ at: LATER.toISOString(), note: 'a test' }, 0]);
      await store.forgetDiscarded(LATER);
      expect(await list({ isDiscarded: true })).toEqual(['a']);
      await store.forgetDiscarded(new Date(LATER.getTime() + 1));
      expect(await store.find(id)).toBeNull();
    });

    it('are parked again when they come again after they were discarded', async () => {
      const { store, list } = await setUp();
      await store.park(aParkedDelivery('a'));
      await store.discard(aParkedDelivery('a').id, 'a test', LATER);
      await store.park(aParkedDelivery('a'));
      expect([await list(), (await store.find(aParkedDelivery('a').id))?.request.rawBody.length]).toEqual([['a'], 3]);
    });
  });
}
