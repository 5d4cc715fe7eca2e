import type { TicketFields } from '@handoff/contracts';
import { compile, DEFAULT_MATRIX } from '@handoff/matrix';
import { createDataSource, MESSAGING_MIGRATIONS, PostgresTransactions, prepareSchema } from '@handoff/persistence';
import { createHttpApp } from '@handoff/platform';
import { aTicketReceived, createTestDatabase, MovableClock, type TestDatabase } from '@handoff/testing';
import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { DataSource } from 'typeorm';
import { AcknowledgeController } from '../acknowledge/acknowledge.controller.js';
import { AcknowledgeTicketHandler } from '../acknowledge/acknowledge-ticket.handler.js';
import { NotificationsConsumer } from '../acknowledge/notifications.consumer.js';
import { missingDecisionsIn } from '../audit/missing-decisions.postgres.js';
import type { Calendar } from '../directory/calendar.decision.js';
import { DEMO_DIRECTORY } from '../directory/demo-directory.fixture.js';
import type { DirectoryContent } from '../directory/directory.js';
import { PostgresDirectoryStore } from '../directory/directory.store.postgres.js';
import { ROUTING_MIGRATIONS } from '../migrations/index.js';
import { PassOnReplyHandler } from '../reply/pass-on-reply.handler.js';
import type { FollowCopiesHandler } from '../copies/follow-copies.handler.js';
import { RouteTicketHandler } from '../route-ticket/route-ticket.handler.js';
import { ServiceRequestHandler } from '../service-request/service-request.handler.js';
import { PostgresServiceRequestStore } from '../service-request/service-request.store.postgres.js';
import { PostgresNoticeStore } from '../tell-health-notice/told-notices.postgres.js';
import { TICKET_STORE } from '../tickets/ticket.store.js';
import { PostgresTicketStore } from '../tickets/ticket.store.postgres.js';
import { TicketsController } from '../tickets/tickets.controller.js';
import { TRANSACTIONS } from '../tokens.js';
import { EscalateTicketHandler } from './escalate-ticket.handler.js';
import { EscalationWorker } from './escalation.worker.js';
import { PostgresTimerStore } from './timer.store.postgres.js';

const TOKEN = 'a-token-that-is-long-enough';
const MINUTE_MS = 60_000;

const OFFICE: Calendar = {
  id: 'office', name: 'Office', timeZone: 'UTC', hours: { monday: [{ from: '09:00', to: '17:00' }], tuesday: [{ from: '09:00', to: '17:00' }], wednesday: [{ from: '09:00', to: '17:00' }] },
  holidays: [{ date: '2026-11-03' }],
};

/** Contoso answers A within an hour at any time and B within an hour of the office; Contoso's problems go on to its partner Adatum. */
const DIRECTORY: DirectoryContent = {
  ...DEMO_DIRECTORY, calendars: [OFFICE],
  offers: DEMO_DIRECTORY.offers.map((offer) => (offer.id === 'contoso-crm' ? { ...offer, responseTargets: [{ severity: 'A', minutes: 60 }, { severity: 'B', minutes: 60, calendarId: 'office' }] } : offer)),
};

const WITHOUT_TARGETS = DEMO_DIRECTORY.offers.map(({ responseTargets: _targets, plans: _plans, ...offer }) => offer);

@Module({})
class EscalationTestModule {}

interface Event {
  readonly step?: string;
  readonly recipients?: readonly { readonly destination: string; readonly email: string }[];
  readonly [key: string]: unknown;
}

describe('a ticket that is to be acknowledged', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let app: NestFastifyApplication;
  let url: string;
  let transactions: PostgresTransactions;
  let clock: MovableClock;
  let failures: unknown[];
  const tickets = new PostgresTicketStore();
  const directory = new PostgresDirectoryStore();
  const compiled = compile(DEFAULT_MATRIX);
  const now = () => clock.now();
  const serviceRequests = new ServiceRequestHandler({ tickets, requests: new PostgresServiceRequestStore(), directory, matrix: () => compiled, clock: { now } });

  beforeAll(async () => {
    database = await createTestDatabase();
    dataSource = await createDataSource({ url: database.url, schema: 'routing', connectionsMax: 6, migrations: [...MESSAGING_MIGRATIONS, ...ROUTING_MIGRATIONS] }).initialize();
    await prepareSchema(dataSource, { schema: 'routing', migrate: true });
    // What is committed counts as published at once.
    transactions = new PostgresTransactions(dataSource, { owner: '1', handOff: () => Promise.resolve() });
    await transactions.run((tx) => directory.save(tx, DIRECTORY));
    const module = {
      module: EscalationTestModule, controllers: [TicketsController, AcknowledgeController],
      providers: [{ provide: TICKET_STORE, useValue: tickets }, { provide: TRANSACTIONS, useValue: transactions }, { provide: AcknowledgeTicketHandler, useValue: new AcknowledgeTicketHandler({ transactions, tickets, directory, serviceRequests, clock: { now } }) }],
    };
    app = await createHttpApp(module, { service: 'routing', description: 'Acknowledges.', token: TOKEN, logLevel: 'silent', bodyBytesMax: 65_536 });
    await app.listen(0, '127.0.0.1');
    url = await app.getUrl();
  });
  beforeEach(async () => {
    clock = new MovableClock(new Date('2026-11-02T10:00:00.000Z'));
    failures = [];
    said = [];
    await dataSource.query('delete from outbox; delete from timer');
  });
  afterAll(async () => {
    await app.close();
    await dataSource.destroy();
    await database.drop();
  });

  let said: Event[];
  /** Reads what was said and lets it count as published. */
  async function publish(): Promise<void> {
    const rows = await dataSource.query<{ value: string }[]>('with gone as (delete from outbox returning seq, value) select value from gone order by seq');
    said.push(...rows.map(({ value }) => JSON.parse(String(value)) as Event));
  }
  const escalated = () => said.filter(({ step }) => step !== undefined);
  const steps = () => escalated().map(({ step, recipients }) => [step, ...(recipients ?? []).map(({ destination }) => destination)]);
  const timers = () => dataSource.query<{ due_at: Date }[]>('select due_at from timer');

  async function receive(externalId: string, ticket: TicketFields = {}, change: 'created' | 'updated' | 'closed' = 'created'): Promise<string> {
    const event = aTicketReceived({ externalId, change, occurredAt: now().toISOString(), ticket: { severity: 'A', ...ticket } as TicketFields });
    await transactions.run((tx) => new RouteTicketHandler({ tickets, directory, matrix: () => compiled, clock: { now } }).handle([event], tx));
    await publish();
    return event.data.ticketId;
  }
  /** A worker of a process of its own. */
  function worker(): EscalationWorker {
    const timerStore = new PostgresTimerStore();
    return new EscalationWorker({
      transactions, timers: timerStore, handler: new EscalateTicketHandler({ timers: timerStore, tickets, directory, clock: { now } }), clock: { now }, pollIntervalMs: 1_000,
      onStep: () => undefined, onFailed: (_id, error) => failures.push(error), onError: (error) => failures.push(error), onCounted: () => undefined,
    });
  }
  async function pass(ms: number): Promise<void> {
    clock.advance(ms);
    await worker().runOnce();
    await publish();
    expect(failures).toEqual([]);
  }
  async function call(method: string, path: string, { body, headers = {} }: { body?: object; headers?: Record<string, string> } = {}) {
    const response = await fetch(`${url}/v1/tickets${path}`, {
      method, headers: { authorization: `Bearer ${TOKEN}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers }, ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json() as Record<string, unknown> };
  }
  const acknowledge = (id: string, body: object = {}, headers: Record<string, string> = {}) => call('POST', `/${id}/acknowledge`, { body, headers });

  it('says by when, in the event and over HTTP', async () => {
    const id = await receive('by-when');
    expect(said.at(-1)).toMatchObject({ acknowledgeBy: '2026-11-02T11:00:00.000Z' });
    expect((await call('GET', `/${id}`)).body).toMatchObject({ acknowledgeBy: '2026-11-02T11:00:00.000Z', response: { asked: ['isv/contoso'], mode: 'first', next: { kind: 'reminder', at: '2026-11-02T10:30:00.000Z' } } });
  });

  it('is reminded, goes to the partner that answers to the customer, then stays with operations as overdue: each step once', async () => {
    const id = await receive('all-steps');
    await pass(30 * MINUTE_MS);
    await pass(MINUTE_MS);
    expect(steps()).toEqual([['reminder', 'isv/contoso']]);
    await pass(29 * MINUTE_MS);
    expect(steps().slice(1)).toEqual([['accountable', 'partner/3001']]);
    expect(escalated().at(-1)).toMatchObject({ ticketVersion: 3, acknowledgeBy: '2026-11-02T11:00:00.000Z', nextStepAt: '2026-11-02T12:00:00.000Z' });
    await pass(60 * MINUTE_MS);
    await pass(600 * MINUTE_MS);
    expect(steps().slice(2)).toEqual([['operations']]);
    expect(await timers()).toEqual([]);
    const overdue = await call('GET', '?isOverdue=true');
    expect((overdue.body['items'] as { ticketId: string }[]).map(({ ticketId }) => ticketId)).toContain(id);
    await acknowledge(id, { by: 'ada' });
    expect((await call('GET', `/${id}`)).body).toMatchObject({ queue: 'isv/contoso', response: { overdueSince: null, acknowledgements: [{ by: 'ada', party: null }] } });
  });

  it('asks the next of the escalation before the others', async () => {
    const content: DirectoryContent = { ...DIRECTORY, partners: DIRECTORY.partners.map((partner) => (partner.id === '2002' ? { ...partner, responseTargets: [{ severity: 'A', minutes: 10 }] } : partner)), offers: WITHOUT_TARGETS };
    await transactions.run((tx) => directory.save(tx, content));
    await receive('chain', { area: 'customer-billing', customerId: 'woodgrove' });
    await transactions.run((tx) => directory.save(tx, DIRECTORY));
    await pass(5 * MINUTE_MS);
    await pass(5 * MINUTE_MS);
    await pass(10 * MINUTE_MS);
    expect(steps()).toEqual([['reminder', 'partner/2002'], ['next-party', 'partner/1001'], ['operations']]);
  });

  it('acknowledged a millisecond before its target goes to nobody', async () => {
    const id = await receive('in-time');
    await pass(30 * MINUTE_MS);
    clock.advance(30 * MINUTE_MS - 1);
    expect(await acknowledge(id, { by: 'ada' })).toMatchObject({ status: 200, body: { decidedAt: '2026-11-02T10:00:00.000Z', response: { acknowledgedAt: '2026-11-02T10:59:59.999Z', next: null } } });
    await pass(1);
    await pass(600 * MINUTE_MS);
    expect(steps()).toEqual([['reminder', 'isv/contoso']]);
  });

  it('counts only the hours of the calendar: not the night, not the holiday', async () => {
    clock = new MovableClock(new Date('2026-11-02T16:40:00.000Z'));
    await receive('holiday', { severity: 'B' });
    expect(said.at(-1)).toMatchObject({ acknowledgeBy: '2026-11-04T09:40:00.000Z' });
    await pass(30 * MINUTE_MS);
    await pass(24 * 60 * MINUTE_MS);
    expect(steps()).toEqual([]);
    clock = new MovableClock(new Date('2026-11-04T09:39:59.999Z'));
    await pass(0);
    expect(steps()).toEqual([['reminder', 'isv/contoso']]);
    await pass(1);
    expect(steps()).toEqual([['reminder', 'isv/contoso'], ['accountable', 'partner/3001']]);
    expect(escalated().at(-1)).toMatchObject({ nextStepAt: '2026-11-04T10:40:00.000Z' });
  });

  it('whose target passed while no process ran is escalated once, and the reminder that came too late is left out', async () => {
    await receive('restart');
    clock.advance(3 * 60 * MINUTE_MS);
    await Promise.all([worker().runOnce(), worker().runOnce(), worker().runOnce()]);
    await publish();
    expect(steps()).toEqual([['accountable', 'partner/3001']]);
    expect(escalated()[0]).toMatchObject({ escalatedAt: '2026-11-02T13:00:00.000Z', nextStepAt: '2026-11-02T14:00:00.000Z' });
    expect(failures).toEqual([]);
  });

  it('of a hundred that are due, three workers take each once', async () => {
    for (let index = 0; index < 100; index += 1) await receive(`many-${index}`);
    clock.advance(30 * MINUTE_MS);
    await Promise.all([worker().runOnce(), worker().runOnce(), worker().runOnce()]);
    await publish();
    expect(new Set(escalated().map((event) => event['ticketId'])).size).toBe(100);
    expect(escalated()).toHaveLength(100);
  });

  it('waits with a step until what was said before is published', async () => {
    await receive('behind');
    clock.advance(30 * MINUTE_MS);
    const [{ ticket_id: id } = { ticket_id: '' }] = await dataSource.query<{ ticket_id: string }[]>('select ticket_id from timer');
    await dataSource.query('insert into outbox (owner, topic, key, value, headers) values (1, $1, $2, $3, $4)', ['handoff.routing', id, '{}', '{}']);
    await pass(0);
    expect(steps()).toEqual([]);
    await pass(1_000);
    expect(steps()).toEqual([['reminder', 'isv/contoso']]);
  });

  it.each([
    ['closed', (externalId: string) => receive(externalId, {}, 'closed')],
    ['for nobody until it is classified', (externalId: string) => receive(externalId, { area: null }, 'updated')],
  ])('that is %s has no timer any more', async (what, happens) => {
    await receive(what);
    expect(await timers()).toHaveLength(1);
    clock.advance(MINUTE_MS);
    await happens(what);
    expect(await timers()).toEqual([]);
  });

  it('begins anew in other hands', async () => {
    await receive('other-hands');
    clock.advance(20 * MINUTE_MS);
    await receive('other-hands', { area: 'customer-billing' }, 'updated');
    expect(said.at(-1)).toMatchObject({ previousQueue: 'isv/contoso', acknowledgeBy: '2026-11-02T11:20:00.000Z' });
    expect(await timers()).toEqual([{ due_at: new Date('2026-11-02T10:50:00.000Z') }]);
  });

  it('attached to an outage waits for nobody', async () => {
    await receive('outage');
    await transactions.run((tx) => directory.saveHealthNotice(tx, { id: 'outage-9', offerId: 'contoso-crm', summary: 'Down.', startedAt: '2026-11-02T09:00:00.000Z', endedAt: null }));
    clock.advance(MINUTE_MS);
    await receive('outage', { description: 'Still.' }, 'updated');
    await transactions.run((tx) => directory.saveHealthNotice(tx, { id: 'outage-9', offerId: 'contoso-crm', summary: 'Down.', startedAt: '2026-11-02T09:00:00.000Z', endedAt: '2026-11-02T09:30:00.000Z' }));
    expect(await timers()).toEqual([]);
  });

  it('keeps its deadline through an update, and has another one with another severity', async () => {
    const id = await receive('severity');
    clock.advance(MINUTE_MS);
    await receive('severity', { description: 'More.' }, 'updated');
    expect((await call('GET', `/${id}`)).body).toMatchObject({ acknowledgeBy: '2026-11-02T11:00:00.000Z' });
    clock.advance(MINUTE_MS);
    await receive('severity', { severity: 'C' }, 'updated');
    expect((await call('GET', `/${id}`)).body).toMatchObject({ acknowledgeBy: null });
    expect(await timers()).toEqual([]);
  });

  it('acknowledged twice changes once, and says who was first', async () => {
    const id = await receive('twice');
    const first = await acknowledge(id, { party: 'isv/contoso' }, { 'x-handoff-actor': 'ada', 'if-match': '"1"' });
    expect(first).toMatchObject({ status: 200, body: { ticketVersion: 2, response: { acknowledgements: [{ party: 'isv/contoso', by: 'ada', via: 'api' }] } } });
    expect(await acknowledge(id, { party: 'isv/contoso' }, { 'x-handoff-actor': 'ada', 'if-match': '"1"' })).toEqual(first);
    expect((await acknowledge(id, { by: 'ben' })).body).toEqual(first.body);
    await publish();
    expect(said.filter((event) => event['acknowledgedAt'] !== undefined)).toMatchObject([{ ticketVersion: 2, by: 'ada', party: 'isv/contoso', via: 'api', isComplete: true }]);
  });

  it('that all must acknowledge waits for the last, and reminds only those who have not', async () => {
    const shared: DirectoryContent = {
      ...DIRECTORY, publishers: DIRECTORY.publishers,
      partners: DIRECTORY.partners.map((partner) => (partner.id === '1001' ? { ...partner, acknowledgement: 'all', responseTargets: [{ severity: 'A', minutes: 60 }] } : partner)),
      agreements: [{ id: 'shared', providerId: '1001', resellerId: '2003', from: '2026-01-01', to: null, entries: [{ area: 'customer-billing', assignedTo: 'shared', accountable: 'provider' }] }],
      offers: WITHOUT_TARGETS,
    };
    await transactions.run((tx) => directory.save(tx, shared));
    const id = await receive('all-must', { area: 'customer-billing', customerId: 'proseware' });
    expect((await call('GET', `/${id}`)).body).toMatchObject({ response: { mode: 'all' } });
    expect((await acknowledge(id, { party: 'partner/2003' })).body).toMatchObject({ response: { acknowledgedAt: null } });
    await publish();
    await pass(30 * MINUTE_MS);
    expect(steps()).toEqual([['reminder', 'partner/1001']]);
    expect((await acknowledge(id, { party: 'partner/1001' })).body).toMatchObject({ response: { acknowledgedAt: '2026-11-02T10:30:00.000Z' } });
    await transactions.run((tx) => directory.save(tx, DIRECTORY));
  });

  it.each([
    ['for a party that was not asked', { party: 'partner/9' }, {}, 409, 'party-not-asked'],
    ['of a version that is over', {}, { 'if-match': '"7"' }, 412, 'ticket-changed'],
    ['with a key that is not known', { area: 'payment' }, {}, 422, 'invalid-content'],
  ])('refuses an acknowledgement %s', async (what, body, headers, status, code) => {
    const id = await receive(`refused ${what}`);
    expect(await acknowledge(id, body, headers)).toMatchObject({ status, body: { code } });
  });

  it('takes the number of a service request, from whoever opened it and once, and tells the others', async () => {
    const area = 'commerce-transaction';
    const id = await receive('service-request', { area });
    const [asked] = (await call('GET', `/${id}`)).body['response'] === null ? [] : ((await call('GET', `/${id}`)).body['response'] as { asked: string[] }).asked;
    expect(await acknowledge(id, { party: asked, serviceRequestNumber: 'no number!' })).toMatchObject({ status: 422, body: { code: 'field-invalid', errors: [{ field: 'serviceRequestNumber' }] } });
    expect(await acknowledge(id, { by: 'ada', party: asked })).toMatchObject({ status: 200, body: { ticketVersion: 2, serviceRequest: null } });
    expect(await acknowledge(id, { party: 'partner/9', serviceRequestNumber: '2611020040001234' })).toMatchObject({ status: 409, body: { code: 'party-not-asked' } });
    const taken = await acknowledge(id, { by: 'ada', party: asked, serviceRequestNumber: '2611020040001234' });
    expect(taken).toMatchObject({ status: 200, body: { ticketVersion: 3, serviceRequest: { number: '2611020040001234', party: asked, by: 'ada', status: null } } });
    expect(await acknowledge(id, { by: 'ada', party: asked, serviceRequestNumber: '2611020040001234' })).toMatchObject({ status: 200, body: { ticketVersion: 3 } });
    await publish();
    expect(said.at(-1)).toMatchObject({ ticketVersion: 3, change: 'updated', cause: 'service-request-opened', ticket: { serviceRequest: { number: '2611020040001234', status: null } } });
    expect((said.at(-1)?.recipients ?? []).map(({ destination }) => destination)).not.toContain(asked);
    expect((await call('GET', `/${id}`)).body['decisions']).toMatchObject([{ cause: null }, { cause: { type: 'service-request-opened', by: 'ada' } }]);

    const read = async (status: 'open' | 'closed', number = '2611020040001234', party = asked ?? ''): Promise<string> => {
      clock.advance(MINUTE_MS);
      const event = aTicketReceived({ source: 'partner-center', externalId: number, sourceParty: party, change: status === 'closed' ? 'closed' : 'updated', occurredAt: now().toISOString(), ticket: { subject: 'SR', serviceRequest: { status } } as TicketFields });
      const router = new RouteTicketHandler({ tickets, directory, matrix: () => compiled, serviceRequests, clock: { now } });
      await transactions.run((tx) => router.handle([event], tx));
      await publish();
      expect(await missingDecisionsIn(dataSource)([{ topic: 'handoff.intake', partition: 0, offset: '0', key: event.data.ticketId, keyBytes: null, value: null, headers: { ce_type: event.type, ce_id: event.id }, timestampMs: '0' }])).toEqual([]);
      return event.data.ticketId;
    };
    const own = await read('open');
    expect(said.at(-1)).toMatchObject({ ticketId: id, cause: 'service-request-changed', recipients: [] });
    await read('closed');
    expect(said.at(-1)).toMatchObject({ ticketId: id, cause: 'service-request-changed', change: 'updated', ticket: { serviceRequest: { status: 'closed' } } });
    expect((said.at(-1)?.recipients ?? []).map(({ destination }) => destination)).toContain(asked);
    expect((await call('GET', `/${id}`)).body).toMatchObject({ serviceRequest: { status: 'closed' } });
    expect((await call('GET', `/${own}`)).status).toBe(404);
    const foreign = await read('open', '2611020040001234', 'partner/9');
    expect((await call('GET', `/${foreign}`)).status).toBe(200);
  });

  it('tells at once how a service request stands that was read before its number was told', async () => {
    const id = await receive('service-request-late', { area: 'commerce-transaction' });
    const [asked = ''] = ((await call('GET', `/${id}`)).body['response'] as { asked: string[] }).asked;
    const event = aTicketReceived({ source: 'partner-center', externalId: '2611020040009999', sourceParty: asked, change: 'updated', occurredAt: now().toISOString(), ticket: { subject: 'SR', serviceRequest: { status: 'attention-needed' } } as TicketFields });
    await transactions.run((tx) => new RouteTicketHandler({ tickets, directory, matrix: () => compiled, serviceRequests, clock: { now } }).handle([event], tx));
    await acknowledge(id, { party: asked, serviceRequestNumber: '2611020040009999' });
    await publish();
    expect(said.slice(-2)).toMatchObject([{ ticketId: id, cause: 'service-request-opened' }, { ticketId: id, cause: 'service-request-changed', ticket: { serviceRequest: { status: 'attention-needed' } } }]);
    expect((await call('GET', `/${event.data.ticketId}`)).status).toBe(200);
  });

  it('takes what a contact said by its link, and nothing of one whose turn is over', async () => {
    const id = await receive('by-link');
    const handler = new AcknowledgeTicketHandler({ transactions, tickets, directory, serviceRequests, clock: { now } });
    const link = (destination: string) => ({
      id: `link ${destination}`, type: 'handoff.notification.acknowledged.v1' as const, source: '/handoff/notifier', subject: id, time: now().toISOString(), traceparent: null,
      data: { ticketId: id, ticketVersion: 1, notificationId: id, channel: 'mail', destination, acknowledgedAt: now().toISOString(), by: 'Contoso support' },
    });
    await transactions.run((tx) => handler.handleMessages([link('partner/9')], tx));
    expect((await call('GET', `/${id}`)).body).toMatchObject({ ticketVersion: 1, response: { acknowledgedAt: null } });
    await transactions.run((tx) => handler.handleMessages([link('isv/contoso'), link('isv/contoso')], tx));
    expect((await call('GET', `/${id}`)).body).toMatchObject({ ticketVersion: 2, response: { acknowledgements: [{ party: 'isv/contoso', by: 'Contoso support', via: 'link' }] } });
  });

  it('takes what a contact answered by mail: as an acknowledgement that says so, and as a part of the ticket', async () => {
    const id = await receive('by-reply');
    const consumer = new NotificationsConsumer(new AcknowledgeTicketHandler({ transactions, tickets, directory, serviceRequests, clock: { now } }), new PassOnReplyHandler({ tickets, directory, matrix: () => compiled, clock: { now } }), { learn: () => Promise.resolve() } as unknown as FollowCopiesHandler, new PostgresNoticeStore());
    const common = { ticketId: id, ticketVersion: 1, notificationId: id, channel: 'mail', destination: 'isv/contoso', by: 'Ada <ada@contoso.example>' };
    const envelope = { source: '/handoff/notifier', subject: id, time: now().toISOString(), traceparent: null };
    const replied = (eventId: string, text: string) => ({ ...envelope, id: eventId, type: 'handoff.notification.replied.v1' as const, data: { ...common, repliedAt: now().toISOString(), text, isCut: false, attachments: [{ name: 'log.txt', contentType: 'text/plain', bytes: 12 }] } });
    await transactions.run(async (tx) => {
      await consumer.onAcknowledged([{ ...envelope, id: 'by-reply', type: 'handoff.notification.acknowledged.v1', data: { ...common, acknowledgedAt: now().toISOString(), via: 'reply' } }], { tx });
      await consumer.onReplied([replied('5d0c7a10-3f6c-5a3e-9d1f-2b6b8f0a4c01', 'We look at it.')], { tx });
    });
    clock.advance(1_000);
    await transactions.run((tx) => consumer.onReplied([replied('5d0c7a10-3f6c-5a3e-9d1f-2b6b8f0a4c02', 'It is mended.')], { tx }));
    expect((await call('GET', `/${id}`)).body).toMatchObject({
      response: { acknowledgements: [{ party: 'isv/contoso', by: 'Ada <ada@contoso.example>', via: 'reply' }] },
      replies: [{ party: 'isv/contoso', channel: 'mail', text: 'We look at it.', attachments: [{ name: 'log.txt' }] }, { text: 'It is mended.' }],
    });
    await publish();
    expect(said).toContainEqual(expect.objectContaining({ ticketId: id, via: 'reply', isComplete: true }));
  });

  it('refuses a ticket that is closed or not there', async () => {
    const id = await receive('closed', {}, 'closed');
    expect(await acknowledge(id)).toMatchObject({ status: 409, body: { code: 'ticket-closed' } });
    expect(await acknowledge('SUP-12')).toMatchObject({ status: 404, body: { code: 'ticket-unknown' } });
  });
});
