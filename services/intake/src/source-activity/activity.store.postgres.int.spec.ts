import { createDataSource, prepareSchema } from '@handoff/persistence';
import { KeyRing } from '@handoff/secrets';
import { createTestDatabase, TEST_KEYS, type TestDatabase } from '@handoff/testing';
import type { DataSource } from 'typeorm';
import { INTAKE_MIGRATIONS } from '../migrations.js';
import { aSource } from '../sources/source.store.contract.js';
import { PostgresSourceStore } from '../sources/source.store.postgres.js';
import { aCount, describeActivityStoreContract } from './activity.store.contract.js';
import { PostgresActivityStore } from './activity.store.postgres.js';

let database: TestDatabase;
let dataSource: DataSource;
let sources: PostgresSourceStore;

beforeAll(async () => {
  database = await createTestDatabase();
  dataSource = createDataSource({ url: database.url, schema: 'intake', connectionsMax: 4, migrations: INTAKE_MIGRATIONS });
  await dataSource.initialize();
  await prepareSchema(dataSource, { schema: 'intake', migrate: true });
  sources = new PostgresSourceStore(dataSource, KeyRing.parse(TEST_KEYS));
});

afterAll(async () => {
  await dataSource?.destroy();
  await database?.drop();
});

async function makeStore(): Promise<PostgresActivityStore> {
  await dataSource.query('truncate source cascade');
  for (const source of ['desk', 'other']) await sources.add(aSource({ source }), null);
  return new PostgresActivityStore(dataSource);
}

describeActivityStoreContract('PostgreSQL', makeStore);

describe('counting for a source', () => {
  it('waits for its removal to be decided, and does not fail with it', async () => {
    const store = await makeStore();
    const removal = dataSource.createQueryRunner();
    await removal.startTransaction();
    await removal.query("delete from source where source = 'desk'");
    const counting = store.add([aCount(), aCount({ source: 'other' })]);
    await removal.commitTransaction();
    await removal.release();
    await counting;
    expect([...(await store.read(['desk', 'other'], new Date(0))).keys()]).toEqual(['other']);
  });
});
