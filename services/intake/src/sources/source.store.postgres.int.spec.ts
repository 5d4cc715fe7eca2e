import { createDataSource, prepareSchema } from '@handoff/persistence';
import { openSealedRows } from '@handoff/platform';
import { KeyRing } from '@handoff/secrets';
import { createTestDatabase, TEST_KEYS } from '@handoff/testing';
import type { DataSource } from 'typeorm';
import { intakeDatabase } from '../intake-database.fixture.js';
import { INTAKE_MIGRATIONS } from '../migrations.js';
import { describeSourceStoreContract } from './source.store.contract.js';
import { PostgresSourceStore, SEALED_COLUMNS } from './source.store.postgres.js';

const opened = intakeDatabase();

describeSourceStoreContract('PostgreSQL', async () => {
  await opened.dataSource.query('truncate source cascade');
  return new PostgresSourceStore(opened.dataSource, KeyRing.parse(TEST_KEYS));
});

describe('a database of an earlier version', () => {
  it('has its secrets sealed at the start, and they hold as before', async () => {
    const earlier = await createTestDatabase();
    const open = (migrations: typeof INTAKE_MIGRATIONS): Promise<DataSource> => createDataSource({ url: earlier.url, schema: 'intake', connectionsMax: 2, migrations }).initialize();
    const old = await open(INTAKE_MIGRATIONS.slice(0, 2));
    await prepareSchema(old, { schema: 'intake', migrate: true });
    await old.query(`insert into source (source, adapter, mapping, created_at, updated_at) values ('desk', 'zendesk', '{}', '2026-01-01', '2026-01-01')`);
    await old.query(`insert into source_secret (source, secret, expires_at) values ('desk', 'the old one', '2026-12-01'), ('desk', 'the new one', null)`);
    await old.destroy();
    const now = await open(INTAKE_MIGRATIONS);
    await prepareSchema(now, { schema: 'intake', migrate: true });
    const ring = KeyRing.parse(TEST_KEYS);
    await openSealedRows(now, ring, SEALED_COLUMNS);
    const [row] = await now.query<{ text: string }[]>('select string_agg(source_secret::text, \' \') as text from source_secret');
    expect(row?.text).not.toMatch(/the (old|new) one/);
    expect((await new PostgresSourceStore(now, ring).find('desk'))?.secrets).toMatchObject([
      { secret: 'the new one', createdAt: '2026-01-01T00:00:00.000Z', expiresAt: null }, { secret: 'the old one', expiresAt: '2026-12-01T00:00:00.000Z' },
    ]);
    await now.destroy();
    await earlier.drop();
  });
});
