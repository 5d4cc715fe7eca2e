import { nameBasedId } from '@handoff/contracts';
import { createDataSource } from '@handoff/persistence';
import { createTestDatabase, eventually, type TestDatabase } from '@handoff/testing';
import type { DataSource } from 'typeorm';
import { aServiceNowRecord } from '../adapters/servicenow/servicenow.samples.js';
import { stateKey } from '../adapters/source-api.js';
import { eventsOf, type IntakeUnderTest, startIntakeUnderTest, TOKEN } from '../running-intake.fixture.js';
import { answering, ServiceNowFixture } from './service-now.fixture.js';

let database: TestDatabase;
let dataSource: DataSource;
let intake: IntakeUnderTest;
let system: ServiceNowFixture;

const start = (): Promise<IntakeUnderTest> => startIntakeUnderTest({ DATABASE_URL: database.url, EGRESS_ALLOW_PRIVATE: 'true' });

beforeAll(async () => {
  database = await createTestDatabase();
  intake = await start();
  dataSource = await createDataSource({ url: database.url, schema: 'intake', connectionsMax: 1, migrations: [] }).initialize();
});

beforeEach(async () => {
  system = await ServiceNowFixture.open();
});

afterEach(async () => {
  await system.close();
});

afterAll(async () => {
  await dataSource?.destroy();
  await intake?.running.close();
  await database?.drop();
});

/** Whole seconds, as ServiceNow tells them. */
const ago = (seconds: number): Date => new Date(Math.floor(Date.now() / 1_000 - seconds) * 1_000);
const stateId = (source: string, number: string, updatedAt: Date, changes = 1): string => nameBasedId('received', source, stateKey(number, updatedAt.toISOString().replace('.000Z', `.00${changes}Z`)));

interface Standing {
  readonly readUpTo: string;
  readonly lagSeconds: number;
  readonly lastSuccessAt: string | null;
  readonly lastProblem: { readonly problem: string } | null;
  readonly found: number;
}

async function standing(source: string): Promise<Standing> {
  const { body } = await intake.manage('GET', `/v1/sources/${source}`);
  return (body['status'] as { reconciliation: Standing }).reconciliation;
}

/** A source that is polled at once, and then long after. */
async function aSource(source: string, more: object = {}): Promise<string> {
  const { status, body } = await intake.manage('POST', '/v1/sources', { source, adapter: 'servicenow', api: system.access, reconcileEverySeconds: 86_400, ...more });
  expect(status).toBe(201);
  return String(body['secret']);
}

const due = (source: string): Promise<unknown> => dataSource.query('update reconciliation set retry_at = now() where source = $1', [source]);
const isPolled = (source: string): Promise<void> => eventually(async () => expect(await standing(source)).toMatchObject({ lastSuccessAt: expect.any(String) as unknown, lastProblem: null }));

/** Records that changed one after another, the last of them more than a minute ago. */
function manyRecords(count: number): { number: string; updatedAt: Date }[] {
  const first = ago(65 + count);
  return Array.from({ length: count }, (_, index) => ({ number: `INC${1_000 + index}`, updatedAt: new Date(first.getTime() + index * 1_000) }));
}

describe('what no webhook brought', () => {
  it('is found, and a webhook and a poll that tell the same are one event', async () => {
    const secret = await aSource('poll-1');
    await isPolled('poll-1');
    const [told, dropped] = [ago(200), ago(100)];
    system.put('INC1', { updatedAt: told });
    system.put('INC2', { updatedAt: dropped });
    const record = aServiceNowRecord({ number: 'INC1', sys_id: '1'.padStart(32, '0'), caller_id: '', sys_updated_on: told.toISOString().slice(0, 19).replace('T', ' '), sys_mod_count: '1' });
    const { body } = await intake.post('poll-1', secret, record);
    expect(body).toMatchObject({ eventId: stateId('poll-1', 'INC1', told), duplicate: false });
    await due('poll-1');
    const events = await eventsOf(stateId('poll-1', 'INC1', told), stateId('poll-1', 'INC2', dropped));
    await eventually(async () => expect(await standing('poll-1')).toMatchObject({ found: 1 }));
    expect(events.map(({ id }) => id).sort()).toEqual([stateId('poll-1', 'INC1', told), stateId('poll-1', 'INC2', dropped)].sort());
    expect((await intake.post('poll-1', secret, { ...record, sys_id: '2'.padStart(32, '0'), number: 'INC2', sys_updated_on: dropped.toISOString().slice(0, 19).replace('T', ' ') })).body).toMatchObject({ eventId: stateId('poll-1', 'INC2', dropped), duplicate: true });
  });

  it('is found over pages, slow ones, and one that is asked for with a token that does not hold any more', async () => {
    const records = manyRecords(210);
    for (const { number, ...fields } of records) system.put(number, fields);
    system.interrupt(async () => {
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      system.expireTokens();
      return false;
    });
    await aSource('poll-2');
    await isPolled('poll-2');
    expect(await standing('poll-2')).toMatchObject({ found: 210 });
    expect(system.tokensGiven).toBe(2);
    await eventsOf(...records.map(({ number, updatedAt }) => stateId('poll-2', number, updatedAt)));
    const metrics = await (await fetch(`${intake.running.url}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } })).text();
    expect(metrics).toContain('handoff_reconciled_tickets_total{source="poll-2",outcome="found"} 210');
    await eventually(async () => expect(await (await fetch(`${intake.running.url}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } })).text()).toMatch(/handoff_reconcile_lag_seconds\{source="poll-2"\} \d/));
  }, 60_000);

  it.each([
    ['is asked to wait', 429, { 'retry-after': '1' }],
    ['meets an error', 502, {}],
  ])('is found in the end where a poll %s in the middle, which is visible until then', async (_what, status, headers) => {
    const source = `poll-${status}`;
    const records = manyRecords(210);
    for (const { number, ...fields } of records) system.put(number, fields);
    system.interrupt(() => false, answering(status, headers));
    await aSource(source);
    await eventually(async () => expect(await standing(source)).toMatchObject({ lastSuccessAt: null, lastProblem: { problem: expect.stringContaining(`answered HTTP ${status}.`) as unknown }, found: 100 }));
    await due(source);
    await isPolled(source);
    expect(await standing(source)).toMatchObject({ found: 210 });
    const events = await eventsOf(...records.map(({ number, updatedAt }) => stateId(source, number, updatedAt)));
    expect(events).toHaveLength(210);
  }, 60_000);

  it('is found by the next process when one ends in the middle of a poll', async () => {
    const records = manyRecords(150);
    for (const { number, ...fields } of records) system.put(number, fields);
    const { promise: reached, resolve } = Promise.withResolvers<void>();
    system.interrupt(() => false, () => {
      resolve();
      return true;
    });
    await aSource('poll-4');
    await reached;
    await intake.running.close();
    intake = await start();
    await isPolled('poll-4');
    await eventsOf(...records.map(({ number, updatedAt }) => stateId('poll-4', number, updatedAt)));
  }, 60_000);

  it('is looked for again once the source is mended', async () => {
    system.put('INC5', { updatedAt: ago(100) });
    await aSource('poll-5', { api: { ...system.access, baseUrl: `${system.url}/wrong` } });
    await eventually(async () => expect(await standing('poll-5')).toMatchObject({ lastProblem: { problem: expect.stringContaining('nothing is at api.baseUrl') as unknown } }));
    system.interrupt(answering(403));
    await intake.manage('PATCH', '/v1/sources/poll-5', { api: system.access });
    await eventually(async () => expect(await standing('poll-5')).toMatchObject({ lastProblem: { problem: expect.stringContaining('HTTP 403') as unknown } }));
    await intake.manage('PATCH', '/v1/sources/poll-5', { api: system.access });
    await isPolled('poll-5');
    expect(await standing('poll-5')).toMatchObject({ found: 1 });
  }, 60_000);
});
