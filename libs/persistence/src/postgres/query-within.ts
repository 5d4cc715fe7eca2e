import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';

/** The server did not answer in time; `isUnavailable` counts it as being away. */
export class DatabaseLate extends Error {
  override readonly name = 'DatabaseLate';
  readonly code = 'ETIMEDOUT';
}

/**
 * A query for which somebody waits. After `msMax` it is given up and its connection closed, so that a server that hangs
 * does not use up the pool. What it would have written may have been written all the same.
 * @throws DatabaseLate
 */
export async function queryWithin<R>(dataSource: DataSource, msMax: number, sql: string, parameters: unknown[] = []): Promise<R> {
  const runner = dataSource.createQueryRunner();
  const { promise: late, reject } = Promise.withResolvers<never>();
  let connection: (PoolClient & { end(): Promise<void> }) | undefined;
  let isLate = false;
  const giveUp = (): void => {
    isLate = true;
    reject(new DatabaseLate(`PostgreSQL did not answer within ${msMax} ms.`));
    void connection?.end();
  };
  let isAnswered = false;
  // A process that stood still finds its timers due before it reads what came meanwhile: it reads first.
  const timer = setTimeout(() => setImmediate(() => (isAnswered ? undefined : giveUp())), msMax);
  const answer = async (): Promise<R> => {
    try {
      connection = (await runner.connect()) as typeof connection;
      // It got its connection when nobody waited any more.
      if (isLate) return await late;
      return (await runner.query(sql, parameters)) as R;
    } finally {
      await runner.release();
    }
  };
  try {
    return await Promise.race([answer(), late]);
  } finally {
    isAnswered = true;
    clearTimeout(timer);
  }
}
