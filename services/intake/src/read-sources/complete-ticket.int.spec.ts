import { nameBasedId } from '@handoff/contracts';
import { createTestDatabase, eventually, TcpProxy, type TestDatabase } from '@handoff/testing';
import { aServiceNowRecord, SYS_ID } from '../adapters/servicenow/servicenow.samples.js';
import { stateKey } from '../adapters/source-api.js';
import { type Answer, eventsOf, type IntakeUnderTest, startIntakeUnderTest, TOKEN } from '../running-intake.fixture.js';
import { answering, ServiceNowFixture } from './service-now.fixture.js';

let database: TestDatabase;
let way: TcpProxy;
let url: URL;
let system: ServiceNowFixture;
let intake: IntakeUnderTest;

const start = (): Promise<IntakeUnderTest> => startIntakeUnderTest({ DATABASE_URL: url.href, EGRESS_ALLOW_PRIVATE: 'true' });

beforeAll(async () => {
  database = await createTestDatabase();
  url = new URL(database.url);
  way = await TcpProxy.open({ host: url.hostname, port: Number(url.port) });
  url.host = `127.0.0.1:${way.port}`;
  system = await ServiceNowFixture.open();
  intake = await start();
});

afterAll(async () => {
  await intake?.running.close();
  await system?.close();
  await way?.close();
  await database?.drop();
});

const updatedAt = new Date('2026-11-02T07:59:58.000Z');
const secrets = new Map<string, string>();

/** A source of its own for each test, so that none hears of another's tickets; it is not polled, which would bring them as well. */
async function aSource(source: string, more: object = {}): Promise<void> {
  const { status, body } = await intake.manage('POST', '/v1/sources', { source, adapter: 'servicenow', api: system.access, reconcileEverySeconds: null, ...more });
  expect(status).toBe(201);
  secrets.set(source, String(body['secret']));
}

/** A record as a business rule posts it: the caller is an id. */
async function post(source: string, fields: object): Promise<Answer> {
  const answer = await intake.post(source, secrets.get(source) ?? '', aServiceNowRecord({ caller_id: SYS_ID, sys_updated_on: '2026-11-02 07:59:58', sys_mod_count: '1', ...fields }));
  expect(answer).toMatchObject({ status: 202, body: { duplicate: false } });
  return answer;
}

const wholeId = (source: string, number: string, changes = 1): string => nameBasedId('received', source, stateKey(number, updatedAt.toISOString().replace('.000Z', `.00${changes}Z`)));
const standing = async (source: string): Promise<unknown> => ((await intake.manage('GET', `/v1/sources/${source}`)).body['status'] as { completion: unknown }).completion;
const isDone = (source: string): Promise<void> => eventually(async () => expect(await standing(source)).toMatchObject({ waiting: 0 }));

describe('a webhook that tells too little', () => {
  it('is told as it is, and its ticket again when it was read', async () => {
    await aSource('now-1');
    system.put('INC101', { updatedAt });
    const { body } = await post('now-1', { number: 'INC101' });
    const [thin, whole] = await eventsOf(body['eventId'], wholeId('now-1', 'INC101'));
    expect([thin?.id, whole?.id]).toEqual([body['eventId'], wholeId('now-1', 'INC101')]);
    expect(whole).toMatchObject({ subject: thin?.subject, data: { externalId: 'INC101', ticket: { requester: { name: 'Ada Brown', email: 'ada@wingtip.example' } } } });
    expect((thin?.data as { ticket: object }).ticket).not.toHaveProperty('requester');
    await isDone('now-1');
  });

  it('is read once where several came at a time', async () => {
    await aSource('now-2');
    system.put('INC201', { updatedAt, changes: 3 });
    const asked = system.asked.length;
    for (const changes of ['1', '2', '3']) await post('now-2', { number: 'INC201', sys_mod_count: changes });
    await eventsOf(wholeId('now-2', 'INC201', 3));
    await isDone('now-2');
    expect(system.asked.slice(asked)).toEqual(['number=INC201']);
  });

  it('is read with a new token when the old one does not hold any more', async () => {
    await aSource('now-3');
    system.put('INC301', { updatedAt });
    system.expireTokens();
    const given = system.tokensGiven;
    await post('now-3', { number: 'INC301' });
    await eventsOf(wholeId('now-3', 'INC301'));
    expect(system.tokensGiven).toBe(given + 1);
  });

  it('waits as long as the system wants, says why, and is read then', async () => {
    await aSource('now-4');
    system.put('INC401', { updatedAt });
    system.interrupt(answering(429, { 'retry-after': '1' }));
    await post('now-4', { number: 'INC401' });
    await eventually(async () => expect(await standing('now-4')).toMatchObject({ waiting: 1, lastProblem: expect.stringMatching(/^127\.0\.0\.1:\d+ answered HTTP 429\.$/) as unknown }));
    // How long it waits is decided elsewhere.
    await database.query("update intake.completion set due_at = now() where source = 'now-4'");
    await eventsOf(wholeId('now-4', 'INC401'));
  });

  it('is given up where the system refuses, which is visible, and read once the source is mended', async () => {
    await aSource('now-5');
    system.put('INC501', { updatedAt });
    system.interrupt(answering(403));
    await post('now-5', { number: 'INC501' });
    await eventually(async () => expect(await standing('now-5')).toMatchObject({ waiting: 0, givenUp: 1, lastGivenUp: { externalId: 'INC501', problem: expect.stringContaining('HTTP 403: the credentials lack a right') as unknown } }));
    await intake.manage('PATCH', '/v1/sources/now-5', { api: system.access });
    await eventsOf(wholeId('now-5', 'INC501'));
    await eventually(async () => expect(await standing('now-5')).toMatchObject({ waiting: 0, givenUp: 0 }));
    const metrics = await fetch(`${intake.running.url}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } });
    expect(await metrics.text()).toContain('handoff_completions_total{source="now-5",outcome="refused"} 1');
  }, 60_000);

  it('is not read where its source has no access to its system', async () => {
    await aSource('now-6', { api: null });
    await post('now-6', { number: 'INC601' });
    expect(await standing('now-6')).toBeNull();
  });

  it('is taken while PostgreSQL is away, and read when it is back', async () => {
    await aSource('now-7');
    system.put('INC701', { updatedAt });
    // The source is known by its first webhook.
    await post('now-7', { number: 'INC700' });
    way.cut();
    const answer = await post('now-7', { number: 'INC701' }).finally(() => way.restore());
    await eventsOf(answer.body['eventId'], wholeId('now-7', 'INC701'));
  }, 60_000);

  it('is read by the next process when one ends after it read and before it told', async () => {
    await aSource('now-8');
    system.put('INC801', { updatedAt });
    const { promise: read, resolve: reached } = Promise.withResolvers<void>();
    // The first answer never comes: whoever waits for it ends.
    system.interrupt(() => {
      reached();
      return true;
    });
    await post('now-8', { number: 'INC801' });
    await read;
    await intake.running.close();
    intake = await start();
    await eventsOf(wholeId('now-8', 'INC801'));
  }, 60_000);
});
