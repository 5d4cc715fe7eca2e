import { createDataSource, prepareSchema } from '@handoff/persistence';
import { createTestDatabase, type TestDatabase } from '@handoff/testing';
import type { DataSource } from 'typeorm';
import { INTAKE_MIGRATIONS } from '../migrations.js';
import { describeRateStoreContract, type RateStoreUnderTest } from './rate.store.contract.js';
import { PostgresRateStore } from './rate.store.postgres.js';

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

describeRateStoreContract('PostgreSQL', async (): Promise<RateStoreUnderTest> => {
  await dataSource.query('truncate source_rate, source_rate_spender');
  return {
    store: new PostgresRateStore(dataSource),
    pass: async (seconds) => {
      for (const table of ['source_rate', 'source_rate_spender']) await dataSource.query(`update ${table} set at = at - make_interval(secs => $1)`, [seconds]);
    },
    size: async () => Number((await dataSource.query<{ count: string }[]>('select count(*) from source_rate'))[0]?.count),
  };
});
