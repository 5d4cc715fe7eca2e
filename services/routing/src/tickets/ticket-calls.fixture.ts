import { compile, DEFAULT_MATRIX } from '@handoff/matrix';
import { createDataSource, MESSAGING_MIGRATIONS, PostgresTransactions, prepareSchema } from '@handoff/persistence';
import { createHttpApp } from '@handoff/platform';
import { type aTicketReceived, createTestDatabase, MovableClock } from '@handoff/testing';
import { Module, type Provider, type Type } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { Classifier } from '../classify/area.decision.js';
import { DEMO_DIRECTORY } from '../directory/demo-directory.fixture.js';
import { PostgresDirectoryStore } from '../directory/directory.store.postgres.js';
import { ROUTING_MIGRATIONS } from '../migrations/index.js';
import { RouteTicketHandler } from '../route-ticket/route-ticket.handler.js';
import { TRANSACTIONS } from '../tokens.js';
import { TICKET_STORE } from './ticket.store.js';
import { PostgresTicketStore } from './ticket.store.postgres.js';
import { TicketsController } from './tickets.controller.js';

const TOKEN = 'a-token-that-is-long-enough';

@Module({})
class TicketCallsModule {}

/** What the handlers of a person's words about a ticket need. */
function portsOf(transactions: PostgresTransactions) {
  const compiled = compile(DEFAULT_MATRIX);
  return { transactions, tickets: new PostgresTicketStore(), directory: new PostgresDirectoryStore(), matrix: () => compiled, clock: new MovableClock(new Date('2026-11-02T10:00:00.000Z')) };
}
export type TicketPorts = ReturnType<typeof portsOf>;

export interface TicketAnswer {
  readonly status: number;
  readonly etag: string | null;
  readonly body: Record<string, unknown>;
}

export interface TicketCalls {
  readonly dataSource: DataSource;
  readonly ports: TicketPorts;
  /** What routing does with an event. @returns the id of its ticket. */
  receive(event: ReturnType<typeof aTicketReceived>, classifier?: Classifier | null): Promise<string>;
  /** @param path behind that of tickets. */
  call(method: string, path: string, body?: object, headers?: Record<string, string>): Promise<TicketAnswer>;
  /** The events about a ticket that wait to be published, in their order. */
  outbox(ticketId: string): Promise<readonly { readonly value: string }[]>;
  close(): Promise<void>;
}

/** Tickets over HTTP, on a database of their own with the demo directory: a controller beside that of tickets, with what provides for it. */
export async function startTicketCalls(controller: Type, providers: (ports: TicketPorts) => readonly Provider[]): Promise<TicketCalls> {
  const database = await createTestDatabase();
  const dataSource = await createDataSource({ url: database.url, schema: 'routing', connectionsMax: 4, migrations: [...MESSAGING_MIGRATIONS, ...ROUTING_MIGRATIONS] }).initialize();
  await prepareSchema(dataSource, { schema: 'routing', migrate: true });
  const ports = portsOf(new PostgresTransactions(dataSource, { owner: '1', handOff: () => Promise.resolve() }));
  const { transactions, tickets, directory } = ports;
  await transactions.run((tx) => directory.save(tx, DEMO_DIRECTORY));
  const module = {
    module: TicketCallsModule, controllers: [TicketsController, controller],
    providers: [{ provide: TICKET_STORE, useValue: tickets }, { provide: TRANSACTIONS, useValue: transactions }, ...providers(ports)],
  };
  const app = await createHttpApp(module, { service: 'routing', description: 'Tickets.', token: TOKEN, logLevel: 'silent', bodyBytesMax: 65_536 });
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  return {
    dataSource, ports,
    receive: async (event, classifier = null) => {
      await transactions.run((tx) => new RouteTicketHandler({ ...ports, classifier }).handle([event], tx));
      return event.data.ticketId;
    },
    call: async (method, path, body, headers = {}) => {
      const response = await fetch(`${url}/v1/tickets/${path}`, { method, headers: { authorization: `Bearer ${TOKEN}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
      return { status: response.status, etag: response.headers.get('etag'), body: await response.json() as Record<string, unknown> };
    },
    outbox: (ticketId) => dataSource.query('select value from outbox where key = $1 order by seq', [ticketId]),
    close: async () => {
      await app.close();
      await dataSource.destroy();
      await database.drop();
    },
  };
}
