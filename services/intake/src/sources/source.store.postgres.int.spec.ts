import { createDataSource, prepareSchema } from '@handoff/persistence';
import { createTestDatabase, type TestDatabase } from '@handoff/testing';
import type { DataSource } from 'typeorm';
import { INTAKE_MIGRATIONS } from '../migrations.js';
import { describeSourceStoreContract } from './source.store.contract.js';
import { PostgresSourceStore } from './source.store.postgres.js';

let database: TestDatabase;
let dataSource: DataSource;

beforeAll(async () => {
  database = await createTestDatabase();
  dataSource = createDataSource({ url: database.url, schema: 'intake', connectionsMax: 4, migrations: INTAKE_MIGRATIONS });
  await dataSource.initialize();
  await prepareSchema(dataSource, { schema: 'intake', migrate: true });
});

afterAll(async () => {
  await dataSource?.destroy();
  await database?.drop();
});

describeSourceStoreContract('PostgreSQL', async () => {
  await dataSource.query('truncate source cascade');
  return new PostgresSourceStore(dataSource);
});
