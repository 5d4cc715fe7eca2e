import pg from 'pg';
import { engineProblem } from '../engine-answers.js';

export interface PostgresQuestion {
  readonly url: string;
  readonly timeoutMs: number;
  /** Ends the wait early, with the reason: the server's process has ended. */
  readonly ended?: () => string | undefined;
}

/** Waits until `select 1` is answered. Answers undefined then, and the reason when it never was. */
export async function postgresProblem(question: PostgresQuestion): Promise<string | undefined> {
  return engineProblem(() => withClient(question.url, (client) => client.query('select 1')), {
    ...question,
    intervalMs: 100,
    describe,
    isFinal,
  });
}

/** Runs some work on one connection and closes it. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  // A connection that breaks while idle is reported here; the next query fails anyway.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Waiting does not mend a wrong password (28) or a database that does not exist (3D000). */
function isFinal(error: unknown): boolean {
  const code = (error as { code?: string }).code ?? '';
  return code.startsWith('28') || code === '3D000';
}

function describe(error: unknown): string {
  if (error instanceof AggregateError && error.errors[0] instanceof Error) return error.errors[0].message;
  return error instanceof Error ? error.message : String(error);
}
