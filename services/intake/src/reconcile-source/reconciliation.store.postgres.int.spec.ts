import { KeyRing } from '@handoff/secrets';
import { TEST_KEYS } from '@handoff/testing';
import { intakeDatabase } from '../intake-database.fixture.js';
import { PostgresSourceStore } from '../sources/source.store.postgres.js';
import { describeReconciliationStoreContract } from './reconciliation.store.contract.js';
import { PostgresReconciliationStore } from './reconciliation.store.postgres.js';

const opened = intakeDatabase();

describeReconciliationStoreContract('PostgreSQL', async () => {
  await opened.dataSource.query('truncate source cascade');
  return { sources: new PostgresSourceStore(opened.dataSource, KeyRing.parse(TEST_KEYS)), store: new PostgresReconciliationStore(opened.dataSource) };
});
