import { createTestDatabase, emptyTopics, type TestDatabase, testBrokers } from '@handoff/testing';
import { readConfig } from './config.js';
import { startConsole } from './start-console.js';

export const TOKEN = 'a-token-of-this-test-run';

/** A console on real engines, with a database of its own. */
export interface ConsoleUnderTest {
  readonly url: string;
  readonly database: TestDatabase;
  /** Calls it as a program does, or with other headers in the place of the token. */
  call(path: string, init?: RequestInit): Promise<Response>;
  /** As a browser that signed in; the answer is the headers of its page. */
  signIn(name: string): Promise<Record<string, string>>;
  /** Ends its process and starts another over the same database. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Once a file: what other suites left in the topics is not for a console of this one. */
let emptied: Promise<void> | undefined;

/** @param env what differs from a plain start with the engines of this test run. */
export async function startConsoleUnderTest(env: Readonly<Record<string, string>> = {}): Promise<ConsoleUnderTest> {
  await (emptied ??= emptyTopics());
  const database = await createTestDatabase();
  const start = () => startConsole(readConfig({ PORT: '0', KAFKA_BROKERS: testBrokers().join(','), DATABASE_URL: database.url, HANDOFF_TOKEN: TOKEN, LOG_LEVEL: 'silent', ...env }));
  let running = await start();
  const call: ConsoleUnderTest['call'] = (path, init = {}) => fetch(`${running.url}${path}`, { redirect: 'manual', ...init, headers: { ...(init.headers === undefined ? { authorization: `Bearer ${TOKEN}` } : {}), ...init.headers } });
  return {
    get url() { return running.url; },
    database, call,
    signIn: async (name) => {
      const made = await call('/v1/sign-in-links', { method: 'POST', body: JSON.stringify({ name }), headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' } });
      const { search } = new URL(((await made.json()) as { url: string }).url);
      const signedIn = await call(`/sign-in${search}`, { headers: {} });
      const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
      return { cookie, 'sec-fetch-site': 'same-origin', 'x-handoff-console': '1' };
    },
    restart: async () => {
      await running.close();
      running = await start();
    },
    close: async () => {
      await running.close();
      await database.drop();
    },
  };
}
