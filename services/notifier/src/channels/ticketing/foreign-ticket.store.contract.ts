import type { Transactions } from '@handoff/messaging';
import type { ForeignTicket } from './foreign-ticket.js';
import type { ForeignTicketStore } from './foreign-ticket.store.js';

export interface OpenForeignTicketStore {
  readonly store: ForeignTicketStore;
  readonly transactions: Transactions;
  close(): Promise<void>;
}

const at = new Date('2026-11-02T09:00:00.000Z');
const ticket: ForeignTicket = {
  channelId: '0f8fad5b-d9cb-469f-a165-70867728950e', ticketId: '1f8fad5b-d9cb-569f-a165-70867728950e', system: 'zendesk', id: '35436', number: null,
  url: 'https://contoso.zendesk.com/agent/tickets/35436', toldVersion: 1, toldSeverity: 'B', isClosed: false,
};
const otherTicketId = '2f8fad5b-d9cb-569f-a165-70867728950e';

/** What the notifier may expect of its foreign tickets; memory and PostgreSQL alike. */
export function describeForeignTicketStore(name: string, open: () => Promise<OpenForeignTicketStore>): void {
  describe(`foreign tickets in ${name}`, () => {
    let opened: OpenForeignTicketStore;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.close());
    const keep = (...tickets: readonly ForeignTicket[]): Promise<void> => opened.transactions.run(async (tx) => {
      for (const one of tickets) await opened.store.keep(tx, one, at);
    });
    const find = (ticketId = ticket.ticketId, channelId = ticket.channelId): Promise<ForeignTicket | null> => opened.store.find(channelId, ticketId);

    it('are found by channel and ticket', async () => {
      await keep(ticket);
      expect(await find()).toEqual(ticket);
      expect([await find(otherTicketId), await find(ticket.ticketId, otherTicketId)]).toEqual([null, null]);
    });

    it('keep what was told last, also twice in one transaction, and nothing older', async () => {
      await keep(ticket, { ...ticket, toldVersion: 2 });
      expect(await find()).toMatchObject({ toldVersion: 2 });
      await keep({ ...ticket, toldVersion: 3, toldSeverity: 'A', isClosed: true });
      await keep({ ...ticket, toldVersion: 1 });
      expect(await find()).toEqual({ ...ticket, toldVersion: 3, toldSeverity: 'A', isClosed: true });
    });

    it('stand for one ticket each way, for good', async () => {
      await keep(ticket);
      await keep({ ...ticket, id: '7', toldVersion: 2 }, { ...ticket, ticketId: otherTicketId, toldVersion: 2 });
      expect([await find(), await find(otherTicketId)]).toEqual([ticket, null]);
    });

    it('are not kept when the transaction fails', async () => {
      await expect(opened.transactions.run(async (tx) => {
        await opened.store.keep(tx, ticket, at);
        throw new Error('no');
      })).rejects.toThrow('no');
      expect(await find()).toBeNull();
    });
  });
}
