import { nameBasedId } from '@handoff/contracts';
import { createDataSource } from '@handoff/persistence';
import { createTestDatabase, eventually, type TestDatabase } from '@handoff/testing';
import type { DataSource } from 'typeorm';
import { stateKey } from '../adapters/source-api.js';
import { eventsOf, type IntakeUnderTest, startIntakeUnderTest } from '../running-intake.fixture.js';
import { PartnerCenterFixture } from './partner-center.fixture.js';

let database: TestDatabase;
let dataSource: DataSource;
let intake: IntakeUnderTest;
let system: PartnerCenterFixture;

beforeAll(async () => {
  database = await createTestDatabase();
  intake = await startIntakeUnderTest({ DATABASE_URL: database.url, EGRESS_ALLOW_PRIVATE: 'true' });
  dataSource = await createDataSource({ url: database.url, schema: 'intake', connectionsMax: 1, migrations: [] }).initialize();
});

beforeEach(async () => {
  system = await PartnerCenterFixture.open();
});

afterEach(async () => {
  await system.close();
});

afterAll(async () => {
  await dataSource?.destroy();
  await intake?.running.close();
  await database?.drop();
});

/** A partner's source, which is polled at once and then long after. Only Microsoft's own address is taken, so that of the server is put in its place. */
async function aSource(source: string): Promise<void> {
  const { status } = await intake.manage('POST', '/v1/sources', { source, adapter: 'partner-center', sourceParty: 'partner/1001', api: system.access, reconcileEverySeconds: null });
  expect(status).toBe(201);
  await dataSource.query("update source set api = jsonb_set(api::jsonb, '{baseUrl}', to_jsonb($2::text)) where source = $1", [source, system.url]);
  expect((await intake.manage('PATCH', `/v1/sources/${source}`, { reconcileEverySeconds: 86_400 })).status).toBe(200);
}

const standing = async (source: string): Promise<unknown> => ((await intake.manage('GET', `/v1/sources/${source}`)).body['status'] as { reconciliation: unknown }).reconciliation;
const due = (source: string): Promise<unknown> => dataSource.query('update reconciliation set retry_at = now() where source = $1', [source]);
const isPolled = (source: string): Promise<void> => eventually(async () => expect(await standing(source)).toMatchObject({ lastSuccessAt: expect.any(String) as unknown, lastProblem: null }));
const ago = (seconds: number): string => new Date(Math.floor(Date.now() / 1_000 - seconds) * 1_000).toISOString();
const stateId = (source: string, id: string, changedAt: string): string => nameBasedId('received', source, stateKey(id, changedAt));

describe('the service requests of a partner', () => {
  it('are told as they stand, and again when Microsoft changed them', async () => {
    const [opened, closed] = [ago(240), ago(120)];
    system.put('2611020040001234', { status: 'open', createdDate: opened, lastModifiedDate: opened });
    await aSource('pc-1');
    const [first] = await eventsOf(stateId('pc-1', '2611020040001234', opened));
    expect(first?.data).toMatchObject({ externalId: '2611020040001234', sourceParty: 'partner/1001', change: 'created', ticket: { serviceRequest: { status: 'open' } } });
    await isPolled('pc-1');
    system.put('2611020040001234', { status: 'closed', lastModifiedDate: closed });
    await due('pc-1');
    const [second] = await eventsOf(stateId('pc-1', '2611020040001234', closed));
    expect(second?.data).toMatchObject({ change: 'closed', ticket: { serviceRequest: { status: 'closed' } } });
    expect(system.tokensGiven).toBe(1);
  }, 60_000);

  it.each([
    ['asks to wait', 'pc-429', (response) => response.writeHead(429, { 'retry-after': '1' }).end(), 'HTTP 429'],
    ['answers with no JSON', 'pc-html', (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'), 'not with JSON'],
    ['fails', 'pc-500', (response) => response.writeHead(500).end(), 'HTTP 500'],
  ] as const satisfies readonly (readonly [string, string, Parameters<PartnerCenterFixture['answerInstead']>[0], string])[])('are read in the end where Partner Center %s, which is visible until then', async (_what, source, instead, problem) => {
    const changedAt = ago(180);
    system.put('2611020040001234', { status: 'attention_needed', lastModifiedDate: changedAt });
    system.answerInstead(instead);
    await aSource(source);
    await eventually(async () => expect(await standing(source)).toMatchObject({ lastSuccessAt: null, lastProblem: { problem: expect.stringContaining(problem) as unknown } }));
    await due(source);
    const [event] = await eventsOf(stateId(source, '2611020040001234', changedAt));
    expect(event?.data).toMatchObject({ ticket: { serviceRequest: { status: 'attention-needed' } } });
    await isPolled(source);
  }, 60_000);

  it('are read with a new access token where the old one holds no more, by the refresh token that took the place of the first', async () => {
    const [first, second] = [ago(240), ago(120)];
    system.put('2611020040001234', { lastModifiedDate: first });
    await aSource('pc-401');
    await eventsOf(stateId('pc-401', '2611020040001234', first));
    await isPolled('pc-401');
    system.expireTokens();
    system.put('2611020040001234', { status: 'closed', lastModifiedDate: second });
    await due('pc-401');
    await eventsOf(stateId('pc-401', '2611020040001234', second));
    expect(system.tokensGiven).toBe(2);
  }, 60_000);

  it('leave out one that is gone before it is read, and go on with the others', async () => {
    const [gone, there] = [ago(240), ago(180)];
    system.put('gone', { lastModifiedDate: gone });
    system.put('2611020040001234', { lastModifiedDate: there });
    system.answerInstead((response) => {
      const items = [...system.requests.values()].map(({ description: _, ...rest }) => ({ ...rest, status: 1, severity: 1 }));
      system.requests.delete('gone');
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ totalCount: 2, items }));
    });
    await aSource('pc-404');
    await eventsOf(stateId('pc-404', '2611020040001234', there));
    await isPolled('pc-404');
    expect(system.asked).toEqual(['/v1/servicerequests', '/v1/servicerequests/gone', '/v1/servicerequests/2611020040001234']);
  }, 60_000);
});
