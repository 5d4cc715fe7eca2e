import { type HandoffEvent, ticketIdOf } from '@handoff/contracts';
import type { PostgresTransactions } from '@handoff/persistence';
import { aTicketReceived, MovableClock } from '@handoff/testing';
import type { DataSource } from 'typeorm';
import { type ConsoleDatabase, openConsoleDatabase } from '../console-database.fixture.js';
import { anEvent, second, STORY } from '../project-events/events.fixture.js';
import { ProjectEventsHandler } from '../project-events/project-events.handler.js';
import { project } from '../project-events/project.decision.js';
import { EMPTY_MODEL } from '../read-model/read-model.js';
import { PostgresReadModelStore } from '../read-model/read-model.store.postgres.js';
import { measureChanges } from '../read-model/measure.decision.js';
import { OverviewController, type OverviewQuery } from './overview.controller.js';
import { PostgresOverviewStore } from './overview.store.postgres.js';

const HOUR_S = 3_600;
const DAY_S = 24 * HOUR_S;

let opened: ConsoleDatabase;
let dataSource: DataSource;
let transactions: PostgresTransactions;
let overview: OverviewController;
const clock = new MovableClock(new Date(second(2 * DAY_S)));
const handler = new ProjectEventsHandler(new PostgresReadModelStore(), () => undefined);

beforeEach(async () => {
  opened = await openConsoleDatabase();
  ({ dataSource, transactions } = opened);
  overview = new OverviewController(new PostgresOverviewStore(), transactions, clock);
});
afterEach(() => opened?.close());

const take = (events: readonly HandoffEvent[]) => transactions.run((tx) => handler.handle(events, tx));
const show = (query: Partial<OverviewQuery> = {}) => overview.show({ from: second(0), to: second(2 * DAY_S), ...query });

/** A ticket received at a second of the test's days, decided a second later, to be acknowledged within an hour. */
function aTicket(externalId: string, at: number, { queue = 'isv/contoso', acknowledgedAfter }: { readonly queue?: string; readonly acknowledgedAfter?: number } = {}): readonly HandoffEvent[] {
  const ticketId = ticketIdOf('test', externalId);
  const { decision } = anEvent('handoff.ticket.routed.v1', 0).data;
  const routed = anEvent('handoff.ticket.routed.v1', at + 1, { ticketId, decidedAt: second(at + 1), acknowledgeBy: second(at + HOUR_S), decision: { ...decision, queue } });
  const acknowledged = acknowledgedAfter === undefined ? [] : [anEvent('handoff.ticket.acknowledged.v1', at + acknowledgedAfter, { ticketId, ticketVersion: 2, acknowledgedAt: second(at + acknowledgedAfter) })];
  return [aTicketReceived({ externalId, time: second(at), occurredAt: second(at) }), routed, ...acknowledged];
}

describe('the overview of a period', () => {
  it('counts tickets by hour and by party, with how fast they were decided and acknowledged, and whether targets were met', async () => {
    await take([...aTicket('T-1', 0, { acknowledgedAfter: 60 }), ...aTicket('T-2', HOUR_S, { acknowledgedAfter: 2 * HOUR_S }), ...aTicket('T-3', HOUR_S, { queue: 'triage' })]);
    const shown = await show({ to: second(3 * HOUR_S) });
    expect(shown).toMatchObject({ step: 'hour', total: { tickets: 3, targets: { met: 1, missed: 1 }, overdue: 1, routed: { tickets: 3, medianMs: 1_500 }, acknowledged: { tickets: 2 }, delivered: { tickets: 0, medianMs: null, p95Ms: null } } });
    expect(shown.series.map(({ at, tickets }) => [at, tickets])).toEqual([[second(0), 1], [second(HOUR_S), 2], [second(2 * HOUR_S), 0]]);
    expect(shown.queues.map(({ key, tickets, overdue }) => [key, tickets, overdue])).toEqual([['isv/contoso', 2, 0], ['triage', 1, 1]]);
    expect(shown.partners.map(({ key, tickets, overdue }) => [key, tickets, overdue])).toEqual([['isv/contoso', 3, 1], ['partner/1001', 3, 1]]);
  });

  it('is the same whether days are read whole or hour by hour, wherever it begins', async () => {
    await take(Array.from({ length: 60 }, (_, n) => aTicket(`T-${n}`, n * HOUR_S, n % 3 === 0 ? { acknowledgedAfter: 30 } : {})).flat());
    for (const [from, hours] of [[0, 60], [5, 40], [16, 24], [3, 10], [20, 39]] as const) {
      const shown = await show({ from: second(from * HOUR_S), to: second((from + hours) * HOUR_S) });
      expect([shown.total.tickets, shown.queues[0]?.tickets, shown.partners[0]?.tickets, shown.partners[0]?.acknowledged]).toEqual([hours, hours, hours, shown.total.acknowledged]);
    }
  });

  it('has the days of the time zone that is asked for', async () => {
    await take([...aTicket('T-1', 12 * HOUR_S), ...aTicket('T-2', 14 * HOUR_S)]);
    const days = async (zone: string) => (await show({ to: second(4 * DAY_S), zone })).series.filter(({ tickets }) => tickets > 0).map(({ at, tickets }) => [at, tickets]);
    expect(await days('UTC')).toEqual([['2026-11-02T00:00:00.000Z', 2]]);
    expect(await days('Europe/Istanbul')).toEqual([['2026-11-01T21:00:00.000Z', 1], ['2026-11-02T21:00:00.000Z', 1]]);
  });

  it('is of a queue or a partner alone where that is asked for', async () => {
    await take([...aTicket('T-1', 0), ...aTicket('T-2', HOUR_S, { queue: 'triage' })]);
    expect((await show({ queue: 'triage' })).total).toMatchObject({ tickets: 1, overdue: 1 });
    expect((await show({ partner: 'partner/1001' })).total).toMatchObject({ tickets: 2, overdue: 2 });
    expect((await show({ queue: 'isv/unknown' })).total.tickets).toBe(0);
    await expect(show({ queue: 'triage', partner: 'partner/1001' })).rejects.toMatchObject({ status: 422 });
  });

  it('refuses a period that ends before it begins, or is too long', async () => {
    await expect(show({ to: second(-1) })).rejects.toMatchObject({ status: 422 });
    await expect(show({ to: second(500 * DAY_S) })).rejects.toMatchObject({ status: 422 });
  });

  it('has in its table what follows from the rows, after whatever happened', async () => {
    for (const event of STORY) await take([event]);
    await take(STORY);
    const stored = await dataSource.query<object[]>("select scope, grain, at, key, tickets::int, met::int, missed::int, overdue::int, routed, delivered, acknowledged from ticket_measure where tickets <> 0");
    const expected = measureChanges(new Map(), [...project(EMPTY_MODEL, STORY).tickets.values()], { before: new Date(0), after: new Date(0) });
    const named = (rows: readonly object[]) => rows.map((row) => JSON.parse(JSON.stringify(row)) as { readonly scope: string; readonly grain: string; readonly key: string; readonly at: string }).sort((a, b) => (`${a.scope} ${a.grain} ${a.at} ${a.key}` < `${b.scope} ${b.grain} ${b.at} ${b.key}` ? -1 : 1));
    expect(named(stored)).toEqual(named(expected));
  });
});
