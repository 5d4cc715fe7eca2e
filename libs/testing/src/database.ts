import { randomBytes } from 'node:crypto';
import pg from 'pg';

export interface TestDatabase {
  readonly url: string;
  query<R extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<R[]>;
  drop(): Promise<void>;
}

/** A database of its own for one suite, on the engine of the test run. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const adminUrl = engineOf('TEST_DATABASE_URL');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await once(adminUrl, `create database ${name}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  const pool = new pg.Pool({ connectionString: url.href, max: 2 });
  pool.on('error', () => undefined);
  return {
    url: url.href,
    query: async (sql, values) => (await pool.query(sql, values)).rows as never,
    drop: async () => {
      await pool.end();
      await once(adminUrl, `drop database ${name} with (force)`);
    },
  };
}

/** The brokers of the test run. */
export function testBrokers(): string[] {
  return engineOf('TEST_KAFKA_BROKERS').split(',');
}

function engineOf(variable: string): string {
  const value = process.env[variable];
  if (value === undefined) throw new Error(`${variable} is not set: run this suite through jest, whose global setup starts the engines.`);
  return value;
}

async function once(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
