import { DataSource, type DataSourceOptions, type MigrationInterface } from 'typeorm';

export interface DatabaseSettings {
  readonly url: string;
  /** The service's own schema: it reads and writes no other. */
  readonly schema: string;
  readonly connectionsMax: number;
  readonly entities?: readonly (new () => object)[];
  /** In order, the service's own after those of this library. */
  readonly migrations: readonly (new () => MigrationInterface)[];
}

const STATEMENT_TIMEOUT_MS = 30_000;

/** A TypeORM data source bound to one schema. `synchronize` is off: only migrations change tables. */
export function createDataSource(settings: DatabaseSettings): DataSource {
  const options: DataSourceOptions = {
    type: 'postgres',
    url: settings.url,
    schema: settings.schema,
    entities: [...(settings.entities ?? [])],
    migrations: [...settings.migrations],
    migrationsTableName: 'migration',
    synchronize: false,
    logging: false,
    poolErrorHandler: () => undefined,
    extra: {
      max: settings.connectionsMax,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
      statement_timeout: STATEMENT_TIMEOUT_MS,
      // Compiling a statement pays where it runs for seconds; here it would be most of the time that a statement takes.
      options: `-c search_path=${settings.schema} -c jit=off`,
      application_name: `handoff-${settings.schema}`,
    },
  };
  return new DataSource(options);
}
