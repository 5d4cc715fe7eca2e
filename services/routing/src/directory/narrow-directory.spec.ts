import { MemoryDatabase, MemoryTransactions } from '@handoff/messaging';
import { DEMO_DIRECTORY } from '../directory/demo-directory.fixture.js';
import { MemoryDirectoryStore } from '../directory/directory.store.memory.js';
import { keysOf, questionOf } from '../route-ticket/question.decision.js';
import type { TicketState } from '../tickets/ticket.js';
import { narrowing } from './narrow-directory.js';

const TIMES = { occurredAt: '2026-11-02T08:00:00.000Z', receivedAt: '2026-11-02T08:00:00.000Z' };
const ticket = (facts: Partial<TicketState>): TicketState => ({ ticketId: 't', source: 'test', sourceParty: null, externalId: 'T-1', externalUrl: null, isClosed: false, occurredAt: TIMES.occurredAt, area: 'payment', ...facts });

describe('a ticket among many', () => {
  it.each<[string, Partial<TicketState>]>([
    ['of a known customer and offer', { customerId: 'woodgrove', offerId: 'contoso-crm' }],
    ['of a known subscription', { subscriptionId: 'proseware-crm' }],
    ['of a customer alone', { customerId: 'wingtip' }],
    ['of a partner whose customer nobody knows', { sourceParty: 'partner/3001', customerId: 'a-stranger', offerId: 'contoso-crm' }],
    ['of which nothing is known', {}],
  ])('%s puts the same question as alone', async (_what, facts) => {
    const transactions = new MemoryTransactions(new MemoryDatabase(), { owner: '1', handOff: () => Promise.resolve() });
    const directory = new MemoryDirectoryStore();
    const others = DEMO_DIRECTORY.customers.map(({ id }) => ticket({ customerId: id, sourceParty: 'partner/1001' }));
    const [one] = [ticket(facts)];
    const [alone, together] = await transactions.run(async (tx) => {
      await directory.save(tx, DEMO_DIRECTORY);
      return [await directory.slice(tx, keysOf([one])), await directory.slice(tx, keysOf([one, ...others]))] as const;
    });
    expect(questionOf(one, narrowing(together)(keysOf([one])), TIMES)).toEqual(questionOf(one, alone, TIMES));
  });
});
