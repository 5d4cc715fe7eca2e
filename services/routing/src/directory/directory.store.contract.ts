import type { Transactions } from '@handoff/messaging';
import { DEMO_DIRECTORY } from './demo-directory.fixture.js';
import type { DirectoryStore } from './directory.store.js';

export interface StoreHarness<S> {
  readonly transactions: Transactions;
  readonly store: S;
  close(): Promise<void>;
}

const NONE = { offerIds: [], customerIds: [], subscriptionIds: [], partnerIds: [] };

export function describeDirectoryStoreContract(name: string, open: () => Promise<StoreHarness<DirectoryStore>>): void {
  describe(`directory store (${name})`, () => {
    let harness: StoreHarness<DirectoryStore>;
    const slice = (keys: Partial<typeof NONE> | object) => harness.transactions.run((tx) => harness.store.slice(tx, { ...NONE, ...keys }));
    const save = () => harness.transactions.run((tx) => harness.store.save(tx, DEMO_DIRECTORY));

    beforeEach(async () => {
      harness = await open();
    });
    afterEach(() => harness.close());

    it('is empty until somebody fills it, and can be filled twice', async () => {
      expect(await harness.transactions.run((tx) => harness.store.isEmpty(tx))).toBe(true);
      await save();
      await save();
      expect(await harness.transactions.run((tx) => harness.store.isEmpty(tx))).toBe(false);
    });

    it('leads from a customer to its subscriptions, their offers, publishers, partners and agreements', async () => {
      await save();
      const found = await slice({ customerIds: ['woodgrove'] });
      expect([...found.subscriptions.keys()].sort()).toEqual(['woodgrove-crm', 'woodgrove-firewall']);
      expect([...found.offers.keys()].sort()).toEqual(['contoso-crm', 'contoso-vm']);
      expect([...found.publishers.keys()]).toEqual(['contoso']);
      expect([...found.partners.keys()].sort()).toEqual(['1001', '2002']);
      expect(found.agreements.map(({ id }) => id)).toEqual(['northwind-fabrikam']);
      expect(found.offers.get('contoso-crm')).toEqual(DEMO_DIRECTORY.offers.find(({ id }) => id === 'contoso-crm'));
    });

    it('leads from a subscription to its customer, and from a partner to itself', async () => {
      await save();
      const found = await slice({ subscriptionIds: ['proseware-crm'], partnerIds: ['3001'] });
      expect([...found.customers.keys()]).toEqual(['proseware']);
      expect([...found.partners.keys()].sort()).toEqual(['1001', '2003', '3001']);
      expect(found.agreements).toEqual([]);
    });

    it('says nothing about what it does not know', async () => {
      await save();
      const found = await slice({ offerIds: ['nobody'], customerIds: ['nobody'], subscriptionIds: ['nobody'], partnerIds: ['nobody'] });
      expect([found.offers.size, found.customers.size, found.subscriptions.size, found.partners.size]).toEqual([0, 0, 0, 0]);
    });

    it('keeps the newest word on an outage, with a version that rises with each news, also of an offer that it does not know', async () => {
      await save();
      const notice = { id: 'n1', offerId: 'unheard-of', summary: 'Down', startedAt: '2026-11-02T07:00:00.000Z', endedAt: null };
      const saved = (news: typeof notice | (Omit<typeof notice, 'endedAt'> & { endedAt: string })) => harness.transactions.run((tx) => harness.store.saveHealthNotice(tx, news));
      expect([await saved(notice), await saved(notice)]).toEqual([1, null]);
      const ended = { ...notice, endedAt: '2026-11-02T09:00:00.000Z' };
      expect([await saved(ended), await saved(ended)]).toEqual([2, null]);
      expect((await slice({ offerIds: ['unheard-of'] })).healthNotices).toEqual([{ ...notice, endedAt: '2026-11-02T09:00:00.000Z' }]);
      expect((await slice({ offerIds: ['contoso-crm'] })).healthNotices).toEqual([]);
    });

    it('keeps nothing of a transaction that failed', async () => {
      const failed = harness.transactions.run(async (tx) => {
        await harness.store.save(tx, DEMO_DIRECTORY);
        throw new Error('no');
      });
      await expect(failed).rejects.toThrow('no');
      expect(await harness.transactions.run((tx) => harness.store.isEmpty(tx))).toBe(true);
    });
  });
}
