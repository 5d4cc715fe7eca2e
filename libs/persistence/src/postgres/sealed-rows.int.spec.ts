import { KeyRing } from '@handoff/secrets';
import { createTestDatabase, type TestDatabase } from '@handoff/testing';
import type { DataSource } from 'typeorm';
import { createDataSource } from './data-source.js';
import { type SealedColumn, sealContextOf, SealedRows } from './sealed-rows.js';

const keyOf = (id: string, byte: number): string => `${id}:${Buffer.alloc(32, byte).toString('base64')}`;
const OLD = keyOf('old', 1);
const NEW = keyOf('new', 2);
const before = KeyRing.parse(OLD);
const after = KeyRing.parse(`${NEW} ${OLD}`);
const COLUMN: SealedColumn = { table: 'account', sealed: 'sealed', plain: 'password', id: 'id', row: 'name', purpose: 'login' };

let database: TestDatabase;
let dataSource: DataSource;

beforeAll(async () => {
  database = await createTestDatabase();
  dataSource = await createDataSource({ url: database.url, schema: 'public', connectionsMax: 2, migrations: [] }).initialize();
});
beforeEach(() => dataSource.query('create table account (id bigint generated always as identity primary key, name text not null, password text, sealed text)'));
afterEach(() => dataSource.query('drop table account'));
afterAll(async () => {
  await dataSource?.destroy();
  await database?.drop();
});

const rowsOf = (ring: KeyRing): SealedRows => new SealedRows(dataSource, ring, [COLUMN]);
const seal = (ring: KeyRing, name: string): string => ring.seal(`secret of ${name}`, sealContextOf(COLUMN, name));
const add = (name: string, sealed: string | null, password: string | null = null) => dataSource.query('insert into account (name, sealed, password) values ($1, $2, $3)', [name, sealed, password]);
const opened = async (ring: KeyRing): Promise<Record<string, string>> => {
  const rows = await dataSource.query<{ name: string; sealed: string }[]>('select name, sealed from account where sealed is not null order by id');
  return Object.fromEntries(rows.map(({ name, sealed }) => [name, ring.open(sealed, sealContextOf(COLUMN, name))]));
};

describe('secrets in the database', () => {
  it('that an earlier version left unsealed are sealed before they are used, and kept nowhere else', async () => {
    await add('a', null, 'secret of a');
    await add('b', seal(before, 'b'));
    await add('c', null);
    await rowsOf(before).prepare();
    expect(await opened(before)).toEqual({ a: 'secret of a', b: 'secret of b' });
    expect(await dataSource.query('select 1 from account where password is not null')).toEqual([]);
  });

  it('are counted by key, and those under an old one are named', async () => {
    await add('a', seal(before, 'a'));
    await add('b', seal(after, 'b'));
    expect(await rowsOf(after).standing()).toEqual({
      newestKey: 'new', keys: [{ key: 'new', secrets: 1, isInRing: true }, { key: 'old', secrets: 1, isInRing: true }], outdated: [{ table: 'account', row: 'a', key: 'old' }],
    });
  });

  it('go under the newest key when the keys are rotated, and need the old one no more', async () => {
    await add('a', seal(before, 'a'));
    await add('b', seal(after, 'b'));
    expect(await rowsOf(after).rotate()).toEqual({ resealed: 1 });
    const alone = KeyRing.parse(NEW);
    expect(await opened(alone)).toEqual({ a: 'secret of a', b: 'secret of b' });
    await rowsOf(alone).prepare();
    expect(await rowsOf(alone).rotate()).toEqual({ resealed: 0 });
  });

  it('are rotated on from where it stopped', async () => {
    for (let n = 1; n <= 250; n += 1) await add(`n${n}`, seal(before, `n${n}`));
    await dataSource.query("alter table account add constraint no_room check (name <> 'n170' or sealed like 's1.old.%')");
    await expect(rowsOf(after).rotate()).rejects.toThrow(/no_room/);
    expect((await rowsOf(after).standing()).keys).toMatchObject([{ key: 'new', secrets: 100 }, { key: 'old', secrets: 150 }]);
    await dataSource.query('alter table account drop constraint no_room');
    expect(await rowsOf(after).rotate()).toEqual({ resealed: 150 });
    expect(Object.keys(await opened(KeyRing.parse(NEW)))).toHaveLength(250);
  });

  it('that cannot be opened stay as they are and stay visible, and the others are rotated', async () => {
    await add('a', seal(before, 'of another row'));
    await add('b', seal(before, 'b'));
    expect(await rowsOf(after).rotate()).toEqual({ resealed: 1 });
    expect((await rowsOf(after).standing()).outdated).toEqual([{ table: 'account', row: 'a', key: 'old' }]);
  });

  it('stop the start while one is under a key that is not there', async () => {
    await add('a', seal(before, 'a'));
    await add('b', seal(before, 'b'));
    await expect(rowsOf(KeyRing.parse(NEW)).prepare()).rejects.toThrow("Secrets are sealed with keys that are not there: 'old' (2 secrets). The keys that are there: new.");
  });
});
