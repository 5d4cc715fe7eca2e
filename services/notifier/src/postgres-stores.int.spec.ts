import { OutboxPublisher } from '@handoff/messaging';
import { createDataSource, Messaging1700000000001, PostgresOutboxStore, PostgresTransactions, prepareSchema } from '@handoff/persistence';
import { createTestDatabase, type TestDatabase } from '@handoff/testing';
import type { DataSource } from 'typeorm';
import { PostgresDeliveryStore } from './deliver/delivery.store.postgres.js';
import { describeChannelStore } from './manage-channels/channel.store.contract.js';
import { PostgresChannelStore } from './manage-channels/channel.store.postgres.js';
import { Notifier1700000002001 } from './migrations/000001-notifier.js';
import { describeNotificationStores } from './notification/notification.store.contract.js';
import { PostgresPlanStore } from './plan-notifications/plan.store.postgres.js';
import { PostgresNotificationStore } from './show-notifications/notification.store.postgres.js';

const SCHEMA = 'notifier';

interface Opened {
  readonly database: TestDatabase;
  readonly dataSource: DataSource;
  readonly transactions: PostgresTransactions;
  close(): Promise<void>;
}

async function open(): Promise<Opened> {
  const database = await createTestDatabase();
  const dataSource = await createDataSource({ url: database.url, schema: SCHEMA, connectionsMax: 6, migrations: [Messaging1700000000001, Notifier1700000002001] }).initialize();
  await prepareSchema(dataSource, { schema: SCHEMA, migrate: true });
  const publisher = { publish: () => Promise.resolve(), check: () => Promise.resolve(), close: () => Promise.resolve() };
  const outbox = new OutboxPublisher({ store: new PostgresOutboxStore(dataSource), publisher, sweepIntervalMs: 3_600_000, onError: () => undefined });
  return {
    database, dataSource, transactions: new PostgresTransactions(dataSource, outbox),
    close: async () => {
      await dataSource.destroy();
      await database.drop();
    },
  };
}

describeNotificationStores('PostgreSQL', async () => {
  const { dataSource, transactions, close } = await open();
  const [mine, other] = [new PostgresOutboxStore(dataSource), new PostgresOutboxStore(dataSource)];
  await mine.open();
  await other.open();
  return {
    transactions, plans: new PostgresPlanStore(), deliveries: new PostgresDeliveryStore(dataSource), notifications: new PostgresNotificationStore(dataSource),
    owner: mine.owner, other: other.owner, killOther: () => other.close(),
    close: async () => {
      await mine.close();
      await other.close();
      await close();
    },
  };
});

describeChannelStore('PostgreSQL', async () => {
  const { dataSource, transactions, close } = await open();
  return { store: new PostgresChannelStore(dataSource), transactions, close };
});
