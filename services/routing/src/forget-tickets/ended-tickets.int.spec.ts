import { createDataSource, MESSAGING_MIGRATIONS, PostgresRetention, prepareSchema } from '@handoff/persistence';
import { createTestDatabase, type TestDatabase } from '@handoff/testing';
import type { DataSource } from 'typeorm';
import { DIRECTORY_ENTITIES } from '../directory/directory.entity.js';
import { ROUTING_MIGRATIONS } from '../migrations/index.js';
import { endedTickets } from './ended-tickets.postgres.js';

const NOW = new Date('2026-11-26T12:00:00Z');
const idOf = (number: number): string => `00000000-0000-5000-8000-${String(number).padStart(12, '0')}`;

let database: TestDatabase;
let dataSource: DataSource;

beforeAll(async () => {
  database = await createTestDatabase();
  dataSource = await createDataSource({ url: database.url, schema: 'routing', connectionsMax: 3, migrations: [...MESSAGING_MIGRATIONS, ...ROUTING_MIGRATIONS], entities: DIRECTORY_ENTITIES }).initialize();
  await prepareSchema(dataSource, { schema: 'routing', migrate: true });
});
afterAll(async () => {
  await dataSource?.destroy();
  await database?.drop();
});

async function insertTicket(number: number, { days, isClosed }: { days: number; isClosed: boolean }): Promise<void> {
  const at = new Date(NOW.getTime() - days * 86_400_000);
  await dataSource.query("insert into ticket (id, version, source, external_id, queue, state, created_at, updated_at) values ($1, 1, 's', $1::uuid::text, 'triage', $2, $3, $3)", [idOf(number), JSON.stringify({ isClosed }), at]);
  await dataSource.query("insert into decision (ticket_id, ticket_version, event_id, change, queue, decision, decided_at) values ($1, 1, 'e', 'created', 'triage', '{}', $2)", [idOf(number), at]);
  await dataSource.query("insert into reply (event_id, ticket_id, at, reply) values ($1, $1, $2, '{}')", [idOf(number), at]);
  await dataSource.query("insert into ticket_copy (copy_id, ticket_id, destination, notification_id, system) values ($1, $1, 'd', $1, 'jira')", [idOf(number)]);
  await dataSource.query("insert into key_conflict (event_id, content_digest, ticket_id, source, external_id, content, first_at, last_at) values ($1::uuid::text, 'c', $1, 's', 'x', '{}', $2, $2)", [idOf(number), at]);
}

it('deletes tickets that were closed long ago, with all that is theirs, and keeps those that are open or young', async () => {
  await insertTicket(1, { days: 408, isClosed: true });
  await insertTicket(2, { days: 406, isClosed: true });
  await insertTicket(3, { days: 3_000, isClosed: false });
  const retention = new PostgresRetention(dataSource);
  for (const rule of endedTickets(400)) await retention.walk(rule, { now: NOW, signal: new AbortController().signal, rest: () => Promise.resolve(), onDeleted: () => undefined });
  const idsIn = async (table: string): Promise<number[]> => (await dataSource.query<{ id: string }[]>(`select ticket_id as id from ${table} order by 1`)).map(({ id }) => Number(id.slice(-3)));
  for (const table of ['decision', 'reply', 'ticket_copy']) expect({ table, ids: await idsIn(table) }).toEqual({ table, ids: [2, 3] });
  expect((await dataSource.query<{ id: string }[]>('select id from ticket order by 1')).map(({ id }) => Number(id.slice(-3)))).toEqual([2, 3]);
  expect(await idsIn('key_conflict')).toEqual([2]);
});
