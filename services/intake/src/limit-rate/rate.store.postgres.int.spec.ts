import { intakeDatabase } from '../intake-database.fixture.js';
import { describeRateStoreContract, type RateStoreUnderTest } from './rate.store.contract.js';
import { PostgresRateStore } from './rate.store.postgres.js';

const opened = intakeDatabase();

describeRateStoreContract('PostgreSQL', async (): Promise<RateStoreUnderTest> => {
  await opened.dataSource.query('truncate source_rate, source_rate_spender');
  return {
    store: new PostgresRateStore(opened.dataSource),
    pass: async (seconds) => {
      for (const table of ['source_rate', 'source_rate_spender']) await opened.dataSource.query(`update ${table} set at = at - make_interval(secs => $1)`, [seconds]);
    },
    size: async () => Number((await opened.dataSource.query<{ count: string }[]>('select count(*) from source_rate'))[0]?.count),
  };
});
