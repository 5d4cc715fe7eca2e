import { aTicketReceived } from '@handoff/testing';
import type { StoreHarness } from '../directory/directory.store.contract.js';
import { HELD_EVENTS_MAX, HELD_HOURS_MAX, type TicketCopy } from './ticket-copy.js';
import type { TicketCopyStore } from './ticket-copy.store.js';

const AT = new Date('2026-11-02T09:00:00.000Z');
const newsOf = (externalId: string, minute = 0) => aTicketReceived({ source: 'contoso-desk', externalId, change: 'updated', occurredAt: `2026-11-02T09:${String(minute).padStart(2, '0')}:00.000Z` });
const copyIdOf = (externalId: string): string => newsOf(externalId).data.ticketId;
const aCopy = (externalId: string, rest: Partial<TicketCopy> = {}): TicketCopy => ({
  copyId: copyIdOf(externalId), ticketId: '3a1f0f6e-7c0e-5f0a-9b1e-0d6a7f3c2b11', destination: 'isv/contoso', notificationId: '5d0c7a10-3f6c-5a3e-9d1f-2b6b8f0a4c77', system: 'zendesk', ...rest,
});

export function describeTicketCopyStoreContract(name: string, open: () => Promise<StoreHarness<TicketCopyStore>>): void {
  describe(`copies of tickets (${name})`, () => {
    let harness: StoreHarness<TicketCopyStore>;
    beforeEach(async () => {
      harness = await open();
    });
    afterEach(() => harness.close());
    const run = <T>(work: (store: TicketCopyStore, tx: Parameters<TicketCopyStore['lock']>[0]) => Promise<T>): Promise<T> => harness.transactions.run((tx) => work(harness.store, tx));
    const taken = async (...externalIds: string[]) => (await run((store, tx) => store.takeHeld(tx, externalIds.map(copyIdOf)))).map(({ id }) => id);

    it('are found by their own id, and no others', async () => {
      await run((store, tx) => store.keep(tx, [aCopy('1'), aCopy('2')]));
      expect([...(await run((store, tx) => store.find(tx, [copyIdOf('1'), copyIdOf('3')])))]).toEqual([[copyIdOf('1'), aCopy('1')]]);
      expect((await run((store, tx) => store.find(tx, []))).size).toBe(0);
    });

    it('stand for one ticket for good, and keep the latest message', async () => {
      const later = '5d0c7a10-3f6c-5a3e-9d1f-2b6b8f0a4c78';
      await run((store, tx) => store.keep(tx, [aCopy('1')]));
      await run((store, tx) => store.keep(tx, [aCopy('1'), aCopy('1', { notificationId: later, ticketId: '3a1f0f6e-7c0e-5f0a-9b1e-0d6a7f3c2b12', destination: 'isv/fabrikam' })]));
      expect((await run((store, tx) => store.find(tx, [copyIdOf('1')]))).get(copyIdOf('1'))).toEqual(aCopy('1', { notificationId: later }));
    });

    it('have news that waits for them, once, in the order in which it came', async () => {
      const [first, second, other] = [newsOf('1', 2), newsOf('1', 1), newsOf('2')];
      await run((store, tx) => store.hold(tx, [first, other], AT));
      await run((store, tx) => store.hold(tx, [second, first], AT));
      await run((store, tx) => store.note(tx, [newsOf('1', 5)], AT));
      await run((store, tx) => store.lock(tx, [copyIdOf('2'), copyIdOf('1'), copyIdOf('1')]));
      expect(await taken('1')).toEqual([first.id, second.id]);
      expect(await taken('1')).toEqual([]);
      expect(await run((store, tx) => store.takeHeld(tx, [copyIdOf('2')]))).toEqual([other]);
    });

    it('drop news that waited for a day, and the oldest of too much', async () => {
      await run((store, tx) => store.hold(tx, [newsOf('old')], AT));
      const later = new Date(AT.getTime() + HELD_HOURS_MAX * 3_600_000);
      expect(await run((store, tx) => store.hold(tx, [newsOf('first')], later))).toBe(1);
      const many = Array.from({ length: HELD_EVENTS_MAX }, (_, index) => newsOf(`n-${index}`));
      expect(await run((store, tx) => store.hold(tx, many, later))).toBe(1);
      expect(await taken('old', 'first', 'n-0')).toEqual([many[0]?.id]);
    });

    it('are not kept, and no news is lost, when the transaction fails', async () => {
      await run((store, tx) => store.hold(tx, [newsOf('1')], AT));
      await expect(run(async (store, tx) => {
        await store.keep(tx, [aCopy('1')]);
        await store.takeHeld(tx, [copyIdOf('1')]);
        throw new Error('no');
      })).rejects.toThrow('no');
      expect((await run((store, tx) => store.find(tx, [copyIdOf('1')]))).size).toBe(0);
      expect(await taken('1')).toHaveLength(1);
    });
  });
}
