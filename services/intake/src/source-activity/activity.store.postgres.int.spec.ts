import { KeyRing } from '@handoff/secrets';
import { TEST_KEYS } from '@handoff/testing';
import { intakeDatabase } from '../intake-database.fixture.js';
import { aSource } from '../sources/source.store.contract.js';
import { PostgresSourceStore } from '../sources/source.store.postgres.js';
import { aCount, describeActivityStoreContract } from './activity.store.contract.js';
import { PostgresActivityStore } from './activity.store.postgres.js';

const opened = intakeDatabase();
let sources: PostgresSourceStore;

beforeAll(() => {
  sources = new PostgresSourceStore(opened.dataSource, KeyRing.parse(TEST_KEYS));
});

async function makeStore(): Promise<PostgresActivityStore> {
  await opened.dataSource.query('truncate source cascade');
  for (const source of ['desk', 'other']) await sources.add(aSource({ source }), null);
  return new PostgresActivityStore(opened.dataSource);
}

describeActivityStoreContract('PostgreSQL', makeStore);

describe('counting for a source', () => {
  it('waits for its removal to be decided, and does not fail with it', async () => {
    const store = await makeStore();
    const removal = opened.dataSource.createQueryRunner();
    await removal.startTransaction();
    await removal.query("delete from source where source = 'desk'");
    const counting = store.add([aCount(), aCount({ source: 'other' })]);
    await removal.commitTransaction();
    await removal.release();
    await counting;
    expect([...(await store.read(['desk', 'other'], new Date(0))).keys()]).toEqual(['other']);
  });
});
