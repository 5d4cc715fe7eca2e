import { createDataSource, prepareSchema } from '@handoff/persistence';
import { createTestDatabase, type TestDatabase } from '@handoff/testing';
import type { DataSource } from 'typeorm';
import { INTAKE_MIGRATIONS } from './migrations.js';

/** There once the tests of the file run. */
export interface IntakeDatabase {
  readonly database: TestDatabase;
  readonly dataSource: DataSource;
}

/** A database with the tables of intake, for the tests of one file. */
export function intakeDatabase(): IntakeDatabase {
  let database: TestDatabase | undefined;
  let dataSource: DataSource | undefined;

  beforeAll(async () => {
    database = await createTestDatabase();
    dataSource = await createDataSource({ url: database.url, schema: 'intake', connectionsMax: 4, migrations: INTAKE_MIGRATIONS }).initialize();
    await prepareSchema(dataSource, { schema: 'intake', migrate: true });
  });

  afterAll(async () => {
    await dataSource?.destroy();
    await database?.drop();
  });

  return {
    get database() {
      return opened(database);
    },
    get dataSource() {
      return opened(dataSource);
    },
  };
}

function opened<T>(what: T | undefined): T {
  if (what === undefined) throw new Error('The database is opened before the first test of the file, not before that.');
  return what;
}
