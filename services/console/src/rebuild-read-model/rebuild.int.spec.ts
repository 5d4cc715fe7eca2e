import type { HandoffEvent } from '@handoff/contracts';
import { nameBasedId, ticketIdOf } from '@handoff/contracts';
import type { PostgresTransactions } from '@handoff/persistence';
import { systemClock } from '@handoff/platform';
import { aTicketReceived } from '@handoff/testing';
import type { DataSource } from 'typeorm';
import { type ConsoleDatabase, openConsoleDatabase } from '../console-database.fixture.js';
import { anEvent, second, STORY } from '../project-events/events.fixture.js';
import { ProjectEventsHandler } from '../project-events/project-events.handler.js';
import { PostgresReadModelStore } from '../read-model/read-model.store.postgres.js';
import { RebuildHandler } from './rebuild.handler.js';

/** More than one batch of the rebuild. */
const TICKETS = 300;
const TABLES = ['ticket', 'queue_count', 'ticket_measure', 'notification', 'health_notice', 'health_notice_partner'];

let opened: ConsoleDatabase;
let dataSource: DataSource;
let transactions: PostgresTransactions;
const store = new PostgresReadModelStore();
const projection = new ProjectEventsHandler(store, () => undefined);

beforeAll(async () => {
  opened = await openConsoleDatabase();
  ({ dataSource, transactions } = opened);
  for (const events of chunks([...mixed(), ...STORY], 37)) await transactions.run((tx) => projection.handle(events, tx));
});
afterAll(() => opened?.close());

/** Tickets that are received, decided, told of, acknowledged and closed; each step of all before the next, so that every ticket is in several batches. */
function mixed(): readonly HandoffEvent[] {
  const ids = Array.from({ length: TICKETS }, (_, n) => ({ n, externalId: `T-${n}`, ticketId: ticketIdOf('test', `T-${n}`), notificationId: nameBasedId('notification', `${n}`) }));
  const { ticket, decision } = anEvent('handoff.ticket.routed.v1', 0).data;
  return [
    ...ids.map(({ n, externalId }) => aTicketReceived({ externalId, time: second(n), occurredAt: second(n), ticket: { subject: `Oturum IŞIK ${n}`, severity: (['A', 'B', 'C'] as const)[n % 3] ?? 'A' } })),
    ...ids.map(({ n, externalId, ticketId }) => anEvent('handoff.ticket.routed.v1', 1_000 + n, { ticketId, decidedAt: second(1_000 + n), acknowledgeBy: second(5_000), ticket: { ...ticket, source: 'test', externalId }, decision: n % 4 === 0 ? { ...decision, queue: 'partner/2002' } : decision })),
    ...ids.map(({ n, ticketId, notificationId }) => n % 5 === 0
      ? anEvent('handoff.notification.failed.v1', 2_000 + n, { ticketId, notificationId, failedAt: second(2_000 + n) })
      : anEvent('handoff.notification.delivered.v1', 2_000 + n, { ticketId, notificationId, deliveredAt: second(2_000 + n) })),
    ...ids.filter(({ n }) => n % 2 === 0).map(({ n, ticketId }) => anEvent('handoff.ticket.acknowledged.v1', 3_000 + n, { ticketId, ticketVersion: 2, acknowledgedAt: second(3_000 + n) })),
    ...ids.filter(({ n }) => n % 6 === 0).map(({ n, ticketId }) => anEvent('handoff.ticket.resolved.v1', 4_000 + n, { ticketId, ticketVersion: 3, resolvedAt: second(4_000 + n) })),
  ];
}

function chunks<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
}

/** Every row with all its columns, in a fixed order. Counts that fell to zero are as good as none. */
async function rows(): Promise<Record<string, readonly { row: string }[]>> {
  const found = await Promise.all(TABLES.map(async (table) => [table, await dataSource.query<{ row: string }[]>(`select t::text as row from ${table} t ${table === 'queue_count' || table === 'ticket_measure' ? 'where tickets <> 0' : ''} order by 1`)] as const));
  return Object.fromEntries(found);
}

/** Every index with how it is made, also that of the key. */
async function indexes(): Promise<readonly string[]> {
  return (await dataSource.query<{ made: string }[]>("select indexdef as made from pg_indexes where schemaname = 'console' and tablename like 'ticket%' order by 1")).map(({ made }) => made);
}

async function ended(handler: RebuildHandler): Promise<RebuildHandler['last']> {
  await handler.stop();
  return handler.last;
}

/** Runs whole before it is stopped: `stop` gives up what has not read its last batch. */
async function rebuilt(handler: RebuildHandler): Promise<void> {
  handler.start();
  while (handler.last.state === 'running') await dataSource.query('select 1');
}

describe('the rebuild', () => {
  it('makes the rows that were there, row by row, and new rows in the place of wrong ones', async () => {
    const live = await rows();
    const shape = await indexes();
    expect(shape.length).toBeGreaterThan(10);
    expect(live['ticket']?.length).toBeGreaterThanOrEqual(TICKETS);
    await dataSource.query("update ticket set queue = 'wrong' where severity_rank = 1");
    await dataSource.query('delete from notification');
    await dataSource.query('update queue_count set tickets = tickets + 7');
    expect(await rows()).not.toEqual(live);
    const handler = new RebuildHandler(store, transactions, systemClock);
    await rebuilt(handler);
    const [{ events } = { events: 0 }] = await dataSource.query<{ events: number }[]>('select count(*)::integer as events from event');
    expect(events).toBeGreaterThan(1_000);
    expect(handler.last).toMatchObject({ state: 'done', eventsDone: events, eventsTotal: events, reason: null });
    expect(await rows()).toEqual(live);
    expect(await indexes()).toEqual(shape);
    // Nothing is left of it, and it can be done again.
    await rebuilt(handler);
    expect([handler.last.state, await rows(), await indexes()]).toEqual(['done', live, shape]);
  });

  it('that is stopped leaves everything as it was, and says so', async () => {
    const live = await rows();
    const handler = new RebuildHandler(store, transactions, systemClock);
    handler.start();
    expect(await ended(handler)).toMatchObject({ state: 'failed', reason: 'The console was stopped meanwhile. Rebuild once more when it runs.' });
    expect(await rows()).toEqual(live);
  });

  it('lets events that come meanwhile wait, and then they count', async () => {
    const handler = new RebuildHandler(store, transactions, systemClock);
    const late = aTicketReceived({ externalId: 'T-late', time: second(9_000) });
    await Promise.all([rebuilt(handler), transactions.run((tx) => projection.handle([late], tx))]);
    expect(handler.last.state).toBe('done');
    expect(await dataSource.query('select id from ticket where id = $1', [ticketIdOf('test', 'T-late')])).toHaveLength(1);
  });
});
