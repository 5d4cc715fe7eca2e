import { InvalidCursor } from '@handoff/platform';
import type { StoreHarness } from '../directory/directory.store.contract.js';
import type { MatrixStore } from './matrix.store.js';

const AT = '2026-11-02T08:00:00.000Z';
const LATER = '2026-11-02T09:00:00.000Z';

export function describeMatrixStoreContract(name: string, open: () => Promise<StoreHarness<MatrixStore>>): void {
  describe(`matrix store (${name})`, () => {
    let harness: StoreHarness<MatrixStore>;
    const within = <R>(work: (store: MatrixStore, tx: Parameters<Parameters<StoreHarness<MatrixStore>['transactions']['run']>[0]>[0]) => Promise<R>) => harness.transactions.run((tx) => work(harness.store, tx));
    const add = (version: string, at = AT) => within((store, tx) => store.add(tx, { version, matrix: `rules of ${version}: "İ"`, cases: 'cases', base: null, at, by: 'anna' }));
    const activate = (version: string, replaced: string | null, at = AT) => within(async (store, tx) => {
      await store.lock(tx);
      await store.activate(tx, { version, replaced, at, by: 'bora' });
    });
    const find = (version: string) => within((store, tx) => store.find(tx, version));
    const active = () => within((store, tx) => store.active(tx));

    beforeEach(async () => {
      harness = await open();
    });
    afterEach(() => harness.close());

    it('gives back a draft as it was written, and takes no second one of its name', async () => {
      expect(await add('2026-01')).toBe(true);
      expect(await add('2026-01', LATER)).toBe(false);
      expect(await find('2026-01')).toEqual({
        version: '2026-01', state: 'draft', matrix: 'rules of 2026-01: "İ"', cases: 'cases', revision: 1, base: null, replaced: null, failedCases: null, createdAt: AT, createdBy: 'anna', authors: ['anna'],
        changedAt: AT, testedAt: null, activatesAt: null, activatedAt: null, activatedBy: null, retiredAt: null, note: null,
      });
      expect(await find('2026-02')).toBeNull();
    });

    it('changes a version only for whoever knows its newest revision', async () => {
      await add('2026-01');
      const changed = await within((store, tx) => store.change(tx, { version: '2026-01', revision: 1 }, { state: 'tested', failedCases: 0, testedAt: LATER }, LATER));
      expect(changed).toMatchObject({ state: 'tested', revision: 2, failedCases: 0, testedAt: LATER, changedAt: LATER, createdAt: AT });
      expect(await within((store, tx) => store.change(tx, { version: '2026-01', revision: 1 }, { note: 'late' }, LATER))).toBeNull();
      expect(await find('2026-01')).toEqual(changed);
    });

    it('has one active version, and counts how often one became active', async () => {
      expect(await active()).toBeNull();
      await add('2026-01');
      await add('2026-02');
      await activate('2026-01', null);
      const first = await active();
      await activate('2026-02', '2026-01', LATER);
      const second = await active();
      await activate('2026-01', null, LATER);
      const third = await active();
      expect([first?.version, second?.version, third?.version]).toEqual(['2026-01', '2026-02', '2026-01']);
      expect(Number(first?.activation) < Number(second?.activation) && Number(second?.activation) < Number(third?.activation)).toBe(true);
      expect(await find('2026-02')).toMatchObject({ state: 'retired', replaced: '2026-01', activatedAt: LATER, activatedBy: 'bora', retiredAt: LATER });
      expect(await find('2026-01')).toMatchObject({ state: 'active', replaced: null, retiredAt: null });
    });

    it('names the versions whose time has come, the earliest first, until they are active', async () => {
      for (const [version, activatesAt] of [['b', LATER], ['a', AT], ['c', '2026-11-02T10:00:00.000Z']] as const) {
        await add(version);
        await within((store, tx) => store.change(tx, { version, revision: 1 }, { activatesAt }, AT));
      }
      const due = () => within((store, tx) => store.due(tx, LATER));
      expect(await due()).toEqual(['a', 'b']);
      await activate('a', null);
      expect(await due()).toEqual(['b']);
    });

    it('lists the newest first, page by page, without repeating or leaving out any', async () => {
      for (const [index, version] of ['a', 'b', 'c', 'd', 'e'].entries()) await add(version, index < 3 ? AT : LATER);
      const first = await within((store, tx) => store.list(tx, { limit: 3 }));
      const second = await within((store, tx) => store.list(tx, { limit: 3, cursor: first.next ?? '' }));
      expect([...first.items, ...second.items].map(({ version }) => version)).toEqual(['e', 'd', 'c', 'b', 'a']);
      expect([second.next, Object.keys(first.items[0] ?? {}).includes('matrix')]).toEqual([null, false]);
    });

    it.each(['nonsense', Buffer.from('["x","y"]').toString('base64url'), Buffer.from('{}').toString('base64url')])('refuses the cursor %s', async (cursor) => {
      await expect(within((store, tx) => store.list(tx, { limit: 3, cursor }))).rejects.toThrow(InvalidCursor);
    });

    it('keeps nothing of a transaction that failed', async () => {
      await add('2026-01');
      await activate('2026-01', null);
      await add('2026-02');
      await expect(within(async (store, tx) => {
        await store.activate(tx, { version: '2026-02', replaced: '2026-01', at: LATER, by: 'bora' });
        throw new Error('no');
      })).rejects.toThrow('no');
      expect((await active())?.version).toBe('2026-01');
    });
  });
}
