import { type HandoffEvent, nameBasedId, ticketIdOf } from '@handoff/contracts';
import type { PostgresTransactions } from '@handoff/persistence';
import { aTicketReceived } from '@handoff/testing';
import type { DataSource } from 'typeorm';
import { type ConsoleDatabase, openConsoleDatabase } from '../console-database.fixture.js';
import { anEvent, laneOf, second, STORY, TICKET_ID } from '../project-events/events.fixture.js';
import { ProjectEventsHandler } from '../project-events/project-events.handler.js';
import { project, touchedBy } from '../project-events/project.decision.js';
import { queueList, queuesIn } from '../show-queues/queue-list.decision.js';
import { PostgresQueueStore } from '../show-queues/queue.store.postgres.js';
import { PostgresTicketListStore } from '../show-tickets/ticket-list.store.postgres.js';
import { TICKET_SORTS, type TicketListQuery } from '../show-tickets/ticket-list.store.js';
import { EMPTY_MODEL, type ReadModel } from './read-model.js';
import { PostgresReadModelStore } from './read-model.store.postgres.js';
import { searchWordsOf } from './search-words.decision.js';

let opened: ConsoleDatabase;
let dataSource: DataSource;
let transactions: PostgresTransactions;
const store = new PostgresReadModelStore();
const lists = new PostgresTicketListStore();
const queues = new PostgresQueueStore();
const handler = new ProjectEventsHandler(store, () => undefined);

beforeEach(async () => {
  opened = await openConsoleDatabase();
  ({ dataSource, transactions } = opened);
});
afterEach(() => opened?.close());

const take = (events: readonly HandoffEvent[]) => transactions.run((tx) => handler.handle(events, tx));
const stored = (events: readonly HandoffEvent[]) => transactions.run((tx) => store.load(tx, touchedBy(events)));
const list = (query: Partial<TicketListQuery>) => transactions.run((tx) => lists.list(tx, { words: [], sort: 'changed', limit: 50, ...query }));
const found = async (query: Partial<TicketListQuery>) => (await list(query)).items.map(({ externalId }) => externalId);
const rowsOf = (model: ReadModel) => Object.fromEntries(Object.entries(model).map(([name, rows]) => [name, [...(rows as ReadonlyMap<string, unknown>)].sort(([a], [b]) => (a < b ? -1 : 1))]));

describe('the read model in PostgreSQL', () => {
  it('has the rows that the projection decides, whole or in pieces', async () => {
    const expected = rowsOf(project(EMPTY_MODEL, STORY));
    await take(STORY);
    expect(rowsOf(await stored(STORY))).toEqual(expected);
    await take(STORY.slice(3, 9));
    expect(rowsOf(await stored(STORY))).toEqual(expected);
  });

  it('is the same when the topics come at once, and the numbers of the queues are those of the rows', async () => {
    const lanes = [...Map.groupBy(STORY, laneOf).values()];
    await Promise.all(lanes.map(async (lane) => {
      for (const event of lane) await take([event]);
    }));
    expect(rowsOf(await stored(STORY))).toEqual(rowsOf(project(EMPTY_MODEL, STORY)));
    expect(await dataSource.query('select queue, severity_rank, state, tickets from queue_count where tickets <> 0 order by 1, 2, 3'))
      .toEqual(await dataSource.query('select queue, severity_rank, state, count(*) as tickets from ticket where is_known group by 1, 2, 3 order by 1, 2, 3'));
  });

  it('gives positions in the order in which events become visible', async () => {
    await take(STORY);
    await take(STORY);
    const events = await transactions.run((tx) => store.eventsAfter(tx, '0', 100));
    expect(events.map(({ event }) => event.id)).toEqual(STORY.map(({ id }) => id));
    expect((await transactions.run((tx) => store.eventsAfter(tx, events[3]?.position ?? '', 2))).map(({ event }) => event)).toEqual(STORY.slice(4, 6));
  });

  it('tells the story of a ticket page by page, the newest first', async () => {
    await take(STORY);
    const first = await transactions.run((tx) => lists.story(tx, TICKET_ID, { limit: 5 }));
    const rest = await transactions.run((tx) => lists.story(tx, TICKET_ID, { limit: 50, cursor: first.next ?? '' }));
    const own = STORY.filter(({ data }) => 'ticketId' in data && data.ticketId === TICKET_ID);
    expect([...first.items, ...rest.items].map(({ time }) => time)).toEqual(own.map(({ time }) => time).sort().reverse());
    expect(new Set([...first.items, ...rest.items].map(({ id }) => id)).size).toBe(own.length);
  });
});

describe('the list of tickets', () => {
  const SUBJECTS = ['Oturum açma IŞIK vermiyor', 'Invoice doubled', 'Sign-in fails', 'Sign-in is slow', 'Export stays empty'];
  const routedTicket = (n: number, more: Parameters<typeof anEvent<'handoff.ticket.routed.v1'>>[2] = {}) => {
    const golden = anEvent('handoff.ticket.routed.v1', 0).data;
    const externalId = `T-${n}`;
    return anEvent('handoff.ticket.routed.v1', 100 - n, {
      ticketId: ticketIdOf('test', externalId), decidedAt: second(n), acknowledgeBy: n % 2 === 0 ? second(1_000 - n) : null,
      ticket: { ...golden.ticket, source: 'test', externalId, subject: SUBJECTS[n % 5] ?? '', severity: (['A', 'B', 'C', null] as const)[n % 4] ?? null, offerId: n < 3 ? 'fabrikam-erp' : 'contoso-crm' }, ...more,
    });
  };
  const decision = anEvent('handoff.ticket.routed.v1', 0).data.decision;
  const partners = { ...decision, queue: 'partner/2002', responsible: { role: 'indirect-reseller', partyId: '2002' }, informed: [] } as const;

  beforeEach(async () => {
    await take([...Array.from({ length: 12 }, (_, n) => routedTicket(n)), routedTicket(20, { decision: partners }), routedTicket(21, { change: 'closed' })]);
  });

  it.each([
    ['changed', ['T-0', 'T-1', 'T-2', 'T-3', 'T-4', 'T-5', 'T-6', 'T-7', 'T-8', 'T-9', 'T-10', 'T-11', 'T-20']],
    ['opened', ['T-0', 'T-1', 'T-2', 'T-3', 'T-4', 'T-5', 'T-6', 'T-7', 'T-8', 'T-9', 'T-10', 'T-11', 'T-20']],
    ['severity', ['T-0', 'T-4', 'T-8', 'T-20', 'T-1', 'T-5', 'T-9', 'T-2', 'T-6', 'T-10', 'T-3', 'T-7', 'T-11']],
  ] as const)('sorted by %s is the same page by page', async (sort, expected) => {
    const seen: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await list({ sort, limit: 5, cursor });
      seen.push(...page.items.map(({ externalId }) => externalId));
      if (page.next === null) break;
      cursor = page.next;
    }
    expect(seen).toEqual(expected);
  });

  it('sorted by due has the nearest target first, those without one last', async () => {
    const page = await list({ sort: 'due', limit: 8 });
    const rest = await list({ sort: 'due', limit: 8, cursor: page.next ?? '' });
    expect([...page.items, ...rest.items].map(({ dueAt }) => dueAt)).toEqual([980, 990, 992, 994, 996, 998, 1_000].map(second).concat(Array<never>(6).fill(null as never)));
  });

  it('takes a cursor of its own order alone', async () => {
    const { next } = await list({ sort: 'opened', limit: 2 });
    for (const cursor of [next ?? '', 'bm90aGluZw', Buffer.from('["changed","\'; drop table ticket","x"]').toString('base64url')]) await expect(list({ sort: 'changed', cursor })).rejects.toThrow('This cursor is not one that a former page gave.');
  });

  it('is narrowed by whatever is asked', async () => {
    expect(await found({ queue: 'partner/2002' })).toEqual(['T-20']);
    expect(await found({ partner: 'partner/2002' })).toEqual(['T-20']);
    expect(await found({ state: 'closed' })).toEqual(['T-21']);
    expect(await found({ severity: 'A', queue: 'isv/contoso' })).toEqual(['T-0', 'T-4', 'T-8']);
    expect(await found({ offerId: 'fabrikam-erp' })).toEqual(['T-0', 'T-1', 'T-2']);
    expect(await found({ isUndelivered: true })).toEqual([]);
    await take([anEvent('handoff.ticket.attached.v1', 300, { ticketId: ticketIdOf('test', 'T-5'), ticketVersion: 2, noticeId: 'outage-7' })]);
    expect([await found({ attachedTo: 'outage-7' }), await found({ attachedTo: 'outage-8' })]).toEqual([['T-5'], []]);
    const [closed] = (await list({ state: 'closed' })).items;
    expect(await found({ ids: [closed?.ticketId ?? '', nameBasedId('no ticket')] })).toEqual(['T-21']);
  });

  it.each([
    ['ısik', ['T-0', 'T-5', 'T-10', 'T-20']],
    ['fail sign', ['T-2', 'T-7']],
    ['erp invoice', ['T-1']],
    ['T-11', ['T-11']],
    [ticketIdOf('test', 'T-3').toUpperCase(), ['T-3']],
    ['nothing of this', []],
  ])('finds %s in subject, ids, customer and offer', async (text, expected) => {
    expect(await found({ words: searchWordsOf(text) })).toEqual(expected);
    for (const sort of TICKET_SORTS) expect((await found({ words: searchWordsOf(text), sort })).sort()).toEqual([...expected].sort());
  });

  it.each(TICKET_SORTS)('narrowed and sorted by %s is the same page by page as whole', async (sort) => {
    for (const query of [{ words: ['sign'] }, { severity: 'A' as const }, { partner: 'isv/contoso', words: ['t', 'contoso'] }, { offerId: 'contoso-crm', state: 'waiting' as const }]) {
      const whole = await found({ ...query, sort });
      const seen: string[] = [];
      for (let cursor: string | undefined, isLast = false; !isLast;) {
        const page = await list({ ...query, sort, limit: 2, cursor });
        seen.push(...page.items.map(({ externalId }) => externalId));
        cursor = page.next ?? undefined;
        isLast = page.next === null;
      }
      expect(whole.length).toBeGreaterThan(2);
      expect(seen).toEqual(whole);
    }
  });

  it('counts the queues with their oldest ticket and those that miss their target', async () => {
    const counts = await transactions.run((tx) => queues.counts(tx));
    const at = { now: new Date(second(991)), soon: new Date(second(997)) };
    const shown = queueList(counts, await transactions.run((tx) => queues.urgencies(tx, queuesIn(counts), at)));
    expect(shown).toMatchObject([
      { queue: 'isv/contoso', open: 12, oldestOpenAt: second(0), missed: 1, aboutToMiss: 3, bySeverity: [{ severity: 'A', tickets: 3 }, { severity: 'B', tickets: 3 }, { severity: 'C', tickets: 3 }, { severity: null, tickets: 3 }] },
      { queue: 'partner/2002', open: 1, oldestOpenAt: second(20), missed: 1, aboutToMiss: 0 },
    ]);
    expect(shown[0]?.byState).toEqual([{ state: 'waiting', tickets: 12 }, { state: 'closed', tickets: 1 }]);
  });

  it('shows a ticket of which a message failed as undelivered', async () => {
    await take([anEvent('handoff.notification.failed.v1', 200, { ticketId: ticketIdOf('test', 'T-7'), notificationId: nameBasedId('n'), failedAt: second(200) })]);
    expect(await found({ isUndelivered: true })).toEqual(['T-7']);
    await take([aTicketReceived({ externalId: 'T-30', time: second(300) })]);
    expect(await found({ queue: '' })).toEqual(['T-30']);
  });
});
