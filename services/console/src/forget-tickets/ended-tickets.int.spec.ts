import { PostgresRetention } from '@handoff/persistence';
import type { DataSource } from 'typeorm';
import { type ConsoleDatabase, openConsoleDatabase } from '../console-database.fixture.js';
import { STORY, TICKET_ID } from '../project-events/events.fixture.js';
import { ProjectEventsHandler } from '../project-events/project-events.handler.js';
import { PostgresReadModelStore } from '../read-model/read-model.store.postgres.js';
import { endedTickets } from './ended-tickets.postgres.js';

let opened: ConsoleDatabase;
let dataSource: DataSource;

beforeAll(async () => {
  opened = await openConsoleDatabase();
  ({ dataSource } = opened);
  const handler = new ProjectEventsHandler(new PostgresReadModelStore(), () => undefined);
  await opened.transactions.run((tx) => handler.handle(STORY, tx));
  // The story of a ticket that somebody closed.
  await dataSource.query('update queue_count set state = $1 where state = (select state from ticket where id = $2)', ['closed', TICKET_ID]);
  await dataSource.query("update ticket set state = 'closed', is_open = false where id = $1", [TICKET_ID]);
});
afterAll(() => opened?.close());

const forgetAt = async (now: Date): Promise<void> => {
  for (const rule of endedTickets(400)) await new PostgresRetention(dataSource).walk(rule, { now, signal: new AbortController().signal, rest: () => Promise.resolve(), onDeleted: () => undefined });
};
const rowsOf = async (table: string, column: string): Promise<number> => Number((await dataSource.query<{ rows: string }[]>(`select count(*) as rows from ${table} where ${column} = $1`, [TICKET_ID]))[0]?.rows);
const countsAreThoseOfRows = async (): Promise<void> => {
  expect(await dataSource.query('select queue, severity_rank, state, tickets from queue_count where tickets <> 0 order by 1, 2, 3'))
    .toEqual(await dataSource.query('select queue, severity_rank, state, count(*) as tickets from ticket where is_known group by 1, 2, 3 order by 1, 2, 3'));
};

it('forgets a ticket that was closed long ago, with its events and messages, and the queues count it no longer', async () => {
  const [{ changed_at: changedAt } = { changed_at: new Date() }] = await dataSource.query<{ changed_at: Date }[]>('select changed_at from ticket where id = $1', [TICKET_ID]);
  await countsAreThoseOfRows();
  await forgetAt(new Date(changedAt.getTime() + 399 * 86_400_000));
  expect(await rowsOf('ticket', 'id')).toBe(1);
  await forgetAt(new Date(changedAt.getTime() + 401 * 86_400_000));
  expect([await rowsOf('ticket', 'id'), await rowsOf('event', 'ticket_id'), await rowsOf('notification', 'ticket_id')]).toEqual([0, 0, 0]);
  await countsAreThoseOfRows();
});
