import { type EventPublisher, OutboxPublisher } from '@handoff/messaging';
import { createTestDatabase, type TestDatabase } from '@handoff/testing';
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
