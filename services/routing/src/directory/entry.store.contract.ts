import { eventually } from '@handoff/testing';
import { DEMO_DIRECTORY } from './demo-directory.fixture.js';
import type { StoreHarness } from './directory.store.contract.js';
import type { DirectoryStore } from './directory.store.js';
import type { DirectoryKind } from './directory-kinds.js';
import type { Publisher, Subscription } from './directory.js';
import type { EntryQuery, EntryStore, Expected } from './entry.store.js';

export interface EntryStores {
  readonly directory: DirectoryStore;
  readonly entries: EntryStore;
}

const CONTOSO: Publisher = { id: 'contoso', name: 'Contoso' };
const NOTHING_NAMED = { offerIds: [], customerIds: [], subscriptionIds: [], partnerIds: [] };

export function describeEntryStoreContract(name: string, open: () => Promise<StoreHarness<EntryStores>>): void {
  describe(`entry store (${name})`, () => {
    let harness: StoreHarness<EntryStores>;
    const run = <R>(work: (stores: EntryStores, tx: Parameters<EntryStore['find']>[0]) => Promise<R>): Promise<R> => harness.transactions.run((tx) => work(harness.store, tx));
    const put = (document: Publisher, expected: Expected, by = 'ana') => run(({ entries }, tx) => entries.put(tx, 'publisher', document, { expected, by }));
    const remove = (expected: Expected, by = 'ben') => run(({ entries }, tx) => entries.remove(tx, 'publisher', 'contoso', { expected, by }));
    const history = () => run(({ entries }, tx) => entries.history(tx, 'publisher', 'contoso', { limit: 10 }));
    const save = (content: object = {}) => run(({ directory }, tx) => directory.save(tx, { ...DEMO_DIRECTORY, ...content }, 'loader'));
    const list = async (kind: DirectoryKind, query: Partial<EntryQuery> = {}) => (await run(({ entries }, tx) => entries.list(tx, kind, { filters: {}, limit: 200, ...query }))).map(({ id }) => id);
    /** The clock that stamps changes moves in milliseconds: two changes of one have one time. */
    const laterThan = async (instant: string) => {
      await eventually(() => expect(Date.now()).toBeGreaterThan(Date.parse(instant)));
    };

    beforeEach(async () => {
      harness = await open();
    });
    afterEach(() => harness.close());

    it('writes an entry only where it is as the writer expects', async () => {
      expect(await put(CONTOSO, 'anything')).toBeNull();
      expect(await put(CONTOSO, [1])).toBeNull();
      expect(await put(CONTOSO, 'nothing')).toMatchObject({ id: 'contoso', revision: 1, changedBy: 'ana', document: CONTOSO });
      expect(await put({ ...CONTOSO, name: 'Other' }, 'nothing')).toBeNull();
      expect(await put({ ...CONTOSO, name: 'Other' }, [2, 3])).toBeNull();
      expect(await put({ ...CONTOSO, name: 'Other' }, [1, 7], 'ben')).toMatchObject({ revision: 2, changedBy: 'ben' });
      expect(await put({ ...CONTOSO, name: 'Third' }, 'anything')).toMatchObject({ revision: 3 });
      expect((await history()).map(({ revision, changedBy }) => [revision, changedBy])).toEqual([[3, 'ana'], [2, 'ben'], [1, 'ana']]);
    });

    it('makes no revision of the same content, whoever writes it and in whatever order of keys', async () => {
      await put(CONTOSO, 'nothing');
      expect(await put({ name: 'Contoso', id: 'contoso' }, 'anything', 'ben')).toMatchObject({ revision: 1, changedBy: 'ana' });
      await run(({ directory }, tx) => directory.save(tx, { publishers: [CONTOSO], offers: [], partners: [], customers: [], subscriptions: [], agreements: [] }));
      expect((await history()).map(({ revision }) => revision)).toEqual([1]);
    });

    it('remembers what was deleted, and by whom, and goes on counting when it comes back', async () => {
      await put(CONTOSO, 'nothing');
      expect(await remove([2])).toBe(false);
      expect(await remove([1])).toBe(true);
      expect(await remove('anything')).toBe(false);
      expect(await run(({ entries }, tx) => entries.find(tx, 'publisher', 'contoso'))).toBeNull();
      expect(await put(CONTOSO, 'nothing', 'cem')).toMatchObject({ revision: 3, changedBy: 'cem' });
      await put({ ...CONTOSO, name: 'Again' }, [3]);
      expect((await history()).map(({ revision, document, changedBy }) => [revision, (document as Publisher | null)?.name, changedBy])).toEqual([[4, 'Again', 'ana'], [3, 'Contoso', 'cem'], [2, undefined, 'ben'], [1, 'Contoso', 'ana']]);
    });

    it('pages through history, newest first', async () => {
      await put(CONTOSO, 'nothing');
      for (const title of ['b', 'c', 'd']) await put({ ...CONTOSO, name: title }, 'anything');
      const page = (before?: number) => run(({ entries }, tx) => entries.history(tx, 'publisher', 'contoso', { before, limit: 2 }));
      expect((await page()).map(({ revision }) => revision)).toEqual([4, 3, 2]);
      expect((await page(3)).map(({ revision }) => revision)).toEqual([2, 1]);
    });

    it('knows an entry as it was at a time, also before it existed and while it was deleted', async () => {
      const at = async (instant: string) => ((await run(({ entries }, tx) => entries.findAt(tx, 'publisher', 'contoso', instant)))?.document as Publisher | undefined)?.name;
      const first = (await put(CONTOSO, 'nothing'))?.changedAt ?? '';
      await laterThan(first);
      const second = (await put({ ...CONTOSO, name: 'Renamed' }, 'anything'))?.changedAt ?? '';
      await laterThan(second);
      await remove('anything');
      const deleted = (await history())[0]?.changedAt ?? '';
      expect([await at('2020-01-01T00:00:00Z'), await at(first), await at(second), await at(deleted)]).toEqual([undefined, 'Contoso', 'Renamed', undefined]);
    });

    it('leads from keys to what the directory said at a time', async () => {
      await save();
      const then = (await run(({ entries }, tx) => entries.find(tx, 'subscription', 'woodgrove-crm')))?.changedAt ?? '';
      const loaded = (await run(({ entries }, tx) => entries.find(tx, 'agreement', 'northwind-fabrikam')))?.changedAt ?? then;
      await laterThan(loaded);
      const [subscription] = DEMO_DIRECTORY.subscriptions.filter(({ id }) => id === 'woodgrove-crm');
      const moved: Subscription = { ...(subscription as Subscription), customerId: 'wingtip', soldBy: { model: 'direct-bill', partnerId: '3001' } };
      await run(({ entries }, tx) => entries.put(tx, 'subscription', moved, { expected: 'anything', by: 'ana' }));
      await run(({ entries }, tx) => entries.remove(tx, 'agreement', 'northwind-fabrikam', { expected: 'anything', by: 'ana' }));
      const slice = (at?: string) => run(({ directory }, tx) => (at === undefined ? directory.slice(tx, { ...NOTHING_NAMED, customerIds: ['woodgrove'] }) : directory.sliceAt(tx, { ...NOTHING_NAMED, customerIds: ['woodgrove'] }, at)));
      const [now, before, never] = [await slice(), await slice(loaded), await slice('2020-01-01T00:00:00Z')];
      expect([...now.subscriptions.keys()]).toEqual(['woodgrove-firewall']);
      expect(now.agreements).toEqual([]);
      expect([...before.subscriptions.keys()].sort()).toEqual(['woodgrove-crm', 'woodgrove-firewall']);
      expect(before.agreements).toEqual(DEMO_DIRECTORY.agreements);
      expect([...before.partners.keys()].sort()).toEqual(['1001', '2002']);
      expect([never.subscriptions.size, never.customers.size, never.agreements.length]).toEqual([0, 0, 0]);
    });

    it.each<[DirectoryKind, Partial<EntryQuery>, readonly string[]]>([
      ['offer', { filters: { publisherId: 'contoso' } }, ['contoso-crm', 'contoso-vm']],
      ['subscription', { filters: { customerId: 'woodgrove' } }, ['woodgrove-crm', 'woodgrove-firewall']],
      ['subscription', { filters: { resellerId: '2002', offerId: 'contoso-crm' } }, ['woodgrove-crm']],
      ['subscription', { filters: { partnerId: '3001' } }, ['wingtip-crm']],
      ['customer', { filters: { providerId: '1001', resellerId: '2003' } }, ['proseware']],
      ['customer', { filters: { partnerId: '4001' } }, ['proseware']],
      ['partner', { filters: { providerId: '1001' } }, ['2003']],
      ['partner', { filters: { globalId: '9' } }, ['2003']],
      ['agreement', { filters: { resellerId: '2002' } }, ['northwind-fabrikam']],
      ['publisher', { q: 'SOFT' }, ['contoso']],
      ['publisher', { q: '%' }, []],
    ])('lists %ss narrowed by %j', async (kind, query, ids) => {
      const [customers, partners] = [DEMO_DIRECTORY.customers, DEMO_DIRECTORY.partners];
      await save({
        customers: customers.map((entry) => (entry.id === 'proseware' ? { ...entry, relationships: [{ soldBy: { model: 'direct-bill', partnerId: '4001' } }] } : entry)),
        partners: partners.map((entry) => (entry.id === '2003' ? { ...entry, globalId: '9', providers: [{ providerId: '1001', region: 'europe' }] } : entry)),
      });
      expect(await list(kind, query)).toEqual(ids);
    });

    it('shows what stays exactly once, while others come and go between two pages', async () => {
      const publishers = Array.from({ length: 9 }, (_, index) => ({ id: `p${index}`, name: 'x' }));
      await save({ publishers });
      const first = (await list('publisher', { limit: 4 })).slice(0, 4);
      expect(first).toEqual(['p0', 'p1', 'p2', 'p3']);
      await run(({ entries }, tx) => entries.remove(tx, 'publisher', 'p3', { expected: 'anything', by: 'ana' }));
      await run(({ entries }, tx) => entries.remove(tx, 'publisher', 'p6', { expected: 'anything', by: 'ana' }));
      await put({ id: 'a', name: 'before the page' }, 'nothing');
      await put({ id: 'p5', name: 'changed' }, 'anything');
      expect(await list('publisher', { after: 'p3' })).toEqual(['p4', 'p5', 'p7', 'p8']);
    });

    it('keeps neither entry nor history of a transaction that failed', async () => {
      await expect(run(async ({ entries }, tx) => {
        await entries.put(tx, 'publisher', CONTOSO, { expected: 'nothing', by: 'ana' });
        throw new Error('no');
      })).rejects.toThrow('no');
      expect(await history()).toEqual([]);
      expect(await put(CONTOSO, 'nothing')).toMatchObject({ revision: 1 });
    });
  });
}
