import { OutboxPublisher } from '@handoff/messaging';
import { createDataSource, MESSAGING_MIGRATIONS, PostgresOutboxStore, PostgresTransactions, prepareSchema } from '@handoff/persistence';
import { openSealedRows } from '@handoff/platform';
import { KeyRing } from '@handoff/secrets';
import { createTestDatabase, TEST_KEYS, type TestDatabase } from '@handoff/testing';
import type { DataSource } from 'typeorm';
import { describeForeignTicketStore } from './channels/ticketing/foreign-ticket.store.contract.js';
import { PostgresForeignTicketStore } from './channels/ticketing/foreign-ticket.store.postgres.js';
import { PostgresDeliveryStore } from './deliver/delivery.store.postgres.js';
import { describeChannelStore } from './manage-channels/channel.store.contract.js';
import { PostgresChannelStore, SEALED_COLUMNS } from './manage-channels/channel.store.postgres.js';
import { aChannel } from './notification/notification.builders.js';
import { NOTIFIER_MIGRATIONS } from './migrations/index.js';
import { describeNotificationStores } from './notification/notification.store.contract.js';
import { PostgresPlanStore } from './plan-notifications/plan.store.postgres.js';
import { PostgresReminderStore } from './suppress-reminders/reminder.store.postgres.js';
import { PostgresNotificationStore } from './show-notifications/notification.store.postgres.js';
import { describeSuppressionStore } from './suppress/suppression.store.contract.js';
import { PostgresSuppressionStore } from './suppress/suppression.store.postgres.js';

const SCHEMA = 'notifier';

interface Opened {
  readonly database: TestDatabase;
  readonly dataSource: DataSource;
  readonly transactions: PostgresTransactions;
  close(): Promise<void>;
}

async function open(): Promise<Opened> {
  const database = await createTestDatabase();
  const dataSource = await createDataSource({ url: database.url, schema: SCHEMA, connectionsMax: 6, migrations: [...MESSAGING_MIGRATIONS, ...NOTIFIER_MIGRATIONS] }).initialize();
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
    transactions, plans: new PostgresPlanStore(), deliveries: new PostgresDeliveryStore(dataSource), notifications: new PostgresNotificationStore(dataSource), reminders: new PostgresReminderStore(dataSource),
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
  return { store: new PostgresChannelStore(dataSource, KeyRing.parse(TEST_KEYS)), transactions, close };
});

describeForeignTicketStore('PostgreSQL', async () => {
  const { dataSource, transactions, close } = await open();
  return { store: new PostgresForeignTicketStore(dataSource), transactions, close };
});

describeSuppressionStore('PostgreSQL', async () => {
  const { dataSource, transactions, close } = await open();
  const mine = new PostgresOutboxStore(dataSource);
  await mine.open();
  return {
    transactions, suppressions: new PostgresSuppressionStore(), plans: new PostgresPlanStore(), deliveries: new PostgresDeliveryStore(dataSource), notifications: new PostgresNotificationStore(dataSource), owner: mine.owner,
    close: async () => {
      await mine.close();
      await close();
    },
  };
});

describe('the secret of a channel in PostgreSQL', () => {
  it('that an earlier version left unsealed is sealed at the start, and signs as before', async () => {
    const { dataSource, close } = await open();
    const channel = aChannel({ secret: null });
    const ring = KeyRing.parse(TEST_KEYS);
    const store = new PostgresChannelStore(dataSource, ring);
    await store.add(channel);
    await dataSource.query("update channel set secret = 'whsec_plain'");
    expect(await store.withSecrets([channel.channelId])).toMatchObject([{ secret: 'whsec_plain' }]);
    await openSealedRows(dataSource, ring, SEALED_COLUMNS);
    expect(await dataSource.query('select secret, sealed from channel')).toEqual([{ secret: null, sealed: expect.stringMatching(/^s1\.of-tests\./) }]);
    expect(await store.withSecrets([channel.channelId])).toMatchObject([{ secret: 'whsec_plain' }]);
    await store.change(channel.channelId, { secret: 'whsec_another' }, new Date());
    expect(await store.withSecrets([channel.channelId])).toMatchObject([{ secret: 'whsec_another' }]);
    await close();
  });
});
