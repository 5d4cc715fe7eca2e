import { createTestDatabase, type TestDatabase } from '@handoff/testing';
import fc from 'fast-check';
import { Client } from 'pg';
import { binaryArray } from './binary-array.js';

describe('a binary array', () => {
  let database: TestDatabase;
  let client: Client;
  beforeAll(async () => {
    database = await createTestDatabase();
    client = new Client({ connectionString: database.url });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  const back = async (type: 'text' | 'json', values: readonly (string | null)[]): Promise<unknown> =>
    (await client.query<{ values: unknown }>(`select $1::${type}[]::text[] as values`, [binaryArray(type, values)])).rows[0]?.values;

  it('arrives as it was sent: empty, null, quoted, in any script', async () => {
    const text = fc.option(fc.oneof(fc.string(), fc.string({ unit: 'grapheme' })).map((given) => given.replaceAll('\u0000', '').toWellFormed()));
    await fc.assert(fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 20 }), async (values) => {
      expect(await back('text', values)).toEqual(values);
    }), { numRuns: 100 });
  });

  it('may be empty', async () => {
    expect(await back('text', [])).toEqual([]);
  });

  it('of JSON is checked as JSON', async () => {
    expect(await back('json', ['{"a": "\\"{,}"}', null])).toEqual(['{"a": "\\"{,}"}', null]);
    await expect(back('json', ['{'])).rejects.toThrow(/invalid input syntax for type json/);
  });
});
