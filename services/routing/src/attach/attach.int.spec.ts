import { compile, DEFAULT_MATRIX } from '@handoff/matrix';
import { createDataSource, MESSAGING_MIGRATIONS, PostgresTransactions, prepareSchema } from '@handoff/persistence';
import { createHttpApp } from '@handoff/platform';
import { aTicketReceived, createTestDatabase, MovableClock, type TestDatabase } from '@handoff/testing';
import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { DataSource } from 'typeorm';
import { DEMO_DIRECTORY } from '../directory/demo-directory.fixture.js';
import { PostgresDirectoryStore } from '../directory/directory.store.postgres.js';
import { ROUTING_MIGRATIONS } from '../migrations/index.js';
import { RouteTicketHandler } from '../route-ticket/route-ticket.handler.js';
import { TICKET_STORE } from '../tickets/ticket.store.js';
import { PostgresTicketStore } from '../tickets/ticket.store.postgres.js';
import { TicketsController } from '../tickets/tickets.controller.js';
import { TRANSACTIONS } from '../tokens.js';
import { PostgresNoticeStore } from '../tell-health-notice/told-notices.postgres.js';
import { AttachController } from './attach.controller.js';
import { AttachTicketHandler } from './attach-ticket.handler.js';

const TOKEN = 'a-token-that-is-long-enough';

@Module({})
class AttachTestModule {}

describe('attaching a ticket to an outage over HTTP', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let app: NestFastifyApplication;
  let url: string;
  let transactions: PostgresTransactions;
  const tickets = new PostgresTicketStore();
  const directory = new PostgresDirectoryStore();
  const compiled = compile(DEFAULT_MATRIX);
  const clock = new MovableClock(new Date('2026-11-02T10:00:00.000Z'));

  beforeAll(async () => {
    database = await createTestDatabase();
    dataSource = await createDataSource({ url: database.url, schema: 'routing', connectionsMax: 4, migrations: [...MESSAGING_MIGRATIONS, ...ROUTING_MIGRATIONS] }).initialize();
    await prepareSchema(dataSource, { schema: 'routing', migrate: true });
    transactions = new PostgresTransactions(dataSource, { owner: '1', handOff: () => Promise.resolve() });
    await transactions.run(async (tx) => {
      await directory.save(tx, DEMO_DIRECTORY);
      await directory.saveHealthNotice(tx, { id: 'outage-7', offerId: 'contoso-crm', summary: 'Sign-in is down', startedAt: '2026-11-02T09:30:00.000Z', endedAt: null });
    });
    const handler = new AttachTicketHandler({ transactions, tickets, directory, notices: new PostgresNoticeStore(), matrix: () => compiled, clock });
    const module = {
      module: AttachTestModule, controllers: [TicketsController, AttachController],
      providers: [{ provide: TICKET_STORE, useValue: tickets }, { provide: TRANSACTIONS, useValue: transactions }, { provide: AttachTicketHandler, useValue: handler }],
    };
    app = await createHttpApp(module, { service: 'routing', description: 'Outages.', token: TOKEN, logLevel: 'silent', bodyBytesMax: 65_536 });
    await app.listen(0, '127.0.0.1');
    url = await app.getUrl();
  });
  afterAll(async () => {
    await app?.close();
    await dataSource?.destroy();
    await database?.drop();
  });

  async function receive(externalId: string): Promise<string> {
    const event = aTicketReceived({ externalId, ticket: { customerId: 'woodgrove', area: 'break-fix' } });
    await transactions.run((tx) => new RouteTicketHandler({ tickets, directory, matrix: () => compiled, clock }).handle([event], tx));
    return event.data.ticketId;
  }
  async function call(method: string, path: string, body?: object, headers: Record<string, string> = {}) {
    const response = await fetch(`${url}/v1/tickets/${path}`, { method, headers: { authorization: `Bearer ${TOKEN}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    return { status: response.status, etag: response.headers.get('etag'), body: await response.json() as Record<string, unknown> };
  }

  it('is kept with who and why, in the ticket, its timeline and the outbox, and so is detaching it', async () => {
    const id = await receive('A-1');
    const attached = await call('POST', `${id}/attach`, { noticeId: 'outage-7', reason: 'The same error.' }, { 'x-handoff-actor': 'ada', 'if-match': '"1"' });
    expect(attached).toMatchObject({ status: 200, etag: '"3"', body: { noticeWord: { noticeId: 'outage-7', isAttached: true, by: 'ada', reason: 'The same error.' }, decision: { attachedTo: 'outage-7' } } });
    expect(await call('POST', `${id}/attach`, { noticeId: 'outage-7', reason: 'The same error.' })).toMatchObject({ status: 200, etag: '"3"' });
    const detached = await call('POST', `${id}/detach`, { reason: 'Their own network.', by: 'bea' });
    expect(detached).toMatchObject({ status: 200, etag: '"5"', body: { noticeWord: { isAttached: false, by: 'bea' }, decision: { attachedTo: null } } });
    expect((await call('GET', id)).body).toMatchObject({ decisions: [{ cause: null }, { cause: { type: 'attached', by: 'ada', note: 'The same error.' } }, { cause: { type: 'detached', by: 'bea' } }] });
    const events = await dataSource.query<{ value: string }[]>('select value from outbox where key = $1 order by seq', [id]);
    expect(events.map(({ value }) => JSON.parse(String(value)) as object)).toMatchObject([
      { ticketVersion: 1 }, { ticketVersion: 2, cause: 'attached' }, { ticketVersion: 3, noticeId: 'outage-7', by: 'ada' }, { ticketVersion: 4, noticeId: 'outage-7', by: 'bea' }, { ticketVersion: 5, cause: 'detached' },
    ]);
  });

  it.each([
    ['to no outage', 'attach', { reason: 'x' }, {}, 422, 'invalid-content'],
    ['without a reason', 'attach', { noticeId: 'outage-7' }, {}, 422, 'invalid-content'],
    ['with an empty reason', 'detach', { reason: '  ' }, {}, 422, 'field-invalid'],
    ['to an outage that nobody reported', 'attach', { noticeId: 'outage-1', reason: 'x' }, {}, 404, 'notice-unknown'],
    ['of a version that is over', 'attach', { noticeId: 'outage-7', reason: 'x' }, { 'if-match': '"7"' }, 412, 'ticket-changed'],
  ])('is refused %s', async (what, verb, body, headers, status, code) => {
    const id = await receive(`refused ${what}`);
    expect(await call('POST', `${id}/${verb}`, body, headers)).toMatchObject({ status, body: { code } });
    expect((await call('GET', id)).body).toMatchObject({ ticketVersion: 1, noticeWord: null });
  });
});
