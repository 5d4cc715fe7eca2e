import { createDataSource, prepareSchema } from '@handoff/persistence';
import { KeyRing } from '@handoff/secrets';
import { createTestDatabase, TEST_KEYS, type TestDatabase } from '@handoff/testing';
import type { DataSource } from 'typeorm';
import { INTAKE_MIGRATIONS } from '../migrations.js';
import { aSource } from '../sources/source.store.contract.js';
import { PostgresSourceStore } from '../sources/source.store.postgres.js';
import { describeTicketStateStoreContract } from './ticket-state.store.contract.js';
import { PostgresTicketStateStore } from './ticket-state.store.postgres.js';

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

describeTicketStateStoreContract('PostgreSQL', async () => {
  await dataSource.query('truncate source cascade');
  const sources = new PostgresSourceStore(dataSource, KeyRing.parse(TEST_KEYS));
  const api = { baseUrl: 'https://api.example', auth: 'bearer' } as const;
  await sources.add(aSource({ api, reconcileEverySeconds: 300 }), null);
  await sources.add(aSource({ source: 'other', api }), null);
  await dataSource.query("insert into reconciliation (source, read_up_to) values ('desk', 'epoch')");
  return {
    store: new PostgresTicketStateStore(dataSource),
    readUpTo: async (time: string) => void (await dataSource.query("update reconciliation set read_up_to = $1 where source = 'desk'", [time])),
  };
});
