import { compile, DEFAULT_MATRIX } from '@handoff/matrix';
import { createDataSource, MESSAGING_MIGRATIONS, PostgresTransactions, prepareSchema } from '@handoff/persistence';
import { CLOCK, createHttpApp, systemClock } from '@handoff/platform';
import { createTestDatabase, eventually, type TestDatabase } from '@handoff/testing';
import { Module } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { ExplainController } from '../explain/explain.controller.js';
import { ROUTING_MIGRATIONS } from '../migrations/index.js';
import { MATRIX, TRANSACTIONS } from '../tokens.js';
import { DEMO_DIRECTORY } from './demo-directory.fixture.js';
import { DIRECTORY_CONTROLLERS } from './directory.controller.js';
import { DIRECTORY_ENTITIES } from './directory.entity.js';
import { DIRECTORY_STORE } from './directory.store.js';
import { PostgresDirectoryStore } from './directory.store.postgres.js';
import { ENTRY_STORE } from './entry.store.js';
import { PostgresEntryStore } from './entry.store.postgres.js';

const TOKEN = 'a-token-of-this-test-run';

@Module({})
class DirectoryUnderTest {}

let database: TestDatabase;
let dataSource: DataSource;
let app: Awaited<ReturnType<typeof createHttpApp>>;
let url: string;

interface Answer {
  readonly status: number;
  readonly etag: string | null;
  readonly body: Record<string, unknown> & { items?: Record<string, unknown>[]; next?: string | null };
}

async function call(method: string, path: string, { body, headers = {} }: { body?: object; headers?: Record<string, string> } = {}): Promise<Answer> {
  const response = await fetch(`${url}${path}`, {
    method, headers: { authorization: `Bearer ${TOKEN}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers }, ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, etag: response.headers.get('etag'), body: text === '' ? {} : (JSON.parse(text) as Answer['body']) };
}

const get = (path: string) => call('GET', path);
const create = (path: string, body: object) => call('PUT', path, { body, headers: { 'if-none-match': '*' } });
const change = (path: string, etag: string, body: object) => call('PUT', path, { body, headers: { 'if-match': etag, 'x-handoff-actor': 'ana@northwind.example' } });
/** Times are told in milliseconds: what changes within one has one time. */
const laterThan = (instant: unknown) => eventually(() => expect(Date.now()).toBeGreaterThan(Date.parse(String(instant))));

beforeAll(async () => {
  database = await createTestDatabase();
  dataSource = await createDataSource({ url: database.url, schema: 'routing', connectionsMax: 4, migrations: [...MESSAGING_MIGRATIONS, ...ROUTING_MIGRATIONS], entities: DIRECTORY_ENTITIES }).initialize();
  await prepareSchema(dataSource, { schema: 'routing', migrate: true });
  const transactions = new PostgresTransactions(dataSource, { owner: '1', handOff: () => Promise.resolve() });
  const directory = new PostgresDirectoryStore();
  await transactions.run((tx) => directory.save(tx, DEMO_DIRECTORY));
  const matrix = compile(DEFAULT_MATRIX);
  const providers = [
    { provide: TRANSACTIONS, useValue: transactions }, { provide: ENTRY_STORE, useValue: new PostgresEntryStore() }, { provide: DIRECTORY_STORE, useValue: directory },
    { provide: MATRIX, useValue: () => matrix }, { provide: CLOCK, useValue: systemClock },
  ];
  const module = { module: DirectoryUnderTest, controllers: [...DIRECTORY_CONTROLLERS, ExplainController], providers };
  app = await createHttpApp(module, { service: 'routing', description: 'Directory.', token: TOKEN, logLevel: 'silent', bodyBytesMax: 1_048_576 });
  await app.listen(0, '127.0.0.1');
  url = await app.getUrl();
}, 60_000);

afterAll(async () => {
  await app.close();
  await dataSource.destroy();
  await database.drop();
});

describe('the directory over HTTP', () => {
  it('creates, changes and deletes an entry, each only on what the writer has seen', async () => {
    const path = '/v1/publishers/adventure-works';
    expect(await create(path, { name: 'Adventure Works' })).toMatchObject({ status: 201, etag: '"1"', body: { id: 'adventure-works', revision: 1, changedBy: 'api', document: { id: 'adventure-works', name: 'Adventure Works' } } });
    expect(await create(path, { name: 'Somebody else' })).toMatchObject({ status: 412, body: { code: 'revision-conflict' } });
    expect(await change(path, '"1"', { name: 'Adventure Works Cycles' })).toMatchObject({ status: 200, etag: '"2"', body: { changedBy: 'ana@northwind.example' } });
    expect(await change(path, '"1"', { name: 'Late' })).toMatchObject({ status: 412, body: { code: 'revision-conflict', errors: [{ field: 'If-Match', detail: 'is not "2"' }] } });
    expect(await change(path, '"2"', { name: 'Adventure Works Cycles' })).toMatchObject({ status: 200, etag: '"2"' });
    expect(await call('PUT', path, { body: { name: 'x' } })).toMatchObject({ status: 428, body: { code: 'precondition-required' } });
    expect(await call('DELETE', path)).toMatchObject({ status: 428 });
    expect(await call('DELETE', path, { headers: { 'if-match': '2' } })).toMatchObject({ status: 422, body: { code: 'field-invalid' } });
    expect(await call('DELETE', path, { headers: { 'if-match': '"1"' } })).toMatchObject({ status: 412 });
    expect(await call('DELETE', path, { headers: { 'if-match': '"2"' } })).toMatchObject({ status: 204 });
    expect(await get(path)).toMatchObject({ status: 404, body: { code: 'entry-unknown' } });
    expect(await change(path, '"2"', { name: 'x' })).toMatchObject({ status: 412 });
    const { body } = await get(`${path}/history`);
    expect(body.items?.map(({ revision, document, changedBy }) => [revision, document === null, changedBy])).toEqual([[3, true, 'api'], [2, false, 'ana@northwind.example'], [1, false, 'api']]);
  });

  it('lets one of two writers win who create or change at the same time', async () => {
    const path = '/v1/publishers/race';
    const created = await Promise.all([1, 2, 3, 4].map((writer) => create(path, { name: `Writer ${writer}` })));
    expect(created.map(({ status }) => status).sort()).toEqual([201, 412, 412, 412]);
    const changed = await Promise.all([1, 2, 3, 4].map((writer) => change(path, '"1"', { name: `Changed by ${writer}` })));
    expect(changed.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
    expect(await get(path)).toMatchObject({ etag: '"2"' });
  });

  it('says field by field what is wrong with a body, and refuses an agreement that contradicts itself', async () => {
    expect(await create('/v1/customers/x', { name: '', soldBy: { model: 'direct-bill', partnerId: 'abc' }, planet: 'Mars' })).toMatchObject({ status: 422, body: { code: 'invalid-content', errors: expect.arrayContaining([expect.objectContaining({ field: '/name' }), expect.objectContaining({ field: '/soldBy/partnerId' }), expect.objectContaining({ field: '/planet' })]) as unknown } });
    const entries = [{ area: 'payment', assignedTo: 'reseller' }, { area: 'payment', assignedTo: 'provider' }];
    expect(await create('/v1/agreements/x', { providerId: '1001', resellerId: '2002', from: '2026-01-01', entries })).toMatchObject({ status: 422, body: { errors: [{ field: '/entries/1' }] } });
  });

  it.each(['publisher', 'offer', 'partner', 'customer', 'subscription', 'agreement', 'calendar'])('gives back every %s of the demo directory, and takes it again as it was given', async (kind) => {
    const { body } = await get(`/v1/${kind}s`);
    expect(body.items?.length).toBeGreaterThan(0);
    for (const { id, revision, document } of body.items ?? []) {
      expect(await call('PUT', `/v1/${kind}s/${String(id)}`, { body: document as object, headers: { 'if-match': `"${String(revision)}"` } })).toMatchObject({ status: 200, body: { revision } });
    }
  });

  it('shows what stays once, while entries come and go between two pages', async () => {
    for (const id of ['page-1', 'page-2', 'page-3', 'page-4', 'page-5']) await create(`/v1/calendars/${id}`, { name: 'Paged', timeZone: 'UTC', hours: { monday: [{ from: '09:00', to: '10:00' }] } });
    const first = await get('/v1/calendars?q=PAGED&limit=2');
    expect(first.body.items?.map(({ id }) => id)).toEqual(['page-1', 'page-2']);
    await call('DELETE', '/v1/calendars/page-2', { headers: { 'if-match': '*' } });
    await call('DELETE', '/v1/calendars/page-4', { headers: { 'if-match': '*' } });
    await create('/v1/calendars/page-0', { name: 'Paged', timeZone: 'UTC', hours: { monday: [{ from: '09:00', to: '10:00' }] } });
    const second = await get(`/v1/calendars?q=PAGED&limit=2&cursor=${first.body.next ?? ''}`);
    expect(second.body.items?.map(({ id }) => id)).toEqual(['page-3', 'page-5']);
    expect(second.body.next).toBeNull();
  });

  it('pages through history', async () => {
    await create('/v1/publishers/many', { name: '1' });
    for (const revision of [1, 2, 3]) await change('/v1/publishers/many', `"${revision}"`, { name: String(revision + 1) });
    const first = await get('/v1/publishers/many/history?limit=3');
    const second = await get(`/v1/publishers/many/history?limit=3&cursor=${first.body.next ?? ''}`);
    expect([...first.body.items ?? [], ...second.body.items ?? []].map(({ revision }) => revision)).toEqual([4, 3, 2, 1]);
    expect(second.body.next).toBeNull();
  });

  it.each([
    ['/v1/offers?limit=201', 422, 'field-invalid'],
    ['/v1/offers?colour=red', 422, 'field-invalid'],
    ['/v1/offers?cursor=nonsense', 400, 'cursor-invalid'],
    ['/v1/offers/contoso-crm?at=yesterday', 422, 'field-invalid'],
    ['/v1/offers/contoso-crm?at=2020-01-01T00:00:00Z', 404, 'entry-unknown'],
    ['/v1/offers/nothing/history', 404, 'entry-unknown'],
    ['/v1/offers/a%00b', 422, 'field-invalid'],
  ])('answers %s with %i %s', async (path, status, code) => {
    expect(await get(path)).toMatchObject({ status, body: { code } });
  });

  it('tells who was responsible at a time, though agreement and partner are others now', async () => {
    const before = await get('/v1/agreements/northwind-fabrikam');
    await laterThan(before.body['changedAt']);
    const agreement = before.body['document'] as { entries: object[] };
    const after = await change('/v1/agreements/northwind-fabrikam', before.etag ?? '', { ...agreement, entries: [{ area: 'payment', assignedTo: 'provider' }] });
    expect(after.status).toBe(200);
    const then = String(before.body['changedAt']);
    expect((await get(`/v1/agreements/northwind-fabrikam?at=${then}`)).body).toEqual(before.body);
    expect((await get('/v1/agreements/northwind-fabrikam')).body).toEqual(after.body);

    const question = { ticket: { area: 'payment', at: '2026-11-01T09:00:00Z' }, subscription: 'woodgrove-crm' };
    const ask = async (asOf?: string) => (await call('POST', '/v1/explain', { body: { ...question, ...(asOf === undefined ? {} : { asOf }) } })).body;
    expect(await ask()).toMatchObject({ responsible: { role: 'indirect-provider', partyId: '1001' } });
    expect(await ask(then)).toMatchObject({ responsible: { role: 'indirect-reseller', partyId: '2002' }, ignored: [] });
    expect(await ask('2020-01-01T00:00:00Z')).toMatchObject({ status: 422, code: 'unknown-reference' });
  });

  it.each([
    ['a character that cannot be stored', { subscription: 'woodgrove\u0000' }, '/subscription'], ['such a character in a list', { preferences: { uninformed: ['\u0000'] } }, '/preferences/uninformed/0'],
    ['half of a character', { customerId: '\ud800' }, '/customerId'], ['an offset that no place has', { asOf: '2026-11-01T09:00:00-21:04' }, '/asOf'], ['the year 0', { asOf: '0000-11-01T09:00:00Z' }, '/asOf'],
  ])('refuses a question with %s', async (_what, more, field) => {
    expect((await call('POST', '/v1/explain', { body: { ticket: { area: 'payment' }, ...more } })).body).toMatchObject({ status: 422, code: 'invalid-content', errors: [{ field }] });
  });

  it('refuses parameters that cannot be compared with what is stored', async () => {
    for (const query of ['offers?q=%00', 'offers/contoso-crm?at=2026-11-01T09:00:00%2B23:05', 'offers/contoso-crm?at=0000-01-01T00:00:00Z']) expect({ query, ...(await get(`/v1/${query}`)).body }).toMatchObject({ query, status: 422, code: 'field-invalid' });
    expect((await call('POST', '/v1/explain?language=en&language=tr', { body: { ticket: { area: 'payment' } } })).body).toMatchObject({ status: 422, code: 'language-unknown' });
  });

  it('describes the body of every kind, and the ETag', async () => {
    const { body } = await get('/openapi.json');
    const paths = body['paths'] as Record<string, Record<string, { requestBody?: { content: Record<string, { schema: { required?: string[] } }> }; parameters?: { name: string }[] }>>;
    for (const kind of ['publisher', 'offer', 'partner', 'customer', 'subscription', 'agreement', 'calendar']) {
      expect(Object.keys(paths[`/v1/${kind}s/{id}`] ?? {}).sort()).toEqual(['delete', 'get', 'put']);
      expect(paths[`/v1/${kind}s/{id}`]?.['put']?.requestBody?.content['application/json']?.schema.required).toContain('id');
    }
    expect(paths['/v1/subscriptions']?.['get']?.parameters?.map(({ name }) => name).sort()).toEqual(['cursor', 'customerId', 'limit', 'offerId', 'partnerId', 'providerId', 'q', 'resellerId']);
  });
});
