import { encodeEvent, type HandoffEvent, TOPICS } from '@handoff/contracts';
import { type IncomingRecord, PermanentFailure, Runner, type StoredRecord } from '@handoff/messaging';
import { createDataSource, MESSAGING_MIGRATIONS, PostgresDeadLetters, PostgresTransactions, prepareSchema } from '@handoff/persistence';
import { aTicketReceived, createTestDatabase, MovableClock, type TestDatabase } from '@handoff/testing';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { DataSource } from 'typeorm';
import { createHttpApp } from '../http-app.js';
import { DeadLettersModule } from './dead-letters.module.js';

const SCHEMA = 'letters';
const TOKEN = 'a-token-of-sixteen';
const UNKNOWN_ID = '6d1f9c53-7a0e-4b7b-8b0c-1f2a3b4c5d6e';

type Answer = { readonly status: number; readonly body: Record<string, unknown> };
type Item = Record<string, unknown>;

let database: TestDatabase;
let dataSource: DataSource;
let app: NestFastifyApplication;
let runner: Runner;
let clock: MovableClock;
let handled: string[];
let outgoing: StoredRecord[];
let failures: Map<string, Error>;
let offset: number;

beforeEach(async () => {
  database = await createTestDatabase();
  dataSource = await createDataSource({ url: database.url, schema: SCHEMA, connectionsMax: 6, migrations: MESSAGING_MIGRATIONS }).initialize();
  await prepareSchema(dataSource, { schema: SCHEMA, migrate: true });
  [handled, outgoing, failures, offset] = [[], [], new Map(), 0];
  clock = new MovableClock(new Date());
  const transactions = new PostgresTransactions(dataSource, { owner: '1', handOff: (records) => Promise.resolve(void outgoing.push(...records)) });
  runner = new Runner({
    transactions, chunkRecordsMax: 500, group: 'handoff-letters', ignoredTypes: new Set(), hasRoom: () => true, now: () => clock.now(), pause: () => Promise.resolve(),
    dispatch: (_type, events) => {
      const failure = events.map(({ id }) => failures.get(id)).find((found) => found !== undefined);
      if (failure !== undefined) return Promise.reject(failure);
      handled.push(...events.map(({ id, data }) => `${id}:${String((data as { ticket?: { subject?: string } }).ticket?.subject)}`));
      return Promise.resolve();
    },
    log: { chunk: () => undefined, parked: () => undefined, dead: () => undefined, unavailable: () => undefined },
  });
  app = await createHttpApp(DeadLettersModule.of(new PostgresDeadLetters(transactions)), { service: 'letters', description: 'Of a test.', token: TOKEN, logLevel: 'silent', bodyBytesMax: 65_536 });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
});

afterEach(async () => {
  await app.close();
  await dataSource.destroy();
  await database.drop();
});

async function ask(method: 'GET' | 'POST', path: string, body?: object): Promise<Answer> {
  const { statusCode, payload } = await app.inject({ method, url: `/v1/dead-letters${path}`, headers: { authorization: `Bearer ${TOKEN}` }, ...(body === undefined ? {} : { payload: body }) });
  return { status: statusCode, body: JSON.parse(payload) as Record<string, unknown> };
}

const listed = async (query = ''): Promise<Item[]> => (await ask('GET', query)).body['items'] as Item[];
const eventOf = (ticket: string, n: number) => aTicketReceived({ externalId: ticket, id: `${ticket}-${n}`, ticket: { subject: 'as told' } });
const permanent = (id: string, code = 'offer-broken') => failures.set(id, new PermanentFailure(code, 'The offer has no publisher.'));

function recordOf(event: HandoffEvent, more: Partial<IncomingRecord> = {}): IncomingRecord {
  const { key, value, headers } = encodeEvent(event);
  offset += 1;
  return { topic: 'handoff.intake', partition: 0, offset: String(offset), key, keyBytes: Buffer.from(key), value: Buffer.from(value), headers, timestampMs: '1793610000123', ...more };
}

function take(...records: IncomingRecord[]): Promise<void> {
  return runner.handleBatch({ topic: 'handoff.intake', partition: 0, records, heartbeat: () => Promise.resolve(), isAbandoned: () => false, commit: () => Promise.resolve() });
}

/** Of the event `a-1` that was given up, with `a-2` behind it, and `b-1` handled. */
async function oneDead(): Promise<string> {
  permanent('a-1');
  await take(recordOf(eventOf('a', 1)), recordOf(eventOf('b', 1)), recordOf(eventOf('a', 2)));
  return String((await listed('?state=dead'))[0]?.['id']);
}

const retryDue = () => {
  clock.advance(1_000);
  return runner.retryParked(100);
};

describe('the dead letters of a service', () => {
  it('show each event that is set aside, with why, and what waits behind it', async () => {
    failures.set('c-1', new TypeError('Cannot read it.'));
    const id = await oneDead();
    await take(recordOf(eventOf('c', 1)));
    const items = await listed();
    expect(items.map((item) => [item['eventId'], item['state'], item['reason'], item['behind'], item['waitsFor']])).toEqual([
      ['c-1', 'retrying', 'handler-failed', 0, null], ['a-2', 'waiting', 'behind-parked', 0, id], ['a-1', 'dead', 'offer-broken', 1, null],
    ]);
    expect(items[0]).toMatchObject({ errorName: 'TypeError', detail: 'Cannot read it.', topic: 'handoff.intake', partition: 0, type: 'handoff.ticket.received.v1', attempts: 0, deadAt: null, nextRetryAt: expect.any(String) });
    expect(items[2]).toMatchObject({ nextRetryAt: null, deadAt: expect.any(String), settled: null });
  });

  it('go to their topic once, byte for byte', async () => {
    const id = await oneDead();
    const copies = outgoing.filter(({ topic }) => topic === TOPICS.deadLetters.name);
    expect(copies).toHaveLength(1);
    expect(copies[0]?.value).toEqual(Buffer.from(encodeEvent(eventOf('a', 1)).value));
    expect(String(copies[0]?.headers['handoff-dead-letter-id'])).toBe(id);
  });

  it('are narrowed by reason, topic, type, ticket and state, page by page', async () => {
    await oneDead();
    const ticket = eventOf('a', 1).subject;
    const ids = async (query: string) => (await listed(query)).map((item) => item['eventId']);
    expect(await ids('?reason=offer-broken')).toEqual(['a-1']);
    expect(await ids('?topic=handoff.intake&type=handoff.ticket.received.v1')).toEqual(['a-2', 'a-1']);
    expect(await ids('?topic=handoff.routing')).toEqual([]);
    expect(await ids(`?ticket=${ticket}&state=waiting`)).toEqual(['a-2']);
    const first = await ask('GET', '?limit=1');
    expect((first.body['items'] as Item[]).map((item) => item['eventId'])).toEqual(['a-2']);
    const second = await ask('GET', `?limit=1&cursor=${String(first.body['next'])}`);
    expect([(second.body['items'] as Item[]).map((item) => item['eventId']), second.body['next']]).toEqual([['a-1'], null]);
  });

  it('are shown whole: headers, value, error and history', async () => {
    const noText = Buffer.from([0, 255, 128]);
    await take(recordOf(eventOf('a', 1), { value: noText, headers: { 'x-bin': noText, 'x-text': 'ışık' } }));
    const [item] = await listed();
    const { status, body } = await ask('GET', `/${String(item?.['id'])}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      reason: 'not-cloudevents', state: 'dead', value: { text: noText.toString('base64'), encoding: 'base64' }, editedValue: null, appendedAt: new Date(1793610000123).toISOString(),
      headers: [{ name: 'x-bin', text: noText.toString('base64'), encoding: 'base64' }, { name: 'x-text', text: 'ışık', encoding: 'utf8' }],
      history: [{ what: 'set-aside', code: 'not-cloudevents', nextRetryAt: null }],
    });
  });

  it('are tried again by hand, the later events of the ticket after them, and stay visible as retried', async () => {
    const id = await oneDead();
    failures.clear();
    const { status, body } = await ask('POST', `/${id}/retry`, { by: 'Ada', note: 'The offer is mended \ud83d' });
    expect([status, body['state']]).toEqual([202, 'retrying']);
    expect(await retryDue()).toEqual({ tried: 2, released: 2 });
    expect(handled).toEqual(['b-1:as told', 'a-1:as told', 'a-2:as told']);
    const items = await listed();
    expect(items.map((item) => [item['eventId'], item['state']])).toEqual([['a-1', 'retried']]);
    const history = (await ask('GET', `/${id}`)).body['history'] as Item[];
    expect(history.map(({ what }) => what)).toEqual(['set-aside', 'retry-asked', 'retried']);
    expect(history[1]).toMatchObject({ by: 'Ada', note: 'The offer is mended \ufffd' });
  });

  it('are tried again without a body as well, and when they fail again they stay, with the failure in their history', async () => {
    const id = await oneDead();
    expect((await ask('POST', `/${id}/retry`)).status).toBe(202);
    expect(await retryDue()).toEqual({ tried: 1, released: 0 });
    const { body } = await ask('GET', `/${id}`);
    expect(body).toMatchObject({ state: 'dead', attempts: 1, behind: 1 });
    expect((body['history'] as Item[]).map(({ what }) => what)).toEqual(['set-aside', 'retry-asked', 'failed']);
    expect(outgoing.filter(({ topic }) => topic === TOPICS.deadLetters.name)).toHaveLength(1);
  });

  it('are handled with the value that a person wrote, and keep that which came', async () => {
    const { data } = eventOf('a', 1);
    await take(recordOf(eventOf('a', 1), { value: Buffer.from('{"ticketId":') }), recordOf(eventOf('a', 2)));
    const [item] = await listed('?state=dead');
    const id = String(item?.['id']);
    expect((await ask('POST', `/${id}/retry`, { value: { ...data, ticket: { subject: 'mended' } } })).status).toBe(202);
    await retryDue();
    expect(handled).toEqual(['a-1:mended', 'a-2:as told']);
    const { body } = await ask('GET', `/${id}`);
    expect(body).toMatchObject({ state: 'retried', isEdited: true, value: { text: '{"ticketId":' } });
    expect((body['editedValue'] as { text: string }).text).toContain('mended');
  });

  it('refuse a value that breaks the schema of the event or leaves its ticket, and change nothing', async () => {
    const id = await oneDead();
    const { data } = eventOf('a', 1);
    const broken = await ask('POST', `/${id}/retry`, { value: { ...data, change: 'renamed' } });
    expect([broken.status, broken.body['code'], broken.body['errors']]).toEqual([422, 'invalid-content', [expect.objectContaining({ field: '/value' })]]);
    expect((await ask('POST', `/${id}/retry`, { value: { ...data, ticketId: UNKNOWN_ID } })).status).toBe(422);
    expect((await ask('POST', `/${id}/retry`, { valeu: data })).status).toBe(422);
    expect((await ask('GET', `/${id}`)).body).toMatchObject({ state: 'dead', isEdited: false });
  });

  it('are tried again by reason, all of them, the earliest first', async () => {
    for (const ticket of ['a', 'b', 'c']) permanent(`${ticket}-1`, ticket === 'c' ? 'other-reason' : 'offer-broken');
    await take(...['a', 'b', 'c'].map((ticket) => recordOf(eventOf(ticket, 1))), recordOf(eventOf('a', 2)));
    failures.clear();
    expect(await ask('POST', '/retry', { reason: 'offer-broken' })).toEqual({ status: 202, body: { retrying: 2, hasMore: false } });
    await retryDue();
    expect(handled).toEqual(['a-1:as told', 'b-1:as told', 'a-2:as told']);
    expect((await listed('?state=dead')).map((item) => item['eventId'])).toEqual(['c-1']);
  });

  it('are counted by reason, type and state, the most frequent first, and tried again from a time on', async () => {
    for (const ticket of ['a', 'b', 'c']) permanent(`${ticket}-1`, ticket === 'c' ? 'other-reason' : 'offer-broken');
    failures.set('d-1', new TypeError('Cannot read it.'));
    await take(...['a', 'b', 'c', 'd'].map((ticket) => recordOf(eventOf(ticket, 1))), recordOf(eventOf('a', 2)));
    const { body } = await ask('GET', '/causes');
    expect((body['items'] as Item[]).map((item) => [item['reason'], item['state'], item['records'], item['detail'], item['nextRetryAt']])).toEqual([
      ['offer-broken', 'dead', 2, 'The offer has no publisher.', null], ['behind-parked', 'waiting', 1, expect.any(String), null],
      ['handler-failed', 'retrying', 1, 'Cannot read it.', expect.any(String)], ['other-reason', 'dead', 1, 'The offer has no publisher.', null],
    ]);
    expect((body['items'] as Item[])[0]).toMatchObject({ type: 'handoff.ticket.received.v1', firstAt: expect.any(String), lastAt: expect.any(String) });
    const later = new Date(Date.now() + 60_000).toISOString();
    expect((await ask('GET', `/causes?since=${later}`)).body).toEqual({ items: [] });
    expect((await ask('POST', '/retry', { reason: 'offer-broken', since: later })).body).toEqual({ retrying: 0, hasMore: false });
    expect((await ask('POST', '/retry', { reason: 'offer-broken', since: new Date(Date.now() - 60_000).toISOString() })).body).toEqual({ retrying: 2, hasMore: false });
    expect((await ask('GET', '/causes?since=yesterday')).body['code']).toBe('invalid-content');
    expect((await listed('?reason=handler-failed'))[0]).toMatchObject({ attempts: 0, attemptsLeft: 6 });
  });

  it('are discarded with who and why; the later events of the ticket go on, in order, and it stays visible', async () => {
    permanent('a-1');
    const first = recordOf(eventOf('a', 1));
    await take(first, recordOf(eventOf('a', 2)), recordOf(eventOf('a', 3)));
    const [item] = await listed('?state=dead');
    const id = String(item?.['id']);
    const { status, body } = await ask('POST', `/${id}/discard`, { by: 'Ada', note: 'The source sent nonsense.' });
    expect([status, body['state'], body['settled']]).toEqual([200, 'discarded', { at: expect.any(String), by: 'Ada', note: 'The source sent nonsense.' }]);
    await retryDue();
    expect(handled).toEqual(['a-2:as told', 'a-3:as told']);
    expect((await listed()).map((each) => [each['eventId'], each['state']])).toEqual([['a-1', 'discarded']]);
    failures.clear();
    await take(first);
    expect(handled).toHaveLength(2);
  });

  it('need a name and a reason to be discarded', async () => {
    const id = await oneDead();
    for (const body of [{ by: 'Ada' }, { note: 'Why.' }, { by: ' ', note: 'Why.' }, { by: 'Ada', note: '\0' }]) expect((await ask('POST', `/${id}/discard`, body)).status).toBe(422);
  });

  it('say clearly what cannot be done: unknown, settled before, or behind another', async () => {
    const id = await oneDead();
    const codes = async (...[method, path, body]: Parameters<typeof ask>) => {
      const answer = await ask(method, path, body);
      return [answer.status, answer.body['code']];
    };
    const note = { by: 'Ada', note: 'Why.' };
    const waiting = String((await listed('?state=waiting'))[0]?.['id']);
    expect(await codes('POST', `/${waiting}/retry`)).toEqual([409, 'dead-letter-waits']);
    for (const unknown of [UNKNOWN_ID, 'no-id']) {
      expect(await codes('GET', `/${unknown}`)).toEqual([404, 'dead-letter-unknown']);
      expect(await codes('POST', `/${unknown}/retry`)).toEqual([404, 'dead-letter-unknown']);
      expect(await codes('POST', `/${unknown}/discard`, note)).toEqual([404, 'dead-letter-unknown']);
    }
    expect((await ask('POST', `/${id}/discard`, note)).status).toBe(200);
    expect(await codes('POST', `/${id}/discard`, note)).toEqual([409, 'dead-letter-settled']);
    expect(await codes('POST', `/${id}/retry`)).toEqual([409, 'dead-letter-settled']);
    expect(await codes('GET', '?cursor=nonsense')).toEqual([400, 'cursor-invalid']);
    expect(await codes('GET', '?reason=Not A Code')).toEqual([422, 'invalid-content']);
    expect(await codes('POST', '/retry', {})).toEqual([422, 'invalid-content']);
  });

  it('cannot be discarded while they are being tried', async () => {
    const id = await oneDead();
    const lock = dataSource.createQueryRunner();
    await lock.startTransaction();
    try {
      await lock.query('select 1 from parked where id = $1 for update', [id]);
      const { status, body } = await ask('POST', `/${id}/discard`, { by: 'Ada', note: 'Why.' });
      expect([status, body['code']]).toEqual([409, 'dead-letter-busy']);
    } finally {
      await lock.rollbackTransaction();
      await lock.release();
    }
  });

  it('are counted by state, and forgotten 90 days after they were settled', async () => {
    const id = await oneDead();
    const letters = new PostgresDeadLetters(new PostgresTransactions(dataSource, { owner: '1', handOff: () => Promise.resolve() }));
    expect(await letters.counts()).toEqual({ dead: 1, waiting: 1, retrying: 0 });
    await ask('POST', `/${id}/discard`, { by: 'Ada', note: 'Why.' });
    await letters.forgetSettled(new Date(Date.now() - 60_000));
    expect((await ask('GET', `/${id}`)).status).toBe(200);
    await letters.forgetSettled(new Date(Date.now() + 60_000));
    expect((await ask('GET', `/${id}`)).status).toBe(404);
  });
});
