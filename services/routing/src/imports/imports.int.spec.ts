import { once } from 'node:events';
import http from 'node:http';
import { gzipSync } from 'node:zlib';
import { createHttpApp } from '@handoff/platform';
import { createDataSource, MESSAGING_MIGRATIONS, PostgresTransactions, prepareSchema } from '@handoff/persistence';
import { createTestDatabase, eventually, type TestDatabase } from '@handoff/testing';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { DataSource } from 'typeorm';
import { ROUTING_MIGRATIONS } from '../migrations/index.js';
import { PostgresImportStore } from './import.store.postgres.js';
import { ImportsModule } from './imports.module.js';

const TOKEN = 'a-token-that-is-long-enough';
const HEADER = 'id,customerId,offerId,resellerId\n';
const rows = (from: number, to: number, offer = 'crm') => Array.from({ length: to - from }, (_, index) => `s${from + index},c1,${offer},2002\n`).join('');

interface Answer {
  readonly status: number;
  readonly body: { readonly code?: string; readonly state?: string; readonly counts?: Record<string, number>; readonly [key: string]: unknown };
}

describe('imports', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let app: NestFastifyApplication;
  let url: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    dataSource = await createDataSource({ url: database.url, schema: 'routing', connectionsMax: 4, migrations: [...MESSAGING_MIGRATIONS, ...ROUTING_MIGRATIONS] }).initialize();
    await prepareSchema(dataSource, { schema: 'routing', migrate: true });
    const transactions = new PostgresTransactions(dataSource, { owner: '1', handOff: () => Promise.resolve() });
    app = await createHttpApp(ImportsModule.of({ transactions, imports: new PostgresImportStore() }) as never, { service: 'routing', description: 'Imports.', token: TOKEN, logLevel: 'silent', bodyBytesMax: 1_000, streamedBody: ImportsModule.streamsBody });
    await app.listen(0, '127.0.0.1');
    url = await app.getUrl();
  });
  afterAll(async () => {
    await app.close();
    await dataSource.destroy();
    await database.drop();
  });
  beforeEach(() => dataSource.query('truncate publisher, offer, partner, customer, subscription, agreement, directory_history, directory_change, import, import_problem, import_entry'));

  const headers = { authorization: `Bearer ${TOKEN}` };
  const answerOf = async (response: Response): Promise<Answer> => ({ status: response.status, body: await response.json() as Answer['body'] });
  const get = async (path: string) => answerOf(await fetch(`${url}/v1/imports${path}`, { headers }));
  const post = async (query: string, body: string | Uint8Array<ArrayBuffer>, contentType = 'text/csv', more: Record<string, string> = {}) =>
    answerOf(await fetch(`${url}/v1/imports?${query}`, { method: 'POST', headers: { ...headers, 'content-type': contentType, ...more }, body }));
  const subscriptions = async () => (await dataSource.query<{ id: string; offer_id: string; revision: number; changed_by: string; document: object }[]>('select id, offer_id, revision, changed_by, document from subscription order by id'));
  const SUBSCRIPTIONS = 'format=subscriptions&partner=1001';

  it('takes a file larger than an ordinary body, and says who changed what', async () => {
    const { status, body } = await post(`${SUBSCRIPTIONS}&id=first`, HEADER + rows(0, 12_000));
    expect([status, body.state, body.counts]).toEqual([200, 'applied', { read: 12_000, valid: 12_000, invalid: 0, ignored: 0, problems: 0, created: 12_000, changed: 0, unchanged: 0 }]);
    const stored = await subscriptions();
    expect(stored).toHaveLength(12_000);
    expect(stored[0]).toMatchObject({ id: 's0', offer_id: 'crm', revision: 1, changed_by: 'import/first', document: { customerId: 'c1', soldBy: { model: 'indirect', providerId: '1001', resellerId: '2002' } } });
    expect(await dataSource.query('select count(*)::integer as count from import_entry')).toEqual([{ count: 0 }]);
    expect(await dataSource.query("select count(*)::integer as count from directory_history where kind = 'subscription'")).toEqual([{ count: 12_000 }]);
  });

  it('changes nothing where one line is wrong, and names it', async () => {
    const { status, body } = await post(`${SUBSCRIPTIONS}&id=wrong`, `${HEADER}${rows(0, 6_000)},c1,crm,\n${rows(6_000, 6_010)}s5,c1,crm,2002\n`);
    expect([status, body.code]).toEqual([422, 'import-refused']);
    expect(body['errors']).toEqual([expect.objectContaining({ field: 'line 6002, id' }), expect.objectContaining({ field: 'line 6013, id', detail: expect.stringContaining('on line 7') as string })]);
    expect(await subscriptions()).toEqual([]);
    expect((await get('/wrong')).body).toMatchObject({ state: 'refused', counts: { read: 6_012, valid: 6_010, invalid: 2 } });
    const first = await get('/wrong/report?limit=1');
    expect(first.body).toMatchObject({ items: [{ line: 6_002, field: 'id', code: 'value-missing' }], next: expect.any(String) as string });
    expect((await get(`/wrong/report?limit=1&cursor=${String(first.body['next'])}`)).body).toMatchObject({ items: [{ line: 6_013, code: 'duplicate' }], next: null });
  });

  it('applies the valid lines where it is told to skip the others', async () => {
    const { status, body } = await post(`${SUBSCRIPTIONS}&skipInvalid=true`, `${HEADER}s1,c1,crm,2002\n,c1,crm,\n`);
    expect([status, body.state, body.counts?.['invalid'], body.counts?.['created']]).toEqual([200, 'applied', 1, 1]);
    expect((await subscriptions()).map(({ id }) => id)).toEqual(['s1']);
  });

  it('stores nothing in a dry run, and says what would change', async () => {
    await post(SUBSCRIPTIONS, `${HEADER}s1,c1,crm,2002\ns2,c1,crm,2002\n`);
    const { status, body } = await post(`${SUBSCRIPTIONS}&dryRun=true`, `${HEADER}s1,c1,crm,2002\ns2,c1,other,2002\ns3,c1,crm,2002\n,,,\n`);
    expect([status, body.state, body.counts]).toEqual([200, 'checked', expect.objectContaining({ created: 1, changed: 1, unchanged: 1, invalid: 1 })]);
    expect((await subscriptions()).map(({ id, offer_id }) => [id, offer_id])).toEqual([['s1', 'crm'], ['s2', 'crm']]);
    expect(await dataSource.query('select count(*)::integer as count from import_entry')).toEqual([{ count: 0 }]);
  });

  it('makes no revision of what is as it was, and keeps what a file does not say', async () => {
    await post(SUBSCRIPTIONS, `${HEADER}s1,c1,crm,2002\ns2,c1,crm,2002\n`);
    await dataSource.query(`update subscription set document = document || '{"note": "mine"}' where id = 's2'`);
    const { body } = await post(`${SUBSCRIPTIONS}&id=again`, `${HEADER}s1,c1,crm,2002\ns2,c1,other,2002\n`);
    expect(body.counts).toMatchObject({ created: 0, changed: 1, unchanged: 1 });
    expect(await subscriptions()).toEqual([expect.objectContaining({ id: 's1', revision: 1 }), expect.objectContaining({ id: 's2', revision: 3, changed_by: 'import/again', document: expect.objectContaining({ note: 'mine', offerId: 'other' }) as object })]);
  });

  describe('whose upload broke off', () => {
    /** Sends the beginning of a file, waits until the service has kept what it keeps, and hangs up. */
    async function breakOff(id: string, beginning: string, keptRecords: number): Promise<void> {
      const request = http.request(`${url}/v1/imports?${SUBSCRIPTIONS}&id=${id}`, { method: 'POST', headers: { ...headers, 'content-type': 'text/csv', 'transfer-encoding': 'chunked' } });
      request.on('error', () => undefined);
      request.write(beginning);
      await eventually(async () => expect((await get(`/${id}`)).body).toMatchObject({ state: 'receiving', position: { records: keptRecords } }));
      await new Promise((resolve) => request.once('close', resolve).destroy());
    }
    const file = HEADER + rows(0, 11_000);

    it('goes on where it stopped when the same file comes again', async () => {
      await breakOff('resumed', HEADER + rows(0, 7_000), 6_000);
      // Marks what was kept: if it came a second time, it would be a duplicate or be overwritten.
      await dataSource.query(`update import_entry set document = document || '{"kept": true}'`);
      const { status, body } = await post(`${SUBSCRIPTIONS}&id=resumed`, file);
      expect([status, body.state, body.counts?.['created']]).toEqual([200, 'applied', 11_000]);
      expect(await dataSource.query(`select count(*)::integer as count from subscription where document ? 'kept'`)).toEqual([{ count: 6_000 }]);
    });

    it('refuses another file under its id, and still takes the right one', async () => {
      await breakOff('mixed-up', HEADER + rows(0, 7_000), 6_000);
      for (const other of [file.replace('s17,c1', 's17,c2'), HEADER + rows(0, 20)]) {
        expect(await post(`${SUBSCRIPTIONS}&id=mixed-up`, other)).toMatchObject({ status: 409, body: { code: 'import-differs' } });
      }
      expect(await post(`${SUBSCRIPTIONS}&id=mixed-up&dryRun=true`, file)).toMatchObject({ status: 409, body: { code: 'import-differs' } });
      expect(await subscriptions()).toEqual([]);
      expect(await post(`${SUBSCRIPTIONS}&id=mixed-up`, file)).toMatchObject({ status: 200, body: { state: 'applied', counts: { created: 11_000 } } });
    });

    it('begins anew where a crash of the server has taken what was kept', async () => {
      await breakOff('emptied', HEADER + rows(0, 7_000), 6_000);
      await dataSource.query('truncate import_entry');
      expect(await post(`${SUBSCRIPTIONS}&id=emptied`, file)).toMatchObject({ status: 200, body: { counts: { read: 11_000, created: 11_000 } } });
    });

    it('lets the later upload write, and no other', async () => {
      const request = http.request(`${url}/v1/imports?${SUBSCRIPTIONS}&id=twice`, { method: 'POST', headers: { ...headers, 'content-type': 'text/csv', 'transfer-encoding': 'chunked' } });
      request.write(HEADER + rows(0, 7_000));
      await eventually(async () => expect((await get('/twice')).body).toMatchObject({ position: { records: 6_000 } }));
      expect(await post(`${SUBSCRIPTIONS}&id=twice`, file)).toMatchObject({ status: 200, body: { state: 'applied' } });
      request.end(rows(7_000, 11_000));
      const [response] = await once(request, 'response') as [http.IncomingMessage];
      expect(response.statusCode).toBe(409);
      response.resume();
      expect(await subscriptions()).toHaveLength(11_000);
    });
  });

  it('answers with what became of it when an applied file comes again, without doing it again', async () => {
    const file = `${HEADER}s1,c1,crm,2002\n`;
    const first = await post(`${SUBSCRIPTIONS}&id=done`, file);
    await dataSource.query('delete from subscription');
    expect(await post(`${SUBSCRIPTIONS}&id=done`, file)).toEqual(first);
    expect(await subscriptions()).toEqual([]);
    for (const other of [`${file}s2,c1,crm,2002\n`, HEADER, `${HEADER}s3,c1,crm,2002\n`]) expect(await post(`${SUBSCRIPTIONS}&id=done`, other)).toMatchObject({ status: 409, body: { code: 'import-differs' } });
  });

  it('merges the languages of an offer, with English before others, whatever comes first', async () => {
    const listing = (language: object, place: string, more: object) => ({ id: `listing/p1/public/main/default/${place}`, product: 'product/p1', kind: 'azureContainer', ...language, ...more });
    const english = listing({ languageID: 'en-us' }, 'en-us', { title: 'Ledger', supportContact: { name: 'Desk', email: 'desk@contoso.example' } });
    const german = listing({ languageId: 'de-de' }, 'de-de', { title: 'Hauptbuch', supportContact: { name: 'Pult', url: 'https://hilfe.contoso.example' }, engineeringContact: { name: 'Werk' } });
    for (const [id, resources] of [['g', [german, english]], ['e', [english, german]]] as const) {
      expect(await post(`format=offers&publisher=contoso&id=${id}`, JSON.stringify({ resources }), 'application/json')).toMatchObject({ status: 200, body: { counts: { read: 2, valid: 2 } } });
      const [offer] = await dataSource.query<{ document: object; publisher_id: string; revision: number }[]>('select document, publisher_id, revision from offer');
      expect(offer).toEqual({ publisher_id: 'contoso', revision: 1, document: { id: 'p1', publisherId: 'contoso', name: 'Ledger', ownership: 'third-party', kind: 'container', listing: { supportContact: { name: 'Desk', email: 'desk@contoso.example' }, engineeringContact: { name: 'Werk' } } } });
    }
  });

  it('takes gzip, and says where it is none', async () => {
    const file = `${HEADER}s1,c1,crm,2002\n`;
    expect(await post(SUBSCRIPTIONS, new Uint8Array(gzipSync(file)), 'text/csv', { 'content-encoding': 'gzip' })).toMatchObject({ status: 200, body: { counts: { created: 1 } } });
    expect(await post(SUBSCRIPTIONS, file, 'text/csv', { 'content-encoding': 'gzip' })).toMatchObject({ status: 400, body: { code: 'import-unreadable' } });
    expect(await post(SUBSCRIPTIONS, file, 'text/csv', { 'content-encoding': 'br' })).toMatchObject({ status: 415 });
  });

  it.each([
    ['a file that breaks off', SUBSCRIPTIONS, `${HEADER}s1,"c1`, 'text/csv', 400, 'import-unreadable'],
    ['JSON that ends early', SUBSCRIPTIONS, '{"items": [{', 'application/json', 400, 'import-unreadable'],
    ['a type that the format has not', 'format=offers', 'id', 'text/csv', 415, 'unsupported-media-type'],
    ['a format that nobody knows', 'format=invoices', 'id', 'text/csv', 422, 'invalid-content'],
    ['an id with blanks', `${SUBSCRIPTIONS}&id=a%20b`, HEADER, 'text/csv', 422, 'invalid-content'],
  ])('refuses %s', async (_what, query, body, contentType, status, code) => {
    expect(await post(query, body, contentType)).toMatchObject({ status, body: { code } });
    expect(await subscriptions()).toEqual([]);
  });

  it('brings a whole directory, also with entries that refer to none', async () => {
    const file = { publishers: [{ id: 'contoso', name: 'Contoso' }], partners: [{ id: '1001', name: 'Northwind', model: 'indirect-provider', contacts: {} }], customers: [{ id: 'c1', name: 'Wingtip' }], subscriptions: [{ id: 's1', customerId: 'nobody', offerId: 'nothing', channel: 'csp' }], agreements: [{ id: 'a1', providerId: '1001', resellerId: '2002', from: '2026-01-01', to: null, entries: [{ area: 'payment', assignedTo: 'reseller' }] }] };
    expect(await post('format=directory', JSON.stringify(file), 'application/json')).toMatchObject({ status: 200, body: { counts: { created: 5 } } });
    expect(await dataSource.query('select provider_id, reseller_id from agreement')).toEqual([{ provider_id: '1001', reseller_id: '2002' }]);
  });

  it('lists imports, the latest first, and does not know others', async () => {
    for (const id of ['one', 'two', 'three']) await post(`${SUBSCRIPTIONS}&id=${id}`, HEADER);
    const first = await get('?limit=2');
    expect((first.body['items'] as { importId: string }[]).map(({ importId }) => importId)).toEqual(['three', 'two']);
    expect((await get(`?limit=2&cursor=${String(first.body['next'])}`)).body).toMatchObject({ items: [{ importId: 'one' }], next: null });
    expect(await get('/four')).toMatchObject({ status: 404, body: { code: 'import-not-found' } });
    expect(await get('?cursor=xyz')).toMatchObject({ status: 400, body: { code: 'cursor-invalid' } });
  });

  it('needs the token, before it reads anything', async () => {
    const response = await fetch(`${url}/v1/imports?${SUBSCRIPTIONS}&id=unknown`, { method: 'POST', body: HEADER });
    expect(response.status).toBe(401);
    expect(await get('/unknown')).toMatchObject({ status: 404 });
  });
});
