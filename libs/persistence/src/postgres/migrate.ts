import type { DataSource } from 'typeorm';

/** The database cannot serve this version; the message says what to do. */
export class SchemaMismatch extends Error {
  override readonly name = 'SchemaMismatch';
}

/**
 * Brings the schema to what this version needs, or checks that it is there. Migrations only go forward.
 * An advisory lock lets one of several starting instances do it while the others wait.
 * @throws SchemaMismatch when the database is newer than this version, or older and `migrate` is off.
 */
export async function prepareSchema(dataSource: DataSource, { schema, migrate }: { readonly schema: string; readonly migrate: boolean }): Promise<void> {
  const lock = dataSource.createQueryRunner();
  try {
    await lock.query('select pg_advisory_lock(hashtext($1))', [`handoff-migrate-${schema}`]);
    await createSchemaIfMissing(lock, schema);
    await refuseNewerDatabase(dataSource, lock, schema);
    const isBehind = await dataSource.showMigrations();
    if (!isBehind) return;
    if (!migrate) throw new SchemaMismatch(`The schema '${schema}' is behind this version. Start once with MIGRATE_ON_START=true, or run the migrations from a release job.`);
    await dataSource.runMigrations({ transaction: 'each' });
  } finally {
    await lock.query('select pg_advisory_unlock(hashtext($1))', [`handoff-migrate-${schema}`]).catch(() => undefined);
    await lock.release();
  }
}

interface Queryable {
  query(sql: string, parameters?: unknown[]): Promise<unknown>;
}

async function createSchemaIfMissing(connection: Queryable, schema: string): Promise<void> {
  const [found] = (await connection.query('select 1 from pg_namespace where nspname = $1', [schema])) as unknown[];
  if (found === undefined) await connection.query(`create schema "${schema}"`);
}

async function refuseNewerDatabase(dataSource: DataSource, connection: Queryable, schema: string): Promise<void> {
  const [table] = (await connection.query('select 1 from pg_tables where schemaname = $1 and tablename = $2', [schema, 'migration'])) as unknown[];
  if (table === undefined) return;
  const done = (await connection.query('select name from migration')) as { name: string }[];
  const known = new Set(dataSource.migrations.map((migration) => migration.name ?? migration.constructor.name));
  const unknown = done.map(({ name }) => name).filter((name) => !known.has(name));
  if (unknown.length > 0) {
    throw new SchemaMismatch(`The schema '${schema}' was changed by a newer version (${unknown.join(', ')}). Start that version, or a newer one: migrations only go forward.`);
  }
}
