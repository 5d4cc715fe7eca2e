import { createDataSource, prepareSchema } from '@handoff/persistence';
import { KeyRing } from '@handoff/secrets';
import { createTestDatabase, TEST_KEYS, type TestDatabase } from '@handoff/testing';
import type { DataSource } from 'typeorm';
import { INTAKE_MIGRATIONS } from '../migrations.js';
import { PostgresSourceStore } from '../sources/source.store.postgres.js';
import { describeReconciliationStoreContract } from './reconciliation.store.contract.js';
import { PostgresReconciliationStore } from './reconciliation.store.postgres.js';

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

describeReconciliationStoreContract('PostgreSQL', async () => {
  await dataSource.query('truncate source cascade');
  return { sources: new PostgresSourceStore(dataSource, KeyRing.parse(TEST_KEYS)), store: new PostgresReconciliationStore(dataSource) };
});
