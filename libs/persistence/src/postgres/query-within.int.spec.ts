import { createTestDatabase, type TestDatabase } from '@handoff/testing';
import type { DataSource } from 'typeorm';
import { createDataSource } from './data-source.js';
import { isUnavailable } from './postgres.errors.js';
import { DatabaseLate, queryWithin } from './query-within.js';

const CONNECTIONS_MAX = 2;
let database: TestDatabase;
let dataSource: DataSource;

beforeAll(async () => {
  database = await createTestDatabase();
  dataSource = await createDataSource({ url: database.url, schema: 'public', connectionsMax: CONNECTIONS_MAX, migrations: [] }).initialize();
});

afterAll(async () => {
  await dataSource?.destroy();
  await database?.drop();
});

const late = (ms: number, sql: string): Promise<unknown> => queryWithin(dataSource, ms, sql).then(() => 'answered', (error: unknown) => error);

describe('a query for which somebody waits', () => {
  it('answers as any other', async () => {
    expect(await queryWithin(dataSource, 5_000, 'select $1::integer + 1 as sum', [1])).toEqual([{ sum: 2 }]);
    await expect(queryWithin(dataSource, 5_000, 'select nonsense')).rejects.toThrow('nonsense');
  });

  it('is given up after its time, and its connection with it, so that those after it find one', async () => {
    const errors = await Promise.all(Array.from({ length: CONNECTIONS_MAX }, () => late(50, 'select pg_sleep(30)')));
    expect(errors.map((error) => [error instanceof DatabaseLate, isUnavailable(error)])).toEqual([[true, true], [true, true]]);
    expect(await queryWithin(dataSource, 5_000, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('is not run at all when it waited in vain for a connection', async () => {
    await database.query('create table written (id integer)');
    const slow = Array.from({ length: CONNECTIONS_MAX }, () => queryWithin(dataSource, 5_000, 'select pg_sleep(0.3)'));
    expect(await late(20, 'insert into written values (1)')).toBeInstanceOf(DatabaseLate);
    await Promise.all(slow);
    await queryWithin(dataSource, 5_000, 'select 1');
    expect(await database.query('select * from written')).toEqual([]);
  });
});
