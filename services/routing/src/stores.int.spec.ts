import { createDataSource, MESSAGING_MIGRATIONS, PostgresTransactions, prepareSchema } from '@handoff/persistence';
import { createTestDatabase } from '@handoff/testing';
import { describeTicketCopyStoreContract } from './copies/ticket-copy.store.contract.js';
import { PostgresTicketCopyStore } from './copies/ticket-copy.store.postgres.js';
import { DIRECTORY_ENTITIES } from './directory/directory.entity.js';
import { describeDirectoryStoreContract, type StoreHarness } from './directory/directory.store.contract.js';
import { PostgresDirectoryStore } from './directory/directory.store.postgres.js';
import { describeEntryStoreContract } from './directory/entry.store.contract.js';
import { PostgresEntryStore } from './directory/entry.store.postgres.js';
import { describeKeyConflictStoreContract } from './key-conflicts/key-conflict.store.contract.js';
import { PostgresKeyConflictStore } from './key-conflicts/key-conflict.store.postgres.js';
import { describeMatrixStoreContract } from './matrix/matrix.store.contract.js';
import { PostgresMatrixStore } from './matrix/matrix.store.postgres.js';
import { ROUTING_MIGRATIONS } from './migrations/index.js';
import { describeServiceRequestStoreContract } from './service-request/service-request.store.contract.js';
import { PostgresServiceRequestStore } from './service-request/service-request.store.postgres.js';
import { describeTicketStoreContract } from './tickets/ticket.store.contract.js';
import { PostgresTicketStore } from './tickets/ticket.store.postgres.js';

async function inPostgres<S>(store: S): Promise<StoreHarness<S>> {
  const database = await createTestDatabase();
  const dataSource = await createDataSource({ url: database.url, schema: 'routing', connectionsMax: 3, migrations: [...MESSAGING_MIGRATIONS, ...ROUTING_MIGRATIONS], entities: DIRECTORY_ENTITIES }).initialize();
  await prepareSchema(dataSource, { schema: 'routing', migrate: true });
  return {
    transactions: new PostgresTransactions(dataSource, { owner: '1', handOff: () => Promise.resolve() }),
    store,
    close: async () => {
      await dataSource.destroy();
      await database.drop();
    },
  };
}

describeDirectoryStoreContract('postgres', () => inPostgres(new PostgresDirectoryStore()));
describeTicketStoreContract('postgres', () => inPostgres(new PostgresTicketStore()));
describeServiceRequestStoreContract('postgres', () => inPostgres(new PostgresServiceRequestStore()));
describeMatrixStoreContract('postgres', () => inPostgres(new PostgresMatrixStore()));
describeTicketCopyStoreContract('postgres', () => inPostgres(new PostgresTicketCopyStore()));
describeKeyConflictStoreContract('postgres', () => inPostgres(new PostgresKeyConflictStore()));
describeEntryStoreContract('postgres', () => inPostgres({ directory: new PostgresDirectoryStore(), entries: new PostgresEntryStore() }));
