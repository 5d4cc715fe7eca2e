import { type Decision, nameBasedId } from '@handoff/contracts';
import { compile, DEFAULT_MATRIX } from '@handoff/matrix';
import { MemoryDatabase, MemoryTransactions } from '@handoff/messaging';
import { MovableClock } from '@handoff/testing';
import { DEMO_DIRECTORY } from '../directory/demo-directory.fixture.js';
import { MemoryDirectoryStore } from '../directory/directory.store.memory.js';
import type { Ticket, TicketFacts } from '../tickets/ticket.js';
import { CompareVersionsHandler } from './compare-versions.handler.js';
import { matrixText } from './matrix-texts.fixture.js';
import { MemoryMatrixStore } from './matrix.store.memory.js';
import { MemoryPastTickets } from './past-tickets.store.memory.js';

function ticket(externalId: string, facts: TicketFacts, at = '2026-11-01T08:00:00.000Z'): Ticket {
  const state = { ticketId: nameBasedId('ticket', externalId), source: 'test', sourceParty: null, externalId, externalUrl: null, isClosed: false, occurredAt: at, asker: 'customer' as const, offerId: 'contoso-crm', ...facts };
  return { state, version: 1, decision: {} as Decision, decidedAt: at, createdAt: at, updatedAt: at };
}

async function handlerFor(...tickets: Ticket[]): Promise<CompareVersionsHandler> {
  const transactions = new MemoryTransactions(new MemoryDatabase(), { owner: '1', handOff: () => Promise.resolve() });
  const directory = new MemoryDirectoryStore();
  await transactions.run((tx) => directory.save(tx, DEMO_DIRECTORY));
  const active = compile(DEFAULT_MATRIX);
  return new CompareVersionsHandler({ store: new MemoryMatrixStore(), pastTickets: new MemoryPastTickets(tickets), directory, transactions, clock: new MovableClock(), active: () => Promise.resolve(active) });
}

describe('a comparison with the active version', () => {
  it('counts from which queue to which, and shows the first tickets', async () => {
    const handler = await handlerFor(
      ticket('T-1', { area: 'payment', customerId: 'wingtip', subject: 'Card refused' }), ticket('T-2', { area: 'payment', customerId: 'wingtip' }, '2026-11-01T09:00:00.000Z'),
      ticket('T-3', { area: 'payment', customerId: 'woodgrove' }, '2026-11-01T07:00:00.000Z'), ticket('T-4', { area: 'break-fix', customerId: 'wingtip' }),
    );
    const { matrix, version } = { matrix: matrixText('2026-03', 'isv-publisher'), version: '2026-03' };
    const comparison = await handler.compareText({ matrix, version }, { days: 30, limit: 2 });
    expect(comparison).toMatchObject({ before: 'default-1', after: '2026-03', tickets: 4, changed: 3, isComplete: true, byQueueLeftOut: 0 });
    expect(comparison.byQueue[0]).toEqual({ from: 'partner/3001', to: 'isv/contoso', tickets: 2 });
    expect(comparison.byQueue.reduce((sum, { tickets }) => sum + tickets, 0)).toBe(3);
    expect(comparison.byTicket.map(({ externalId }) => externalId)).toEqual(['T-2', 'T-1']);
    expect(comparison.byTicket[1]).toMatchObject({ subject: 'Card refused', changed: expect.arrayContaining(['responsible', 'queue']), before: { queue: 'partner/3001', row: 'payment' }, after: { queue: 'isv/contoso', responsible: { role: 'isv-publisher', partyId: 'contoso' } } });
  });

  it('leaves out what was decided before the days it asks about', async () => {
    const handler = await handlerFor(ticket('T-1', { area: 'payment', customerId: 'wingtip' }, '2026-10-20T08:00:00.000Z'));
    expect(await handler.compareText({ matrix: matrixText('x'), version: 'x' }, { days: 7, limit: 10 })).toMatchObject({ tickets: 0, changed: 0 });
  });

  it('takes the defaults of a source for what nobody told', async () => {
    const handler = await handlerFor({ ...ticket('T-1', {}), state: { ...ticket('T-1', {}).state, defaults: { area: 'payment', customerId: 'wingtip' } } });
    expect(await handler.compareText({ matrix: matrixText('x'), version: 'x' }, { days: 7, limit: 10 })).toMatchObject({ tickets: 1, changed: 1, byTicket: [{ area: 'payment' }] });
  });

  it('runs alone, and only with rules that can be used', async () => {
    const handler = await handlerFor(ticket('T-1', { area: 'payment' }));
    const ask = (matrix: string) => handler.compareText({ matrix, version: 'x' }, { days: 7, limit: 10 });
    await expect(ask('{"version": "x", "rows": []}')).rejects.toMatchObject({ status: 422, code: 'matrix-invalid' });
    const [first, second] = await Promise.allSettled([ask(matrixText('x')), ask(matrixText('x'))]);
    expect([first.status, second.status, (second as PromiseRejectedResult).reason]).toMatchObject(['fulfilled', 'rejected', { status: 503, code: 'compare-busy' }]);
    await expect(handler.compareVersion('nowhere', { days: 7, limit: 10 })).rejects.toMatchObject({ status: 404, code: 'version-unknown' });
  });
});
