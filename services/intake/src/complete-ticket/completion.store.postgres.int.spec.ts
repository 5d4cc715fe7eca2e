import { KeyRing } from '@handoff/secrets';
import { TEST_KEYS } from '@handoff/testing';
import { intakeDatabase } from '../intake-database.fixture.js';
import { PostgresSourceStore } from '../sources/source.store.postgres.js';
import { describeCompletionStoreContract } from './completion.store.contract.js';
import { PostgresCompletionStore } from './completion.store.postgres.js';

const opened = intakeDatabase();

describeCompletionStoreContract('PostgreSQL', async () => {
  await opened.dataSource.query('truncate source cascade');
  return { sources: new PostgresSourceStore(opened.dataSource, KeyRing.parse(TEST_KEYS)), store: new PostgresCompletionStore(opened.dataSource) };
});
