import { GOLDEN_EVENTS, nameBasedId } from '@handoff/contracts';
import { InvalidCursor } from '@handoff/platform';
import type { StoreHarness } from '../directory/directory.store.contract.js';
import type { KeyConflict } from './key-conflict.decision.js';
import type { KeyConflictQuery, KeyConflictStore } from './key-conflict.store.js';

const content = GOLDEN_EVENTS['handoff.ticket.received.v1'].data;

function aConflict(eventId: string, { contentDigest = 'other', source = 'jira' } = {}): KeyConflict {
  return { eventId, contentDigest, ticketId: nameBasedId('ticket', source, eventId), source, externalId: eventId, content };
}

export function describeKeyConflictStoreContract(name: string, open: () => Promise<StoreHarness<KeyConflictStore>>): void {
  describe(`key conflict store (${name})`, () => {
    let harness: StoreHarness<KeyConflictStore>;
    const note = (second: number, ...conflicts: KeyConflict[]) => harness.transactions.run((tx) => harness.store.note(tx, conflicts, new Date(Date.UTC(2026, 10, 2, 8, 0, second))));
    const list = (query: Partial<KeyConflictQuery> = {}) => harness.transactions.run((tx) => harness.store.list(tx, { limit: 10, ...query }));

    beforeEach(async () => {
      harness = await open();
    });
    afterEach(() => harness.close());

    it('keeps what came under a used key, and counts what comes again', async () => {
      await note(1, aConflict('e1'));
      await note(2, aConflict('e1'), aConflict('e1', { contentDigest: 'third' }));
      const { items } = await list();
      expect(items).toEqual([
        { ...aConflict('e1', { contentDigest: 'third' }), times: 1, firstAt: '2026-11-02T08:00:02.000Z', lastAt: '2026-11-02T08:00:02.000Z' },
        { ...aConflict('e1'), times: 2, firstAt: '2026-11-02T08:00:01.000Z', lastAt: '2026-11-02T08:00:02.000Z' },
      ]);
    });

    it('lists the newest first, page by page, of a source or a ticket', async () => {
      for (const second of [1, 2, 3]) await note(second, aConflict(`a${second}`), aConflict(`b${second}`, { source: 'zendesk' }));
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await list({ limit: 4, cursor });
        seen.push(...page.items.map(({ eventId }) => eventId));
        cursor = page.next ?? undefined;
      } while (cursor !== undefined);
      expect(seen).toEqual(['b3', 'a3', 'b2', 'a2', 'b1', 'a1']);
      expect((await list({ source: 'zendesk' })).items.map(({ eventId }) => eventId)).toEqual(['b3', 'b2', 'b1']);
      expect((await list({ ticketId: aConflict('a2').ticketId })).items.map(({ eventId }) => eventId)).toEqual(['a2']);
    });

    it.each(['nonsense', Buffer.from('["x","y","z"]').toString('base64url'), Buffer.from('["2026-11-02T08:00:00.000Z"]').toString('base64url')])('refuses the cursor %s', async (cursor) => {
      await expect(list({ cursor })).rejects.toThrow(InvalidCursor);
    });
  });
}
