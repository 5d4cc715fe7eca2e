import { createDataSource, prepareSchema } from '@handoff/persistence';
import { createTestDatabase, eventually, type TestDatabase } from '@handoff/testing';
import type { DataSource } from 'typeorm';
import { INTAKE_MIGRATIONS } from '../migrations.js';
import { describeSpoolStoreContract } from './spool.store.contract.js';
import { PostgresSpoolStore } from './spool.store.postgres.js';

let database: TestDatabase;
let dataSource: DataSource;

beforeAll(async () => {
  database = await createTestDatabase();
  dataSource = await createDataSource({ url: database.url, schema: 'intake', connectionsMax: 4, migrations: INTAKE_MIGRATIONS }).initialize();
  await prepareSchema(dataSource, { schema: 'intake', migrate: true });
});

afterAll(async () => {
  await dataSource?.destroy();
  await database?.drop();
});

async function anEmptySpool(): Promise<PostgresSpoolStore> {
  await dataSource.query('truncate spool');
  return new PostgresSpoolStore(dataSource);
}

describeSpoolStoreContract('PostgreSQL', anEmptySpool);

describe('whoever drains the spool', () => {
  it('cannot go on when its connection was lost, and another can', async () => {
    const store = await anEmptySpool();
    await store.add([{ topic: 't', key: 'k', value: '1', headers: {} }]);
    const lost = await store.drain();
    await database.query("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())");
    const next = await eventually(async () => {
      const drain = await store.drain();
      expect(drain).not.toBeNull();
      return drain;
    });
    await expect(lost?.oldest(1)).rejects.toThrow();
    await lost?.end();
    expect(await next?.oldest(1)).toMatchObject([{ value: '1' }]);
    await next?.end();
  });
});
