import { createDataSource, MESSAGING_MIGRATIONS, PostgresTransactions, prepareSchema } from '@handoff/persistence';
import { createTestDatabase } from '@handoff/testing';
import type { DataSource } from 'typeorm';
import { CONSOLE_MIGRATIONS } from './migrations/index.js';

const CONNECTIONS_MAX = 6;

/** A database of a test's own, with the tables of the console. */
export interface ConsoleDatabase {
  readonly dataSource: DataSource;
  readonly transactions: PostgresTransactions;
  close(): Promise<void>;
}

export async function openConsoleDatabase(): Promise<ConsoleDatabase> {
  const database = await createTestDatabase();
  const dataSource = await createDataSource({ url: database.url, schema: 'console', connectionsMax: CONNECTIONS_MAX, migrations: [...MESSAGING_MIGRATIONS, ...CONSOLE_MIGRATIONS] }).initialize();
  await prepareSchema(dataSource, { schema: 'console', migrate: true });
  return {
    dataSource, transactions: new PostgresTransactions(dataSource, { owner: '1', handOff: () => Promise.resolve() }),
    close: async () => {
      await dataSource.destroy();
      await database.drop();
    },
  };
}
