import { eventually } from '@handoff/testing';
import { intakeDatabase } from '../intake-database.fixture.js';
import { describeSpoolStoreContract } from './spool.store.contract.js';
import { PostgresSpoolStore } from './spool.store.postgres.js';

const opened = intakeDatabase();

async function anEmptySpool(): Promise<PostgresSpoolStore> {
  await opened.dataSource.query('truncate spool');
  return new PostgresSpoolStore(opened.dataSource);
}

describeSpoolStoreContract('PostgreSQL', anEmptySpool);

describe('whoever drains the spool', () => {
  it('cannot go on when its connection was lost, and another can', async () => {
    const store = await anEmptySpool();
    await store.add([{ topic: 't', key: 'k', value: '1', headers: {} }]);
    const lost = await store.drain();
    await opened.database.query("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())");
    const next = await eventually(async () => {
      const drain = await store.drain();
      expect(drain).not.toBeNull();
      return drain;
    });
    await expect(lost?.oldest(1)).rejects.toThrow();
    await lost?.end();
    expect(await next?.oldest(1)).toMatchObject([{ value: '1' }]);
    await next?.end();
  });
});
