import { createTestDatabase, type TestDatabase } from '@handoff/testing';
import type { DataSource } from 'typeorm';
import { createDataSource } from '../postgres/data-source.js';
import { MESSAGING_MIGRATIONS } from '../postgres/messaging.migration.js';
import { prepareSchema } from '../postgres/migrate.js';
import { inboxRetention, PostgresRetention } from './postgres.retention.js';

const NOW = new Date('2026-11-26T12:00:00Z');
const RULE = inboxRetention(30);

let database: TestDatabase;
let dataSource: DataSource;

beforeAll(async () => {
  database = await createTestDatabase();
  dataSource = await createDataSource({ url: database.url, schema: 'kept', connectionsMax: 3, migrations: MESSAGING_MIGRATIONS }).initialize();
  await prepareSchema(dataSource, { schema: 'kept', migrate: true });
});
beforeEach(() => dataSource.query('truncate inbox'));
afterAll(async () => {
  await dataSource?.destroy();
  await database?.drop();
});

const insert = (name: string, count: number, days: number): Promise<unknown> =>
  dataSource.query(`insert into inbox (event_id, accepted_at) select $1::text || n, $2::timestamptz - make_interval(days => $3) from generate_series(1, $4::integer) n`, [name, NOW, days, count]);
const names = async (): Promise<unknown> => dataSource.query("select rtrim(event_id, '0123456789') as name, count(*)::integer as rows from inbox group by 1 order by 1");

async function walk(signal = new AbortController().signal): Promise<number[]> {
  const steps: number[] = [];
  await new PostgresRetention(dataSource).walk(RULE, { now: NOW, signal, rest: () => Promise.resolve(), onDeleted: (rows) => steps.push(rows) });
  return steps;
}

describe('rows whose time is over', () => {
  it('go, wherever they stand among others, and the others stay', async () => {
    await insert('old-', 3_000, 31);
    await insert('new-', 2_000, 29);
    await insert('old-again-', 3_000, 400);
    expect((await walk()).reduce((sum, rows) => sum + rows, 0)).toBe(6_000);
    expect(await names()).toEqual([{ name: 'new-', rows: 2_000 }]);
    expect(await walk()).toEqual([]);
  });

  it('go in steps that are bounded, however many there are', async () => {
    await insert('old-', 40_000, 31);
    const steps = await walk();
    expect(steps.length).toBeGreaterThan(2);
    expect(Math.max(...steps)).toBeLessThan(15_000);
    expect(await names()).toEqual([]);
  });

  it('are left to whoever deletes them already', async () => {
    await insert('old-', 10, 31);
    await dataSource.transaction(async (other) => {
      await other.query("select pg_advisory_xact_lock(hashtext('handoff-retention'))");
      expect(await walk()).toEqual([]);
    });
    expect(await walk()).toEqual([10]);
  });

  it('are left for later when the service ends', async () => {
    await insert('old-', 10, 31);
    expect(await walk(AbortSignal.abort())).toEqual([]);
  });
});
