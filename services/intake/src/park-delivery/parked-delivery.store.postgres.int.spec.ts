import { KeyRing } from '@handoff/secrets';
import { TEST_KEYS } from '@handoff/testing';
import { intakeDatabase } from '../intake-database.fixture.js';
import { PostgresSourceStore } from '../sources/source.store.postgres.js';
import { describeParkedDeliveryStoreContract } from './parked-delivery.store.contract.js';
import { PostgresParkedDeliveryStore } from './parked-delivery.store.postgres.js';

const opened = intakeDatabase();

describeParkedDeliveryStoreContract('PostgreSQL', async () => {
  await opened.dataSource.query('truncate source, parked_delivery cascade');
  return { sources: new PostgresSourceStore(opened.dataSource, KeyRing.parse(TEST_KEYS)), store: new PostgresParkedDeliveryStore(opened.dataSource) };
});
