import { createDataSource, MESSAGING_MIGRATIONS, PostgresRetention, prepareSchema } from '@handoff/persistence';
import { createTestDatabase, type TestDatabase } from '@handoff/testing';
import type { DataSource } from 'typeorm';
import { NOTIFIER_MIGRATIONS } from '../migrations/index.js';
import { oldNotifications } from './old-notifications.postgres.js';

const NOW = new Date('2026-11-26T12:00:00Z');
const idOf = (number: number): string => `00000000-0000-5000-8000-${String(number).padStart(12, '0')}`;
const daysAgo = (days: number): Date => new Date(NOW.getTime() - days * 86_400_000);

let database: TestDatabase;
let dataSource: DataSource;

beforeAll(async () => {
  database = await createTestDatabase();
  dataSource = await createDataSource({ url: database.url, schema: 'notifier', connectionsMax: 3, migrations: [...MESSAGING_MIGRATIONS, ...NOTIFIER_MIGRATIONS] }).initialize();
  await prepareSchema(dataSource, { schema: 'notifier', migrate: true });
});
beforeEach(() => dataSource.query('truncate ticket, routed, notification, attempt, foreign_ticket, acknowledgement'));
afterAll(async () => {
  await dataSource?.destroy();
  await database?.drop();
});

interface Message {
  readonly ticket: number;
  readonly version: number;
  readonly days: number;
  readonly state?: 'delivered' | 'suppressed' | 'pending';
  readonly code?: string;
}

/** A message, with its ticket, that came to its end so many days ago. */
async function insertMessage({ ticket, version, days, state = 'delivered', code }: Message): Promise<void> {
  const id = idOf(ticket * 1_000 + version);
  await dataSource.query("insert into ticket (id, planned_version, subject_line) values ($1, $2, 's') on conflict (id) do update set planned_version = $2", [idOf(ticket), version]);
  await dataSource.query("insert into routed (ticket_id, ticket_version, facts) values ($1, $2, '{}')", [idOf(ticket), version]);
  await dataSource.query(
    `insert into notification (id, ticket_id, ticket_version, destination, purpose, channel, lane, addressee, state, code, next_attempt_at, created_at, finished_at)
     values ($1, $2, $3, 'd', 'act', 'mail', 'l', '{}', $4, $5, $6, $6, $7)`, [id, idOf(ticket), version, state, code ?? null, daysAgo(days), state === 'pending' ? null : daysAgo(days)]);
  await dataSource.query("insert into attempt (notification_id, attempt, at, duration_ms, outcome, detail) values ($1, 1, $2, 1, 'delivered', 'd')", [id, daysAgo(days)]);
}

async function forget(): Promise<void> {
  const retention = new PostgresRetention(dataSource);
  for (const rule of oldNotifications(400)) await retention.walk(rule, { now: NOW, signal: new AbortController().signal, rest: () => Promise.resolve(), onDeleted: () => undefined });
}

const numbers = async (sql: string): Promise<number[]> => (await dataSource.query<{ id: string }[]>(sql)).map(({ id }) => Number(id.slice(-6)));
const left = async (): Promise<Record<string, number[]>> => ({
  messages: await numbers('select id from notification order by 1'), attempts: await numbers('select notification_id as id from attempt order by 1'),
  tickets: await numbers('select id from ticket order by 1'), versions: await numbers('select ticket_id as id from routed order by 1'),
});

describe('messages that came to their end long ago', () => {
  it('go with their attempts, and the ticket with the last of them', async () => {
    await insertMessage({ ticket: 1, version: 1, days: 500 });
    await insertMessage({ ticket: 1, version: 2, days: 401 });
    await insertMessage({ ticket: 2, version: 1, days: 401 });
    await insertMessage({ ticket: 2, version: 2, days: 399 });
    await forget();
    expect(await left()).toEqual({ messages: [2_002], attempts: [2_002], tickets: [2], versions: [2, 2] });
  });

  it('stay while they wait or are held', async () => {
    await insertMessage({ ticket: 1, version: 1, days: 500, state: 'pending' });
    await insertMessage({ ticket: 2, version: 1, days: 500, state: 'suppressed', code: 'held' });
    await insertMessage({ ticket: 3, version: 1, days: 500, state: 'suppressed', code: 'summarised' });
    await forget();
    expect((await left())['messages']).toEqual([1_001, 2_001]);
  });

  it('leave a ticket that is open in its contact\'s system', async () => {
    await insertMessage({ ticket: 1, version: 1, days: 500 });
    await insertMessage({ ticket: 2, version: 1, days: 500 });
    for (const [ticket, isClosed] of [[1, false], [2, true]] as const) {
      await dataSource.query("insert into foreign_ticket (channel_id, ticket_id, system, foreign_id, told_version, is_closed, created_at, updated_at) values ($1, $1, 'jira', 'f', 1, $2, $3, $3)", [idOf(ticket), isClosed, daysAgo(500)]);
    }
    await forget();
    expect(await left()).toEqual({ messages: [], attempts: [], tickets: [1], versions: [1] });
    expect(await numbers('select ticket_id as id from foreign_ticket')).toEqual([1]);
  });
});
