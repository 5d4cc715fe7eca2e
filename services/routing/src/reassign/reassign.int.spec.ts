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
import { ReassignController } from './reassign.controller.js';
import { ReassignTicketHandler } from './reassign-ticket.handler.js';

const TOKEN = 'a-token-that-is-long-enough';

@Module({})
class ReassignTestModule {}

describe('moving a ticket over HTTP', () => {
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
    await transactions.run((tx) => directory.save(tx, DEMO_DIRECTORY));
    const handler = new ReassignTicketHandler({ transactions, tickets, directory, matrix: () => compiled, clock });
    const module = {
      module: ReassignTestModule, controllers: [TicketsController, ReassignController],
      providers: [{ provide: TICKET_STORE, useValue: tickets }, { provide: TRANSACTIONS, useValue: transactions }, { provide: ReassignTicketHandler, useValue: handler }],
    };
    app = await createHttpApp(module, { service: 'routing', description: 'Moves.', token: TOKEN, logLevel: 'silent', bodyBytesMax: 65_536 });
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

  it('is kept with who and why, in the ticket, its timeline and the outbox', async () => {
    const id = await receive('M-1');
    const moved = await call('POST', `${id}/reassign`, { to: 'partner/2002', reason: 'They know it.' }, { 'x-handoff-actor': 'ada', 'if-match': '"1"' });
    expect(moved).toMatchObject({ status: 200, etag: '"3"', body: { queue: 'partner/2002', reassigned: { to: 'partner/2002', by: 'ada', reason: 'They know it.', at: '2026-11-02T10:00:00.000Z' } } });
    expect(moved.body['reassigned']).not.toHaveProperty('over');
    expect((await call('GET', id)).body).toMatchObject({ queue: 'partner/2002', decisions: [{ queue: 'isv/contoso', cause: null }, { queue: 'partner/2002', cause: { type: 'reassigned', by: 'ada', note: 'They know it.' } }] });
    const events = await dataSource.query<{ value: string }[]>('select value from outbox where key = $1 order by seq', [id]);
    expect(events.map(({ value }) => JSON.parse(String(value)) as object)).toMatchObject([{ ticketVersion: 1 }, { ticketVersion: 2, from: 'isv/contoso', to: 'partner/2002', reason: 'They know it.' }, { ticketVersion: 3, cause: 'reassigned' }]);
    expect(await call('POST', `${id}/reassign`, { to: 'partner/2002', reason: 'They know it.' }, { 'x-handoff-actor': 'ada' })).toMatchObject({ status: 200, etag: '"3"' });
  });

  it.each([
    ['to no party', { to: 'triage', reason: 'x' }, {}, 422, 'invalid-content'],
    ['without a reason', { to: 'partner/2002' }, {}, 422, 'invalid-content'],
    ['with an empty reason', { to: 'partner/2002', reason: '  ' }, {}, 422, 'field-invalid'],
    ['to whom it does not concern', { to: 'partner/3001', reason: 'x' }, {}, 409, 'party-not-involved'],
    ['of a version that is over', { to: 'partner/2002', reason: 'x' }, { 'if-match': '"7"' }, 412, 'ticket-changed'],
  ])('refuses a move %s', async (what, body, headers, status, code) => {
    const id = await receive(`refused ${what}`);
    expect(await call('POST', `${id}/reassign`, body, headers)).toMatchObject({ status, body: { code } });
    expect((await call('GET', id)).body).toMatchObject({ ticketVersion: 1, reassigned: null });
  });
});
