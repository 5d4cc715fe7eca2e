import type { Transactions } from '@handoff/messaging';
import type { ServiceRequestReading, ServiceRequestStore } from './service-request.store.js';

interface Harness {
  readonly transactions: Transactions;
  readonly store: ServiceRequestStore;
  readonly close: () => Promise<void>;
}

const T1 = '5d0c7a10-3f6c-5a3e-9d1f-2b6b8f0a4c01';
const T2 = '5d0c7a10-3f6c-5a3e-9d1f-2b6b8f0a4c02';
const KEY = { party: 'partner/1001', number: '2611020040001234' };

export function describeServiceRequestStoreContract(name: string, open: () => Promise<Harness>): void {
  describe(`service requests in ${name}`, () => {
    let harness: Harness;
    beforeEach(async () => {
      harness = await open();
    });
    afterEach(() => harness.close());

    const reading = (status: 'open' | 'closed' | null, changedAt: string, more: Partial<ServiceRequestReading> = {}): ServiceRequestReading => ({ ...KEY, eventId: `e-${changedAt}`, ownTicketId: T2, standing: status === null ? null : { status, changedAt }, ...more });
    const read = (...readings: ServiceRequestReading[]) => harness.transactions.run((tx) => harness.store.read(tx, readings));
    const follow = (ticketId: string, key = KEY) => harness.transactions.run((tx) => harness.store.follow(tx, ticketId, key));

    it('are followed for the tickets that were handed over by them', async () => {
      expect(await follow(T1)).toBeNull();
      await follow(T2);
      expect(await read(reading('open', '2026-11-02T08:00:00.000Z'), reading('open', '2026-11-02T08:00:00.000Z', { number: '9999' }), reading('open', '2026-11-02T08:00:00.000Z', { party: 'partner/3001' }))).toEqual([[T1, T2], [], []]);
    });

    it('stand as was read last of them, in whatever order it is told', async () => {
      await read(reading('closed', '2026-11-03T08:00:00.000Z'), reading('open', '2026-11-02T08:00:00.000Z'), reading(null, '2026-11-04T08:00:00.000Z'));
      expect(await follow(T1)).toEqual({ status: 'closed', changedAt: '2026-11-03T08:00:00.000Z' });
    });

    it('are one for a ticket: another number takes the place of the former', async () => {
      await follow(T1);
      await follow(T1, { ...KEY, number: '9999' });
      expect(await read(reading('open', '2026-11-02T08:00:00.000Z'), reading('open', '2026-11-02T08:00:00.000Z', { number: '9999' }))).toEqual([[], [T1]]);
    });

    it('have their events noted once', async () => {
      const once = reading('open', '2026-11-02T08:00:00.000Z');
      await harness.transactions.run(async (tx) => {
        await harness.store.taken(tx, [once, once]);
        await harness.store.taken(tx, []);
      });
      expect(await read()).toEqual([]);
    });
  });
}
