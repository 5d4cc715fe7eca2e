import { type HandoffEvent, ticketIdOf } from '@handoff/contracts';
import type { PostgresTransactions } from '@handoff/persistence';
import { aTicketReceived } from '@handoff/testing';
import type { DataSource } from 'typeorm';
import { type ConsoleDatabase, openConsoleDatabase } from '../console-database.fixture.js';
import { anEvent, second } from '../project-events/events.fixture.js';
import { ProjectEventsHandler } from '../project-events/project-events.handler.js';
import { PostgresReadModelStore } from '../read-model/read-model.store.postgres.js';
import { OverviewController } from '../show-overview/overview.controller.js';
import { PostgresOverviewStore } from '../show-overview/overview.store.postgres.js';
import { PostgresQueueStore } from '../show-queues/queue.store.postgres.js';
import { QueuesController } from '../show-queues/queues.controller.js';
import { CountOverdueHandler } from './count-overdue.handler.js';

const SOON_MINUTES = 30;
const QUEUES = ['isv/contoso', 'partner/2002', 'triage'] as const;

let opened: ConsoleDatabase;
let dataSource: DataSource;
let transactions: PostgresTransactions;
let moment: Date;
let counting: CountOverdueHandler;
const store = new PostgresReadModelStore();
const clock = { now: () => moment };
const handler = new ProjectEventsHandler(store, () => undefined);

beforeEach(async () => {
  opened = await openConsoleDatabase();
  ({ dataSource, transactions } = opened);
  moment = new Date(second(0));
  counting = new CountOverdueHandler(store, transactions, clock);
});
afterEach(() => opened?.close());

const take = (events: readonly HandoffEvent[]) => transactions.run((tx) => handler.handle(events, tx));
const count = () => counting.run(new AbortController().signal);
const { ticket, decision } = anEvent('handoff.ticket.routed.v1', 0).data;

function waiting(n: number, { dueAt, queue = QUEUES[n % 3] ?? '' }: { readonly dueAt: string; readonly queue?: string }): HandoffEvent {
  return anEvent('handoff.ticket.routed.v1', n, {
    ticketId: ticketIdOf('test', `T-${n}`), decidedAt: second(n), acknowledgeBy: dueAt, decision: { ...decision, queue },
    ticket: { ...ticket, source: 'test', externalId: `T-${n}`, severity: (['A', 'B', 'C', null] as const)[n % 4] ?? null },
  });
}

const acknowledged = (n: number, at: number) => anEvent('handoff.ticket.acknowledged.v1', at, { ticketId: ticketIdOf('test', `T-${n}`), ticketVersion: 2, acknowledgedAt: second(at) });

/** What is kept, beside the same from the rows of tickets. */
async function keptAndCounted() {
  const [mark] = await dataSource.query<{ at: Date }[]>('select at from overdue_mark');
  const kept = await dataSource.query<object[]>('select queue, severity_rank, state, overdue from queue_count where overdue <> 0 order by 1, 2, 3');
  const counted = await dataSource.query<object[]>('select queue, severity_rank, state, count(*) as overdue from ticket where is_known and due_at < $1 group by 1, 2, 3 order by 1, 2, 3', [mark?.at]);
  const measured = await dataSource.query<object[]>('select scope, grain, at, key, overdue from ticket_measure where overdue <> 0 order by 1, 2, 3, 4');
  const rows = await dataSource.query<object[]>(
    `select scope, grain, date_trunc(grain, opened_at) as at, key, count(*) as overdue
     from ticket, (values ('hour'), ('day')) g (grain), lateral (select 'all', '' union all select 'queue', queue union all select 'partner', unnest(partners)) s (scope, key)
     where is_known and due_at < $1 group by 1, 2, 3, 4 order by 1, 2, 3, 4`, [mark?.at]);
  return { kept: [kept, measured], counted: [counted, rows] };
}

/** What the pages show at a moment, beside the same from the rows of tickets. */
async function shownAndCounted(at: string) {
  moment = new Date(at);
  const queues = await new QueuesController(new PostgresQueueStore(), transactions, clock, SOON_MINUTES).list();
  const overview = await new OverviewController(new PostgresOverviewStore(), transactions, clock).show({ from: second(0), to: second(86_400) });
  const counted = await dataSource.query<{ queue: string; missed: number; soon: number }[]>(
    "select queue, count(*) filter (where due_at < $1)::int as missed, count(*) filter (where due_at >= $1 and due_at < $1 + interval '30 minutes')::int as soon from ticket where is_open group by queue order by queue", [clock.now()]);
  const missed = counted.filter((each) => each.missed > 0).map((each) => [each.queue, each.missed]);
  const all = counted.reduce((sum, each) => sum + each.missed, 0);
  return {
    shown: { queues: queues.items.map(({ queue, missed: late, aboutToMiss }) => [queue, late, aboutToMiss]), overdue: overview.queues.filter((each) => each.overdue > 0).map(({ key, overdue }) => [key, overdue]).sort(), all: overview.total.overdue, party: overview.partners[0]?.overdue },
    counted: { queues: counted.map((each) => [each.queue, each.missed, each.soon]), overdue: missed, all, party: all },
  };
}

describe('overdue tickets', () => {
  it('are counted as the rows say, however the counting and the events come between each other', async () => {
    for (let round = 0; round < 12; round += 1) {
      await take(Array.from({ length: 9 }, (_, n) => waiting(round * 9 + n, { dueAt: second(600 + ((round * 9 + n) * 977) % 7_200) })));
      if (round > 2) await take([acknowledged((round - 2) * 9, 900 + round), acknowledged((round - 2) * 9 + 4, 900 + round), waiting((round - 1) * 9 + 2, { dueAt: second(50), queue: 'unassigned' })]);
      if (round % 3 !== 1) {
        moment = new Date(second(round * 500));
        await count();
      }
      const { kept, counted } = await keptAndCounted();
      expect(kept).toEqual(counted);
      const pages = await shownAndCounted(second(round * 500 + 200));
      expect(pages.shown).toEqual(pages.counted);
    }
  });

  it('are counted batch by batch, though more than a batch are due in one moment', async () => {
    await take(Array.from({ length: 2_500 }, (_, n) => waiting(n, { dueAt: n < 1_200 ? '2026-11-02T09:00:00.000400Z' : second(4_000 + n) })));
    moment = new Date(second(20_000));
    await count();
    const { kept, counted } = await keptAndCounted();
    expect(kept).toEqual(counted);
    expect(await dataSource.query('select sum(overdue)::int as overdue from queue_count')).toEqual([{ overdue: 2_500 }]);
  });

  it('stay counted when a clock is behind, and none is that nobody waits for', async () => {
    await take([waiting(1, { dueAt: second(10) }), waiting(2, { dueAt: second(10) }), aTicketReceived({ externalId: 'T-9', time: second(1) })]);
    moment = new Date(second(100));
    await count();
    moment = new Date(second(5));
    await count();
    await take([acknowledged(2, 120)]);
    expect(await dataSource.query('select sum(overdue)::int as overdue from queue_count')).toEqual([{ overdue: 1 }]);
    const { kept, counted } = await keptAndCounted();
    expect(kept).toEqual(counted);
  });
});
