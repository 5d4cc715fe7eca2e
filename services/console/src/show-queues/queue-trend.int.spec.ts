import type { HandoffEvent } from '@handoff/contracts';
import { PostgresRetention } from '@handoff/persistence';
import { aTicketReceived } from '@handoff/testing';
import { type ConsoleDatabase, openConsoleDatabase } from '../console-database.fixture.js';
import { anEvent, second, STORY } from '../project-events/events.fixture.js';
import { PAST_QUEUE_HOURS } from '../forget-tickets/past-queue-hours.postgres.js';
import { ProjectEventsHandler } from '../project-events/project-events.handler.js';
import { project } from '../project-events/project.decision.js';
import { queueHourChanges } from '../read-model/queue-hour.decision.js';
import { EMPTY_MODEL } from '../read-model/read-model.js';
import { PostgresReadModelStore } from '../read-model/read-model.store.postgres.js';
import { PostgresQueueTrendStore } from './queue-trend.store.postgres.js';

const HOUR_S = 3_600;
const trends = new PostgresQueueTrendStore();
const readModel = new PostgresReadModelStore();
const handler = new ProjectEventsHandler(readModel, () => undefined);
let opened: ConsoleDatabase;

beforeEach(async () => { opened = await openConsoleDatabase(); });
afterEach(() => opened?.close());

const take = (events: readonly HandoffEvent[]) => opened.transactions.run((tx) => handler.handle(events, tx));
const since = (at: number) => opened.transactions.run((tx) => trends.hoursSince(tx, new Date(second(at))));

describe('the hours of the queues in PostgreSQL', () => {
  it('are those that follow from the rows, event by event and with repetitions', async () => {
    for (const event of STORY) await take([event]);
    await take(STORY);
    const expected = queueHourChanges(new Map(), [...project(EMPTY_MODEL, STORY).tickets.values()]);
    expect((await since(-HOUR_S)).map((hour) => ({ ...hour, queue: hour.queue ?? '', at: hour.at.toISOString() }))).toEqual([...expected].sort((a, b) => (`${a.queue} ${a.at}` < `${b.queue} ${b.at}` ? -1 : 1)));
  });

  it('are read from a time on, without those that nothing is left in', async () => {
    const routed = anEvent('handoff.ticket.routed.v1', 2, { decidedAt: second(2) });
    await take([aTicketReceived({ time: second(1), occurredAt: second(0) })]);
    expect(await since(0)).toEqual([{ queue: null, at: new Date(second(0)), received: 1, finished: 0 }]);
    await take([routed, anEvent('handoff.ticket.resolved.v1', HOUR_S, { ticketVersion: 2, resolvedAt: second(HOUR_S) })]);
    expect(await since(0)).toEqual([{ queue: 'isv/contoso', at: new Date(second(0)), received: 1, finished: 0 }, { queue: 'isv/contoso', at: new Date(second(HOUR_S)), received: 0, finished: 1 }]);
    expect(await since(HOUR_S)).toHaveLength(1);
    await opened.transactions.run(async (tx) => (await readModel.beginAnew(tx)).endAnew(tx));
    expect(await since(0)).toEqual([]);
  });

  it('are forgotten two days later', async () => {
    await take([aTicketReceived({ time: second(1), occurredAt: second(0) }), aTicketReceived({ externalId: 'T-2', time: second(HOUR_S), occurredAt: second(HOUR_S) })]);
    await new PostgresRetention(opened.dataSource).walk(PAST_QUEUE_HOURS, { now: new Date(second(48 * HOUR_S + 1)), signal: new AbortController().signal, rest: () => Promise.resolve(), onDeleted: () => undefined });
    expect((await since(0)).map(({ at }) => at.toISOString())).toEqual([second(HOUR_S)]);
  });
});
