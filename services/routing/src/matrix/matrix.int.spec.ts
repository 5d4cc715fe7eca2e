import path from 'node:path';
import type { ROW_PARTIES } from '@handoff/matrix';
import { createTestDatabase, emptyTopics, eventually, testBrokers, type TestDatabase } from '@handoff/testing';
import { readConfig } from '../config.js';
import { startRouting } from '../start-routing.js';
import { casesText, matrixText, passingText } from './matrix-texts.fixture.js';

const TOKEN = 'a-token-of-this-test-run';
const demoDir = path.resolve(import.meta.dirname, '../../../../deploy/demo');

type Running = Awaited<ReturnType<typeof startRouting>>;

interface Answer {
  readonly status: number;
  readonly etag: string | null;
  readonly body: Record<string, unknown>;
}

let database: TestDatabase;
/** Two instances of the service on one database. */
let here: Running;
let there: Running;

const start = (): Promise<Running> => startRouting(readConfig({ PORT: '0', KAFKA_BROKERS: testBrokers().join(','), DATABASE_URL: database.url, HANDOFF_TOKEN: TOKEN, LOG_LEVEL: 'silent', HANDOFF_DEMO_DIR: demoDir }));

beforeAll(async () => {
  await emptyTopics();
  database = await createTestDatabase();
  [here, there] = await Promise.all([start(), start()]);
}, 60_000);

afterAll(async () => {
  await Promise.all([here?.close(), there?.close()]);
  await database?.drop();
});

async function call(method: string, route: string, body?: object, { at = here, headers = {} }: { at?: Running; headers?: Record<string, string> } = {}): Promise<Answer> {
  const response = await fetch(`${at.url}${route}`, { method, headers: { authorization: `Bearer ${TOKEN}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  return { status: response.status, etag: response.headers.get('etag'), body: (await response.json()) as Record<string, unknown> };
}

const versions = (version = '', what = ''): string => ['/v1/matrix/versions', version, what].filter((part) => part !== '').join('/');

/** A version whose cases have passed. */
async function tested(version: string, paymentBy: (typeof ROW_PARTIES)[number] = 'isv-publisher'): Promise<string> {
  const cases = paymentBy === 'isv-publisher' ? casesText('isv/contoso') : undefined;
  expect((await call('POST', versions(), { version, matrix: matrixText(version, paymentBy), cases })).status).toBe(201);
  expect((await call('POST', versions(version, 'test'))).body).toMatchObject({ state: 'tested', failed: 0 });
  return version;
}

async function decidingVersion(at: Running): Promise<unknown> {
  return (await call('POST', '/v1/explain', { ticket: { area: 'payment' } }, { at })).body['matrixVersion'];
}

const active = async (): Promise<unknown> => (await database.query<{ version: string }>("select version from routing.matrix_version where state = 'active'"))[0]?.version;

/** Whatever a test left active, the first version is again. */
async function goHome(): Promise<void> {
  await database.query("update routing.matrix_version set activates_at = null");
  while ((await active()) !== 'default-1') expect((await call('POST', '/v1/matrix/rollback')).status).toBe(200);
}

afterEach(goHome);

describe('a second person', () => {
  const as = (name: string): { headers: Record<string, string> } => ({ headers: { 'x-handoff-actor': name } });

  it('must make a version active that somebody wrote under a name, or changed', async () => {
    await goHome();
    expect((await call('POST', versions(), { version: 'second-eyes', matrix: matrixText('second-eyes', 'isv-publisher'), cases: casesText('isv/contoso') }, as('Ada'))).status).toBe(201);
    const changed = await call('PUT', versions('second-eyes'), { matrix: matrixText('second-eyes', 'isv-publisher'), cases: casesText('isv/contoso') }, { headers: { 'if-match': '"1"', 'x-handoff-actor': 'Bea' } });
    expect(changed).toMatchObject({ status: 200, body: { createdBy: 'Ada', authors: ['Ada', 'Bea'] } });
    expect((await call('POST', versions('second-eyes', 'test'))).body).toMatchObject({ state: 'tested' });
    expect((await call('GET', versions('second-eyes'))).body).toMatchObject({ secondPerson: 'named' });
    for (const name of ['Ada', 'bea']) expect(await call('POST', versions('second-eyes', 'activate'), {}, as(name))).toMatchObject({ status: 409, body: { code: 'second-person-needed', detail: expect.stringContaining(name) } });
    expect(await active()).toBe('default-1');
    expect(await call('POST', versions('second-eyes', 'activate'), {}, as('Grace'))).toMatchObject({ status: 200, body: { state: 'active', activatedBy: 'Grace' } });
    expect((await call('POST', '/v1/matrix/rollback', {}, as('Ada'))).status).toBe(200);
  });
});

describe('a version of the matrix', () => {
  it('is there from the first start, active, with cases of its own that pass', async () => {
    const { body } = await call('GET', versions());
    expect(body).toMatchObject({ items: expect.arrayContaining([expect.objectContaining({ version: 'default-1', state: 'active', createdBy: 'system' })]) });
    expect((await call('POST', versions('default-1', 'test'))).body).toMatchObject({ state: 'active', failed: 0 });
  });

  it('is written, changed, tested, activated and rolled back', async () => {
    const created = await call('POST', versions(), { version: '2026-03', matrix: matrixText('2026-03'), cases: casesText('partner/3001') }, { headers: { 'x-handoff-actor': 'Anna' } });
    expect([created.status, created.etag, created.body['state'], created.body['createdBy']]).toEqual([201, '"1"', 'draft', 'Anna']);
    expect((await call('POST', versions('2026-03', 'test'))).body).toMatchObject({ state: 'draft', passed: 0, failed: 1, results: [{ passed: false, differences: [{ path: 'queue', expected: 'partner/3001', actual: 'isv/contoso' }] }] });
    expect(await call('POST', versions('2026-03', 'activate'))).toMatchObject({ status: 409, body: { code: 'cases-failed' } });

    expect(await call('PUT', versions('2026-03'), passingText('2026-03'))).toMatchObject({ status: 428, body: { code: 'precondition-required' } });
    expect(await call('PUT', versions('2026-03'), passingText('2026-03'), { headers: { 'if-match': '"1"' } })).toMatchObject({ status: 412, body: { code: 'revision-conflict' } });
    const { etag } = await call('GET', versions('2026-03'));
    expect((await call('PUT', versions('2026-03'), passingText('2026-03'), { headers: { 'if-match': etag ?? '' } })).status).toBe(200);
    expect(await call('POST', versions('2026-03', 'activate'), {})).toMatchObject({ status: 409, body: { code: 'not-tested' } });

    expect((await call('POST', versions('2026-03', 'test'))).body['state']).toBe('tested');
    expect(await call('POST', versions('2026-03', 'activate'), { expectedActive: 'default-1' })).toMatchObject({ status: 200, body: { state: 'active', replaced: 'default-1' } });
    expect((await call('GET', versions('default-1'))).body['state']).toBe('retired');
    await eventually(async () => expect(await decidingVersion(here)).toBe('2026-03'));

    expect(await call('POST', '/v1/matrix/rollback')).toMatchObject({ status: 200, body: { version: 'default-1', state: 'active' } });
    await eventually(async () => expect(await decidingVersion(here)).toBe('default-1'));
    expect(await call('POST', '/v1/matrix/rollback')).toMatchObject({ status: 409, body: { code: 'no-former-version' } });
  });

  it('that does not compile is refused with each finding, its line and its remedy', async () => {
    const matrix = matrixText('broken').replace('"stage": "gate"', '"stage": "door"');
    expect(await call('POST', versions(), { version: 'broken', matrix, cases: casesText('isv/contoso') })).toMatchObject({
      status: 422, body: { code: 'matrix-invalid', errors: expect.arrayContaining([expect.objectContaining({ field: '/matrix', severity: 'error', line: expect.any(Number), remedy: expect.stringMatching(/./) })]) },
    });
    expect((await call('GET', versions('broken'))).body['code']).toBe('version-unknown');
  });

  it.each([
    ['when it becomes active', `${versions('default-1')}/activate`, { at: null }, '/at'], ['whom it replaces', `${versions('default-1')}/activate`, { expectedActive: null }, '/expectedActive'],
    ['how far back', `${versions('default-1')}/compare`, { days: null }, '/days'], ['its cases', versions(), { version: 'x', matrix: matrixText('x'), cases: null }, '/cases'],
  ])('takes no null for %s: what is not said is left out', async (_what, path, body, field) => {
    expect(await call('POST', path, body)).toMatchObject({ status: 422, body: { errors: [{ field }] } });
  });

  it('is refused under a name that is taken, or that cannot be one', async () => {
    expect(await call('POST', versions(), { version: 'default-1', matrix: matrixText('default-1') })).toMatchObject({ status: 409, body: { code: 'version-exists' } });
    expect(await call('POST', versions(), { version: 'no good', matrix: matrixText('x') })).toMatchObject({ status: 422, body: { errors: [{ field: '/version' }] } });
    expect(await call('POST', versions(), { version: 'x', matrix: matrixText('x'), colour: 'red' })).toMatchObject({ status: 422, body: { errors: [{ field: '/colour' }] } });
  });

  it('is used by every instance soon after it became active, without a restart', async () => {
    await tested('pickup');
    expect(await decidingVersion(there)).toBe('default-1');
    await call('POST', versions('pickup', 'activate'));
    await eventually(async () => expect([await decidingVersion(here), await decidingVersion(there)]).toEqual(['pickup', 'pickup']));
  });

  it('becomes active by itself when its time has come', async () => {
    await tested('scheduled');
    const at = new Date(Date.now() + 1_500).toISOString();
    expect(await call('POST', versions('scheduled', 'activate'), { at })).toMatchObject({ status: 200, body: { state: 'tested', activatesAt: at } });
    expect(await active()).toBe('default-1');
    await eventually(async () => expect([await decidingVersion(here), await decidingVersion(there)]).toEqual(['scheduled', 'scheduled']));
    expect((await call('GET', versions('scheduled'))).body).toMatchObject({ state: 'active', activatesAt: null, activatedBy: 'schedule', replaced: 'default-1' });
    expect((await call('DELETE', versions('scheduled', 'activation'))).status).toBe(200);
  });
});

describe('of two people who activate at once', () => {
  it.each([
    ['different versions', ['left', 'right']],
    ['the same version', ['same', 'same']],
  ])('%s, one wins and the other is told', async (_what, names) => {
    for (const name of new Set(names)) await tested(name);
    const answers = await Promise.all(names.map((name, index) => call('POST', versions(name, 'activate'), {}, { at: index === 0 ? here : there })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const [winner, loser] = answers[0]?.status === 200 ? [0, 1] : [1, 0];
    expect(answers[loser]?.body['code']).toBe('activation-conflict');
    expect(await active()).toBe(names[winner]);
  });

  it('the later one can name the version that won, and replace it', async () => {
    await tested('first');
    await tested('second');
    await call('POST', versions('first', 'activate'));
    expect(await call('POST', versions('second', 'activate'))).toMatchObject({ status: 409, body: { code: 'activation-conflict' } });
    expect(await call('POST', versions('second', 'activate'), { expectedActive: 'first' })).toMatchObject({ status: 200, body: { replaced: 'first' } });
  });

  it('a second rollback does not go back a step further', async () => {
    await tested('step-1');
    await call('POST', versions('step-1', 'activate'));
    await tested('step-2');
    await call('POST', versions('step-2', 'activate'));
    const answers = await Promise.all([here, there].map((at) => call('POST', '/v1/matrix/rollback', { expectedActive: 'step-2' }, { at })));
    expect([answers.map(({ status }) => status).sort(), await active()]).toEqual([[200, 409], 'step-1']);
  });
});

describe('a comparison with past tickets', () => {
  const TICKETS = 4_100;

  it('replays each of them, and stores nothing', async () => {
    await fillTickets(TICKETS);
    await tested('compared');
    const before = await database.query('select count(*)::int as decisions from routing.decision');
    const { status, body } = await call('POST', versions('compared', 'compare'), { days: 3_650, limit: 3 });
    expect(status).toBe(200);
    expect(body).toMatchObject({ before: 'default-1', after: 'compared', tickets: TICKETS, changed: TICKETS / 4, isComplete: true, byTicket: [{ area: 'payment' }, { area: 'payment' }, { area: 'payment' }] });
    const moved = (body['byQueue'] as { tickets: number; to: string }[]).map(({ to, tickets }) => [to, tickets]);
    expect(moved.every(([to]) => to === 'isv/contoso')).toBe(true);
    expect(await database.query('select count(*)::int as decisions from routing.decision')).toEqual(before);
    expect((await call('POST', '/v1/matrix/compare', { matrix: matrixText('file'), days: 3_650, limit: 0 })).body).toMatchObject({ changed: TICKETS / 4, byTicket: [] });
  });

  /** Tickets of 2,000 customers with a subscription each, of 20 providers and 200 resellers. */
  async function fillTickets(count: number): Promise<void> {
    await database.query(`
      set search_path to routing;
      insert into routing.partner (id, document) select 'P' || n, jsonb_build_object('id', 'P' || n, 'name', 'Provider ' || n, 'model', 'indirect-provider', 'contacts', '{}'::jsonb) from generate_series(0, 19) n;
      insert into routing.partner (id, document) select 'R' || n, jsonb_build_object('id', 'R' || n, 'name', 'Reseller ' || n, 'model', 'indirect-reseller', 'contacts', '{}'::jsonb) from generate_series(0, 199) n;
      insert into routing.customer (id, document) select 'C' || n, jsonb_build_object('id', 'C' || n, 'name', 'Customer ' || n, 'country', 'DE') from generate_series(0, 1999) n;
      insert into routing.subscription (id, customer_id, offer_id, document)
        select 'S' || n, 'C' || n, 'contoso-crm', jsonb_build_object('id', 'S' || n, 'customerId', 'C' || n, 'offerId', 'contoso-crm', 'channel', 'csp', 'soldBy', jsonb_build_object('model', 'indirect', 'providerId', 'P' || n % 20, 'resellerId', 'R' || n % 200))
        from generate_series(0, 1999) n;
      insert into routing.agreement (id, provider_id, reseller_id, document)
        select 'A' || n, 'P' || n % 20, 'R' || n, jsonb_build_object('id', 'A' || n, 'providerId', 'P' || n % 20, 'resellerId', 'R' || n, 'from', '2026-01-01', 'to', null,
          'entries', jsonb_build_array(jsonb_build_object('area', 'customer-billing', 'assignedTo', 'reseller'), jsonb_build_object('area', 'payment', 'assignedTo', 'provider')))
        from generate_series(0, 199) n;`);
    await database.query(`
      insert into routing.ticket (id, version, source, external_id, queue, state, created_at, updated_at)
      select id, 1, 'test', external_id, 'triage', jsonb_build_object('ticketId', id, 'source', 'test', 'sourceParty', null, 'externalId', external_id, 'externalUrl', null, 'subject', 'Something is wrong', 'isClosed', false,
          'occurredAt', '2026-11-01T08:00:00.000Z', 'area', (array['payment', 'break-fix', 'customer-billing', 'commerce-transaction'])[1 + n % 4], 'severity', 'B', 'asker', 'customer', 'offerId', 'contoso-crm', 'customerId', 'C' || n % 2000),
        at, at
      from (select n, md5(n::text)::uuid as id, 'T-' || n as external_id, now() - n * interval '1 second' as at from generate_series(1, $1::int) n) made`, [count]);
  }
});
