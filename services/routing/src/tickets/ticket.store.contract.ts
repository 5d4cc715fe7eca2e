import { GOLDEN_EVENTS, nameBasedId } from '@handoff/contracts';
import { InvalidCursor } from '@handoff/platform';
import type { StoreHarness } from '../directory/directory.store.contract.js';
import type { DecisionRecord, Ticket, TicketReply } from './ticket.js';
import type { TicketQuery, TicketStore } from './ticket.store.js';

const { decision } = GOLDEN_EVENTS['handoff.ticket.routed.v1'].data;

function aTicket(externalId: string, { queue = 'isv/contoso', minute = 0 } = {}): Ticket {
  const at = `2026-11-02T08:${String(minute).padStart(2, '0')}:00.000Z`;
  return {
    state: { ticketId: nameBasedId('ticket', 'test', externalId), source: 'test', sourceParty: null, externalId, externalUrl: null, subject: 'İşe yaramıyor "☂"', isClosed: false, occurredAt: at },
    version: 1, decision: { ...decision, queue }, decidedAt: at, createdAt: at, updatedAt: at,
  };
}

function recordOf({ state, version, decision: taken, decidedAt }: Ticket): DecisionRecord {
  return { ticketId: state.ticketId, ticketVersion: version, eventId: `e-${version}`, change: 'created', decision: taken, decidedAt };
}

export function describeTicketStoreContract(name: string, open: () => Promise<StoreHarness<TicketStore>>): void {
  describe(`ticket store (${name})`, () => {
    let harness: StoreHarness<TicketStore>;
    const save = (...tickets: Ticket[]) => harness.transactions.run((tx) => harness.store.save(tx, tickets, tickets.map(recordOf)));
    const list = (query: Partial<TicketQuery> = {}) => harness.transactions.run((tx) => harness.store.list(tx, { limit: 10, ...query }));

    beforeEach(async () => {
      harness = await open();
    });
    afterEach(() => harness.close());

    it('gives back a ticket as it was saved, with its newest decision', async () => {
      const ticket = aTicket('T-1');
      await save(ticket);
      const routedAgain = { ...ticket, version: 2, decision: { ...decision, queue: 'partner/1001' }, decidedAt: '2026-11-02T09:00:00.000Z', updatedAt: '2026-11-02T09:00:00.000Z' };
      await save(routedAgain);
      expect(await harness.transactions.run((tx) => harness.store.find(tx, ticket.state.ticketId))).toEqual(routedAgain);
      expect((await harness.transactions.run((tx) => harness.store.lock(tx, [ticket.state.ticketId]))).get(ticket.state.ticketId)).toEqual(routedAgain);
      const decisions = await harness.transactions.run((tx) => harness.store.decisionsOf(tx, ticket.state.ticketId));
      expect(decisions.map(({ ticketVersion, decision: { queue } }) => [ticketVersion, queue])).toEqual([[1, 'isv/contoso'], [2, 'partner/1001']]);
    });

    it('has nothing of a ticket that nobody saved', async () => {
      expect(await harness.transactions.run((tx) => harness.store.find(tx, aTicket('T-9').state.ticketId))).toBeNull();
      expect((await harness.transactions.run((tx) => harness.store.lock(tx, [aTicket('T-9').state.ticketId]))).size).toBe(0);
    });

    it('keeps what contacts answered, once, in the order of their writing', async () => {
      const { ticketId } = aTicket('T-1').state;
      const reply = (eventId: string, at: string, ofTicket = ticketId): TicketReply => ({
        ticketId: ofTicket, eventId, notificationId: '5d0c7a10-3f6c-5a3e-9d1f-2b6b8f0a4c77', party: 'isv/contoso', channel: 'mail', by: 'Ada', at, text: 'We look at it.', isCut: false, attachments: [{ name: 'a.png', contentType: 'image/png', bytes: 3 }],
      });
      const later = reply('5d0c7a10-3f6c-5a3e-9d1f-2b6b8f0a4c01', '2026-11-02T09:00:00.000Z');
      const earlier = reply('5d0c7a10-3f6c-5a3e-9d1f-2b6b8f0a4c02', '2026-11-02T08:00:00.000Z');
      await harness.transactions.run((tx) => harness.store.addReplies(tx, [later, earlier, reply('5d0c7a10-3f6c-5a3e-9d1f-2b6b8f0a4c03', later.at, aTicket('T-2').state.ticketId)]));
      expect(await harness.transactions.run((tx) => harness.store.repliesOf(tx, ticketId))).toEqual([earlier, later]);
    });

    it('lists the last changed first, page by page, without repeating or leaving out any', async () => {
      await save(...Array.from({ length: 7 }, (_, minute) => aTicket(`T-${minute}`, { minute: minute >> 1 })));
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await list({ limit: 3, cursor });
        seen.push(...page.items.map(({ updatedAt }) => updatedAt));
        cursor = page.next ?? undefined;
      } while (cursor !== undefined);
      expect(seen).toHaveLength(7);
      expect(seen).toEqual([...seen].sort().reverse());
    });

    it('filters by queue, source and external id', async () => {
      await save(aTicket('T-1'), aTicket('T-2', { queue: 'triage' }));
      expect((await list({ queue: 'triage' })).items.map(({ state }) => state.externalId)).toEqual(['T-2']);
      expect((await list({ source: 'test', externalId: 'T-1' })).items.map(({ state }) => state.externalId)).toEqual(['T-1']);
      expect((await list({ source: 'other' })).items).toEqual([]);
    });

    it.each(['nonsense', Buffer.from('["x","y"]').toString('base64url'), Buffer.from('{}').toString('base64url')])('refuses the cursor %s', async (cursor) => {
      await expect(list({ cursor })).rejects.toThrow(InvalidCursor);
    });
  });
}
