import { createDataSource, MESSAGING_MIGRATIONS, PostgresTransactions, prepareSchema } from '@handoff/persistence';
import { createTestDatabase, type TestDatabase } from '@handoff/testing';
import type { DataSource } from 'typeorm';
import { ROUTING_MIGRATIONS } from '../migrations/index.js';
import { DEMO_DIRECTORY } from './demo-directory.fixture.js';
import { PostgresDirectoryStore } from './directory.store.postgres.js';

let database: TestDatabase;
let dataSource: DataSource;
const store = new PostgresDirectoryStore();

async function open(migrations: readonly (typeof ROUTING_MIGRATIONS)[number][]): Promise<void> {
  dataSource = await createDataSource({ url: database.url, schema: 'routing', connectionsMax: 3, migrations: [...MESSAGING_MIGRATIONS, ...migrations] }).initialize();
  await prepareSchema(dataSource, { schema: 'routing', migrate: true });
}

const query = <R extends object>(sql: string) => database.query<R>(sql.replaceAll(/\b(directory_history|directory_change|publisher|subscription)\b/g, 'routing.$1'));
const save = (content: object) => new PostgresTransactions(dataSource, { owner: '1', handOff: () => Promise.resolve() })
  .run((tx) => store.save(tx, { publishers: [], offers: [], partners: [], customers: [], subscriptions: [], agreements: [], ...content }));

beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await dataSource.destroy();
  await database.drop();
});

describe('the history that the database keeps', () => {
  it('begins with what was there before, at the time of the migration', async () => {
    await open(ROUTING_MIGRATIONS.slice(0, 1));
    await database.query(`insert into routing.publisher (id, document) values ('contoso', '{"id": "contoso", "name": "Contoso"}')`);
    await dataSource.destroy();
    await open(ROUTING_MIGRATIONS);
    expect(await query('select kind, id, revision, changed_by, document from directory_history')).toEqual([{ kind: 'publisher', id: 'contoso', revision: 1, changed_by: 'system', document: { id: 'contoso', name: 'Contoso' } }]);
    expect(await query('select * from directory_change')).toEqual([]);
  });

  it('follows every writer, also one that knows nothing of it, and many rows at once', async () => {
    await open(ROUTING_MIGRATIONS);
    await dataSource.query(`insert into publisher (id, document) select 'p' || n, jsonb_build_object('id', 'p' || n, 'name', 'old') from generate_series(1, 500) n`);
    await dataSource.query(`update publisher set document = document || '{"name": "new"}' where id <= 'p2'`);
    await dataSource.query(`delete from publisher where id = 'p1'`);
    expect(await query(`select revision, document ->> 'name' as name from directory_history where id = 'p1' order by revision`)).toEqual([{ revision: 1, name: 'old' }, { revision: 2, name: 'new' }, { revision: 3, name: null }]);
    const [{ updated } = { updated: 0 }] = await query<{ updated: number }>(`select count(*)::int as updated from publisher where document ->> 'name' = 'new'`);
    const [changes] = await query('select count(*)::int as rows, count(distinct id)::int as ids from directory_change');
    expect(changes).toEqual({ rows: 500 + updated + 2, ids: 500 });
  });

  it('holds no revision of a document that an upsert did not change', async () => {
    await open(ROUTING_MIGRATIONS);
    await save(DEMO_DIRECTORY);
    const before = await query('select kind, id, revision from directory_history order by 1, 2, 3');
    await save(DEMO_DIRECTORY);
    await dataSource.query('update publisher set document = document');
    expect(await query('select kind, id, revision from directory_history order by 1, 2, 3')).toEqual(before);
  });

  it('goes on counting for all that come back in one statement', async () => {
    await open(ROUTING_MIGRATIONS);
    await save({ publishers: DEMO_DIRECTORY.publishers });
    await dataSource.query('delete from publisher');
    await save({ publishers: [...DEMO_DIRECTORY.publishers, { id: 'new', name: 'New' }] });
    expect(await query('select id, revision from publisher order by id')).toEqual([{ id: 'contoso', revision: 3 }, { id: 'new', revision: 1 }, { id: 'tailspin', revision: 3 }]);
  });

  it('takes a subscription whose customer and offer nobody knows yet, and says that they changed when they come', async () => {
    await open(ROUTING_MIGRATIONS);
    await save({ subscriptions: DEMO_DIRECTORY.subscriptions.slice(0, 1) });
    await save({ offers: DEMO_DIRECTORY.offers.slice(0, 1) });
    expect(await query('select kind, id from directory_change order by seq')).toEqual([{ kind: 'subscription', id: 'woodgrove-crm' }, { kind: 'offer', id: 'contoso-crm' }]);
  });

  it('takes the last of several entries with one id in one load', async () => {
    await open(ROUTING_MIGRATIONS);
    await save({ publishers: [{ id: 'p', name: 'first' }, { id: 'p', name: 'last' }] });
    expect(await query(`select revision, document ->> 'name' as name from publisher`)).toEqual([{ revision: 1, name: 'last' }]);
  });
});
