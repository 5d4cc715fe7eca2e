import { decodeEvent, encodeEvent } from '@handoff/contracts';
import { type EventPublisher, OutboxPublisher, type OutgoingRecord } from '@handoff/messaging';
import { aTicketReceived, createTestDatabase, eventually, TcpProxy, type TestDatabase } from '@handoff/testing';
import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm';
import { describeTransactionsContract } from '../transactions.contract.js';
import { createDataSource } from './data-source.js';
import { MESSAGING_MIGRATIONS } from './messaging.migration.js';
import { prepareSchema, SchemaMismatch } from './migrate.js';
import { PostgresOutboxStore } from './postgres.outbox.js';
import { PostgresTransactions } from './postgres.transactions.js';

const SCHEMA = 'contract';

async function openDataSource(url: string, migrations: readonly (new () => MigrationInterface)[] = MESSAGING_MIGRATIONS): Promise<DataSource> {
  const dataSource = createDataSource({ url, schema: SCHEMA, connectionsMax: 4, migrations });
  return dataSource.initialize();
}

describeTransactionsContract('postgres', async () => {
  const database = await createTestDatabase();
  const opened: { dataSource: DataSource; outbox: OutboxPublisher }[] = [];
  return {
    instance: async (publish) => {
      const dataSource = await openDataSource(database.url);
      await prepareSchema(dataSource, { schema: SCHEMA, migrate: true });
      const publisher: EventPublisher = { publish, check: () => Promise.resolve(), close: () => Promise.resolve() };
      const store = new PostgresOutboxStore(dataSource);
      const outbox = new OutboxPublisher({ store, publisher, sweepIntervalMs: 3_600_000, onError: () => undefined });
      await outbox.start();
      opened.push({ dataSource, outbox });
      return {
        transactions: new PostgresTransactions(dataSource, outbox), outbox,
        // The server ends the sessions of the instance, as it does when their process is gone.
        die: async () => {
          const [session] = await dataSource.query<{ pid: number }[]>('select pg_backend_pid() as pid');
          await database.query("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and ((classid::bigint << 32) | objid::bigint) = $1::bigint and pid <> $2", [store.owner, session?.pid]);
        },
      };
    },
    outboxSize: async () => Number((await database.query<{ n: string }>(`select count(*) as n from ${SCHEMA}.outbox`))[0]?.n),
    close: async () => {
      for (const { dataSource, outbox } of opened.splice(0)) {
        await outbox.close(0);
        await dataSource.destroy();
      }
      await database.drop();
    },
  };
});

describe('a commit whose answer is lost', () => {
  let database: TestDatabase;
  let proxy: TcpProxy;
  let dataSource: DataSource;
  let store: PostgresOutboxStore;
  let outbox: OutboxPublisher;
  const published: string[] = [];

  beforeEach(async () => {
    published.length = 0;
    database = await createTestDatabase();
    const url = new URL(database.url);
    proxy = await TcpProxy.open({ host: url.hostname, port: Number(url.port) });
    url.hostname = '127.0.0.1';
    url.port = String(proxy.port);
    dataSource = await openDataSource(url.href);
    await prepareSchema(dataSource, { schema: SCHEMA, migrate: true });
    store = new PostgresOutboxStore(dataSource);
    const publish: EventPublisher['publish'] = (records) => Promise.resolve(void published.push(...records.map((record) => decodeEvent(record as OutgoingRecord).id)));
    outbox = new OutboxPublisher({ store, publisher: { publish, check: () => Promise.resolve(), close: () => Promise.resolve() }, sweepIntervalMs: 3_600_000, onError: () => undefined });
    await outbox.start();
  });
  afterEach(async () => {
    await outbox.close(0);
    await dataSource.destroy();
    await proxy.close();
    await database.drop();
  });
  const outboxSize = async () => Number((await database.query<{ n: string }>(`select count(*) as n from ${SCHEMA}.outbox`))[0]?.n);

  it('loses none of its events, and none overtakes them', async () => {
    const transactions = new PostgresTransactions(dataSource, outbox);
    const work = (id: string) => transactions.run(async (tx) => {
      if ((await tx.inbox.accept([id])).has(id)) await tx.outbox.add([aTicketReceived({ id })]);
    });
    await work('1');
    proxy.loseAnswerTo('COMMIT');
    await expect(work('2')).rejects.toMatchObject({ message: expect.any(String) });
    // As the runner does: the same again, of which the inbox knows already.
    await work('2');
    await work('3');
    await eventually(async () => expect(await outboxSize()).toBe(0));
    expect(published).toEqual(['1', '2', '3']);
  });

  it('loses no event that was taken over from a dead process', async () => {
    await database.query(`insert into ${SCHEMA}.outbox (owner, topic, key, headers, value) select 4711, topic, key, headers, value from json_to_record($1) as r (topic text, key text, headers json, value text)`, [JSON.stringify({ topic: 'handoff.intake', ...encodeEvent(aTicketReceived({ id: 'left' })) })]);
    proxy.loseAnswerTo('COMMIT');
    await expect(outbox.sweep()).rejects.toMatchObject({ message: expect.any(String) });
    await outbox.sweep();
    await eventually(async () => expect(await outboxSize()).toBe(0));
    expect(published).toEqual(['left']);
  });

  it('is known by the server: how a transaction ended, and that one has not', async () => {
    const id = async (runner: QueryRunner): Promise<string> => ((await runner.query('select pg_current_xact_id() as id')) as { id: string }[])[0]?.id ?? '';
    const runner = dataSource.createQueryRunner();
    await runner.startTransaction();
    const [committed] = [await id(runner)];
    await expect(store.wasCommitted(committed, [])).rejects.toThrow('still under way');
    await runner.commitTransaction();
    expect(await store.wasCommitted(committed, [])).toBe(true);
    await runner.startTransaction();
    const aborted = await id(runner);
    await runner.rollbackTransaction();
    await runner.release();
    expect(await store.wasCommitted(aborted, [])).toBe(false);
    // Of a server that came in the place of another: what lies in the table counts.
    expect(await store.wasCommitted('9223372036854775807', [])).toBe(false);
  });
});

class Later1800000000000 implements MigrationInterface {
  name = 'Later1800000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create table later (id integer)');
  }

  down(): Promise<void> {
    throw new Error('forward only');
  }
}

describe('the schema at start', () => {
  let database: TestDatabase;
  const opened: DataSource[] = [];
  const start = async (migrate: boolean, ...more: (new () => MigrationInterface)[]): Promise<void> => {
    const dataSource = await openDataSource(database.url, [...MESSAGING_MIGRATIONS, ...more]);
    opened.push(dataSource);
    await prepareSchema(dataSource, { schema: SCHEMA, migrate });
  };

  beforeEach(async () => {
    database = await createTestDatabase();
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((dataSource) => dataSource.destroy()));
    await database.drop();
  });

  it('is brought forward once, also by several instances that start together', async () => {
    await Promise.all([start(true), start(true), start(true)]);
    expect(await database.query(`select name from ${SCHEMA}.migration`)).toEqual(MESSAGING_MIGRATIONS.map(({ name }) => ({ name })));
  });

  it('is refused when it is behind and migrating is off, with what to do', async () => {
    await expect(start(false)).rejects.toThrow(SchemaMismatch);
    await expect(start(false)).rejects.toThrow(/MIGRATE_ON_START/);
  });

  it('is refused when a newer version changed it', async () => {
    await start(true, Later1800000000000);
    await expect(start(true)).rejects.toThrow(/newer version \(Later1800000000000\)/);
  });
});
