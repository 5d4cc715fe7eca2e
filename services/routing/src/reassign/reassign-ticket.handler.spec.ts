import { decodeEvent, type EventOf, type HandoffEvent } from '@handoff/contracts';
import { compile, DEFAULT_MATRIX } from '@handoff/matrix';
import { MemoryDatabase, MemoryTransactions, type StoredRecord } from '@handoff/messaging';
import type { Problem } from '@handoff/platform';
import { aTicketReceived, MovableClock } from '@handoff/testing';
import { ClassifyTicketHandler } from '../classify/classify-ticket.handler.js';
import { DEMO_DIRECTORY } from '../directory/demo-directory.fixture.js';
import { MemoryDirectoryStore } from '../directory/directory.store.memory.js';
import { RouteTicketHandler } from '../route-ticket/route-ticket.handler.js';
import { MemoryTicketStore } from '../tickets/ticket.store.memory.js';
import { type Move, ReassignTicketHandler } from './reassign-ticket.handler.js';

const ID = aTicketReceived().data.ticketId;

async function setUp() {
  const published: HandoffEvent[] = [];
  const handOff = (records: readonly StoredRecord[]): Promise<void> => Promise.resolve(void published.push(...records.map(({ value, headers }) => decodeEvent({ value, headers }))));
  const transactions = new MemoryTransactions(new MemoryDatabase(), { owner: '1', handOff });
  const directory = new MemoryDirectoryStore();
  const tickets = new MemoryTicketStore();
  const compiled = compile(DEFAULT_MATRIX);
  const clock = new MovableClock(new Date('2026-11-02T10:00:00.000Z'));
  await transactions.run((tx) => directory.save(tx, DEMO_DIRECTORY));
  const ports = { transactions, tickets, directory, matrix: () => compiled, clock };
  const last = () => (published.findLast(({ type }) => type === 'handoff.ticket.routed.v1') as EventOf<'handoff.ticket.routed.v1'>).data;
  return {
    published, clock, last,
    receive: async (ticket: object = {}, more: object = {}) => {
      await transactions.run((tx) => new RouteTicketHandler({ ...ports, classifier: null }).handle([aTicketReceived({ ...more, ticket: { area: 'break-fix', offerId: 'contoso-crm', customerId: 'woodgrove', ...ticket } as never })], tx));
      return last();
    },
    move: (to: string, more: Partial<Move> = {}) => new ReassignTicketHandler(ports).handle({ ticketId: ID, to, reason: 'They know it.', by: 'ada', ticketVersion: null, ...more }),
    classify: (area: 'payment' | 'break-fix') => new ClassifyTicketHandler(ports).handle({ ticketId: ID, area, by: 'ada', note: null, ticketVersion: null }),
    decisions: () => transactions.run((tx) => tickets.decisionsOf(tx, ID)),
  };
}

const refusal = (work: Promise<unknown>): Promise<string> => work.then(() => 'accepted', ({ status, code }: Problem) => `${status} ${code}`);

describe('a ticket that a person moves', () => {
  it('goes to the party named, with its own decision, a reason, timers anew, and an event that says who and why', async () => {
    const { receive, move, last, published, decisions } = await setUp();
    expect((await receive()).decision.queue).toBe('isv/contoso');
    const ticket = await move('partner/2002');
    expect(last()).toMatchObject({ ticketVersion: 3, change: 'updated', cause: 'reassigned', previousQueue: 'isv/contoso', decision: { queue: 'partner/2002', responsible: { role: 'indirect-reseller', partyId: '2002' } } });
    expect(last().recipients.map(({ destination, purpose }) => [destination, purpose])).toContainEqual(['partner/2002', 'act']);
    expect(last().decision.reasons.at(-1)).toMatchObject({ code: 'reassigned-by-person', params: { by: 'ada' } });
    expect(ticket.response).toMatchObject({ asked: ['partner/2002'], acknowledgedAt: null, steps: [], since: '2026-11-02T10:00:00.000Z' });
    expect(published.filter(({ type }) => type === 'handoff.ticket.reassigned.v1').map(({ data }) => data)).toMatchObject([{ ticketVersion: 2, from: 'isv/contoso', to: 'partner/2002', queue: 'partner/2002', by: 'ada', reason: 'They know it.' }]);
    expect((await decisions()).at(-1)).toMatchObject({ ticketVersion: 3, cause: { type: 'reassigned', by: 'ada', note: 'They know it.' } });
  });

  it('finds the contact of a publisher also without an area, and tells no contact the person\'s reason', async () => {
    const { receive, move, last } = await setUp();
    expect((await receive({ area: null })).decision.queue).toBe('triage');
    await move('isv/contoso');
    expect(last().recipients).toMatchObject([{ destination: 'isv/contoso', purpose: 'act', email: expect.stringContaining('@') as unknown }]);
    expect(JSON.stringify([last().decision, last().recipients])).not.toContain('They know it.');
  });

  it('goes to Microsoft by the partner who may open service requests, never by a reseller', async () => {
    const { receive, move, last } = await setUp();
    await receive();
    await move('microsoft');
    expect(last()).toMatchObject({ decision: { queue: 'partner/1001', responsible: { role: 'microsoft' }, handsOver: { role: 'indirect-provider', partyId: '1001' } } });
    expect(last().recipients.find(({ destination }) => destination === 'partner/1001')?.purpose).toBe('hand-over');
  });

  it('stays there when it is updated, and is told to who has it', async () => {
    const { receive, move } = await setUp();
    await receive();
    await move('partner/2002');
    const updated = await receive({ subject: 'Still broken', severity: 'A' }, { change: 'updated', occurredAt: '2026-11-02T11:00:00.000Z' });
    expect(updated).toMatchObject({ decision: { queue: 'partner/2002' }, recipients: [{ destination: 'partner/2002' }] });
  });

  it('follows the rules again, for good, once they answer otherwise', async () => {
    const { receive, move, classify, last } = await setUp();
    await receive();
    await move('partner/1001');
    await classify('payment');
    expect(last().decision.queue).toBe('partner/2002');
    expect(last().decision.reasons.map(({ code }) => code)).not.toContain('reassigned-by-person');
    await classify('break-fix');
    expect(last().decision.queue).toBe('isv/contoso');
  });

  it('changes nothing when it is said again, and can be moved on', async () => {
    const { receive, move, last } = await setUp();
    await receive();
    const moved = await move('partner/2002');
    expect((await move('partner/2002')).version).toBe(moved.version);
    await move('partner/1001');
    expect(last()).toMatchObject({ previousQueue: 'partner/2002', decision: { queue: 'partner/1001' } });
  });

  it.each([
    ['a partner that does not sell to the customer', 'partner/3001', {}, '409 party-not-involved'],
    ['a publisher of another offer', 'isv/tailspin', {}, '409 party-not-involved'],
    ['somebody whom the directory does not know', 'partner/9', {}, '409 party-not-involved'],
    ['a version that is over', 'partner/2002', { ticketVersion: 7 }, '412 ticket-changed'],
    ['a ticket that is not there', 'partner/2002', { ticketId: '00000000-0000-5000-8000-000000000000' }, '404 ticket-unknown'],
  ] as const)('is not moved to %s', async (_what, to, more, expected) => {
    const { receive, move, published } = await setUp();
    await receive();
    const before = published.length;
    expect(await refusal(move(to, more))).toBe(expected);
    expect(published).toHaveLength(before);
  });

  it('is not moved once it is closed', async () => {
    const { receive, move } = await setUp();
    await receive();
    await receive({}, { change: 'closed', occurredAt: '2026-11-02T11:00:00.000Z' });
    expect(await refusal(move('partner/2002'))).toBe('409 ticket-closed');
  });

  it('goes to whichever partner the person names where nothing says who sold it, and only then', async () => {
    const { receive, move, last } = await setUp();
    await receive({ area: 'payment', customerId: null, offerId: null }, { sourceParty: null });
    expect(last().decision.queue).toBe('unassigned');
    await move('partner/3001');
    expect(last()).toMatchObject({ decision: { queue: 'partner/3001', responsible: { role: 'direct-bill-partner' } } });
    const updated = await receive({ area: 'payment', customerId: null, offerId: null, subject: 'More' }, { sourceParty: null, change: 'updated', occurredAt: '2026-11-02T11:00:00.000Z' });
    expect(updated.decision.queue).toBe('partner/3001');
  });
});
