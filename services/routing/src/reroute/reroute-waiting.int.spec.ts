import { decodeEvent, type EventOf, type HandoffEvent, type TicketFields, type TicketReceived } from '@handoff/contracts';
import { compile, DEFAULT_MATRIX } from '@handoff/matrix';
import { createDataSource, MESSAGING_MIGRATIONS, PostgresTransactions, prepareSchema } from '@handoff/persistence';
import { aTicketReceived, createTestDatabase, eventually, MovableClock, type TestDatabase } from '@handoff/testing';
import type { StoredRecord } from '@handoff/messaging';
import type { DataSource } from 'typeorm';
import { DEMO_DIRECTORY } from '../directory/demo-directory.fixture.js';
import type { DirectoryContent, Offer, Partner } from '../directory/directory.js';
import { PostgresDirectoryStore } from '../directory/directory.store.postgres.js';
import { ROUTING_MIGRATIONS } from '../migrations/index.js';
import { RouteTicketHandler } from '../route-ticket/route-ticket.handler.js';
import type { Ticket } from '../tickets/ticket.js';
import { PostgresTicketStore } from '../tickets/ticket.store.postgres.js';
import { RerouteTicketsHandler } from './reroute-tickets.handler.js';
import { PostgresRerouteStore } from './reroute.store.postgres.js';
import { RerouteWaitingWorker } from './reroute-waiting.worker.js';

type Told = Partial<Omit<TicketReceived, 'ticket'>> & { readonly ticket?: TicketFields };
type Routed = EventOf<'handoff.ticket.routed.v1'>;
type Content = { readonly [K in keyof DirectoryContent]?: DirectoryContent[K] };

const EMPTY: DirectoryContent = { publishers: [], offers: [], partners: [], customers: [], subscriptions: [], agreements: [] };
const told = (data: Told) => aTicketReceived(data as Parameters<typeof aTicketReceived>[0]);
const offer = (id: string, listing: Offer['listing'] = { supportContact: { email: 'help@contoso.example' }, globalSupportWebsite: 'https://help.contoso.example' }): Offer =>
  ({ id, publisherId: 'contoso', name: id, ownership: 'third-party', kind: 'saas', listing });

/** Fails to keep one ticket, whatever else is kept with it. */
class FailingTicketStore extends PostgresTicketStore {
  poison: string | null = null;

  override async save(...[tx, tickets, decisions]: Parameters<PostgresTicketStore['save']>): Promise<void> {
    if (tickets.some(({ state }) => state.externalId === this.poison)) throw new Error('This one cannot be kept.');
    await super.save(tx, tickets, decisions);
  }
}

describe('a ticket that waits for the directory', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let transactions: PostgresTransactions;
  let isPublishing: boolean;
  const published: HandoffEvent[] = [];
  const failed: string[] = [];
  const directory = new PostgresDirectoryStore();
  const tickets = new FailingTicketStore();
  const matrix = compile(DEFAULT_MATRIX);
  const ports = { tickets, directory, matrix: () => matrix, clock: new MovableClock() };
  const handler = new RouteTicketHandler(ports);

  const aWorker = (): RerouteWaitingWorker => {
    const reroutings = new PostgresRerouteStore();
    return new RerouteWaitingWorker({
      transactions, reroutings, handler: new RerouteTicketsHandler({ ...ports, reroutings }), pollIntervalMs: 20,
      onRerouted: () => undefined, onFailed: (ticketId) => failed.push(ticketId), onError: () => undefined, onCounted: () => undefined,
    });
  };
  const query = <R extends object>(sql: string, values?: unknown[]): Promise<R[]> => dataSource.query<R[]>(sql, values);
  const learn = (content: Content): Promise<void> => transactions.run((tx) => directory.save(tx, { ...EMPTY, ...content }));
  const route = async (...events: Told[]): Promise<string[]> => {
    const received = events.map(told);
    await transactions.run((tx) => handler.handle(received, tx));
    return received.map(({ data }) => data.ticketId);
  };
  const find = async (ticketId: string): Promise<Ticket> => {
    const ticket = await transactions.run((tx) => tickets.find(tx, ticketId));
    if (ticket === null) throw new Error('There is no such ticket.');
    return ticket;
  };
  const rerouted = (): Routed[] => published.filter((event): event is Routed => event.type === 'handoff.ticket.routed.v1' && event.data.cause === 'directory-changed');
  const waiting = () => query<{ kind: string; key: string }>('select kind, key from ticket_waiting order by kind, key');
  const gapCodes = ({ decision }: Ticket): string[] => (decision.gaps ?? []).map(({ code }) => code);

  beforeEach(async () => {
    [published.length, failed.length, isPublishing, tickets.poison] = [0, 0, true, null];
    database = await createTestDatabase();
    dataSource = await createDataSource({ url: database.url, schema: 'routing', connectionsMax: 8, migrations: [...MESSAGING_MIGRATIONS, ...ROUTING_MIGRATIONS] }).initialize();
    await prepareSchema(dataSource, { schema: 'routing', migrate: true });
    const handOff = async (records: readonly StoredRecord[]): Promise<void> => {
      published.push(...records.map(({ value, headers }) => decodeEvent({ value, headers })));
      if (isPublishing) await dataSource.query('delete from outbox where seq = any($1::bigint[])', [records.map(({ seq }) => seq)]);
    };
    transactions = new PostgresTransactions(dataSource, { owner: '1', handOff });
    await learn(DEMO_DIRECTORY);
    await aWorker().runOnce();
  });
  afterEach(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  it('lies in its queue with the remedy, and is routed again when the directory learns its offer', async () => {
    const [id] = (await route({ ticket: { area: 'break-fix', offerId: 'new-offer' } })) as [string];
    await aWorker().runOnce();
    expect((await find(id)).decision).toMatchObject({ queue: 'unassigned', gaps: [{ code: 'offer-unknown', key: 'new-offer', remedy: expect.stringContaining('Enter the offer') as string }] });
    expect(await waiting()).toEqual([{ kind: 'offer', key: 'new-offer' }]);
    await learn({ offers: [offer('new-offer')] });
    await aWorker().runOnce();
    expect(await find(id)).toMatchObject({ version: 2, decision: { queue: 'isv/contoso', gaps: [] } });
    expect(rerouted().map(({ data }) => [data.ticketVersion, data.previousQueue, data.recipients[0]?.email])).toEqual([[2, 'unassigned', 'help@contoso.example']]);
    expect(await waiting()).toEqual([]);
    expect(await query('select 1 from directory_change union all select 1 from waiting_begun union all select 1 from ticket_reroute')).toEqual([]);
  });

  it('is routed again by a worker that runs with the service', async () => {
    const [id] = (await route({ ticket: { area: 'break-fix', offerId: 'new-offer' } })) as [string];
    const worker = aWorker();
    worker.start();
    await learn({ offers: [offer('new-offer')] });
    await eventually(async () => expect((await find(id)).version).toBe(2));
    await worker.close();
  });

  it('is routed again exactly once when several workers run at once', async () => {
    const ids = await route(...Array.from({ length: 60 }, (_, n) => ({ externalId: `T-${n}`, ticket: { area: 'break-fix', offerId: n % 2 === 0 ? 'even' : 'odd' } as const })));
    await learn({ offers: [offer('even')] });
    await learn({ offers: [offer('odd')] });
    await Promise.all(Array.from({ length: 4 }, () => aWorker().runOnce()));
    await aWorker().runOnce();
    expect(rerouted().map(({ data }) => data.ticketId).sort()).toEqual([...ids].sort());
    expect(new Set((await Promise.all(ids.map(find))).map(({ version }) => version))).toEqual(new Set([2]));
  });

  it('is found also when the directory learns the offer, and a worker takes that up, before the ticket can be seen', async () => {
    const event = told({ ticket: { area: 'break-fix', offerId: 'new-offer' } });
    await transactions.run(async (tx) => {
      await handler.handle([event], tx);
      await learn({ offers: [offer('new-offer')] });
      await aWorker().runOnce();
      expect(await query('select 1 from directory_change')).toEqual([]);
    });
    expect((await find(event.data.ticketId)).decision.queue).toBe('unassigned');
    await aWorker().runOnce();
    expect(await find(event.data.ticketId)).toMatchObject({ version: 2, decision: { queue: 'isv/contoso' } });
  });

  it('is found also when an offer that is there gets its contact before the ticket can be seen', async () => {
    await learn({ offers: [offer('mute', {})] });
    await aWorker().runOnce();
    const event = told({ ticket: { area: 'break-fix', offerId: 'mute' } });
    await transactions.run(async (tx) => {
      await handler.handle([event], tx);
      await learn({ offers: [offer('mute')] });
      await aWorker().runOnce();
    });
    await aWorker().runOnce();
    expect(await find(event.data.ticketId)).toMatchObject({ version: 2, decision: { queue: 'isv/contoso' } });
  });

  it('is routed again when its customer becomes known', async () => {
    const [id] = (await route({ ticket: { area: 'payment', customerId: 'newcomer' } })) as [string];
    expect(gapCodes(await find(id))).toContain('customer-unknown');
    await learn({ customers: [{ id: 'newcomer', name: 'Newcomer', soldBy: { model: 'direct-bill', partnerId: '3001' } }] });
    await aWorker().runOnce();
    expect(await find(id)).toMatchObject({ version: 2, decision: { queue: 'partner/3001', gaps: [] } });
  });

  it('is routed again when its subscription becomes known', async () => {
    const [id] = (await route({ ticket: { area: 'payment', customerId: null, offerId: null, subscriptionId: 'S-9' } })) as [string];
    expect(gapCodes(await find(id))).toEqual(['subscription-unknown', 'partner-not-named']);
    await learn({ subscriptions: [{ id: 'S-9', customerId: 'wingtip', offerId: 'contoso-crm', channel: 'csp', soldBy: { model: 'direct-bill', partnerId: '3001' } }] });
    await aWorker().runOnce();
    expect(await find(id)).toMatchObject({ version: 2, decision: { queue: 'partner/3001', gaps: [] } });
  });

  it('is routed again when a further subscription of its customer tells who sold it', async () => {
    await learn({ customers: [{ id: 'newcomer', name: 'Newcomer' }] });
    const [id] = (await route({ ticket: { area: 'payment', customerId: 'newcomer' } })) as [string];
    await aWorker().runOnce();
    await learn({ subscriptions: [{ id: 'S-9', customerId: 'newcomer', offerId: 'contoso-crm', channel: 'csp', soldBy: { model: 'direct-bill', partnerId: '3001' } }] });
    await aWorker().runOnce();
    expect(await find(id)).toMatchObject({ version: 2, decision: { queue: 'partner/3001', gaps: [] } });
  });

  it('is routed again when its offer gets a contact', async () => {
    await learn({ offers: [offer('mute', {})] });
    const [id] = (await route({ ticket: { area: 'break-fix', offerId: 'mute' } })) as [string];
    await aWorker().runOnce();
    expect(await find(id)).toMatchObject({ version: 1, decision: { queue: 'unassigned', gaps: [{ code: 'offer-without-contact' }] } });
    await learn({ offers: [offer('mute')] });
    await aWorker().runOnce();
    expect(await find(id)).toMatchObject({ version: 2, decision: { queue: 'isv/contoso', gaps: [] } });
  });

  it("is routed again when the reseller's provider becomes known", async () => {
    const [id] = (await route({ sourceParty: 'partner/2002', ticket: { area: 'commerce-transaction', customerId: 'newcomer' } })) as [string];
    expect(gapCodes(await find(id))).toContain('provider-unknown');
    await learn({ customers: [{ id: 'newcomer', name: 'Newcomer', soldBy: { model: 'indirect', providerId: '1001', resellerId: '2002' } }] });
    await aWorker().runOnce();
    expect(await find(id)).toMatchObject({ version: 2, decision: { queue: 'partner/1001', gaps: [] } });
  });

  it('is told to a partner whose entry becomes known, in the queue where it lies already', async () => {
    await learn({ customers: [{ id: 'newcomer', name: 'Newcomer', soldBy: { model: 'direct-bill', partnerId: '4001' } }] });
    const [id] = (await route({ ticket: { area: 'payment', customerId: 'newcomer' } })) as [string];
    expect(await find(id)).toMatchObject({ decision: { queue: 'partner/4001', gaps: [{ code: 'partner-unknown' }] } });
    const partner: Partner = { id: '4001', name: 'Alpine', model: 'direct-bill-partner', contacts: { default: { email: 'desk@alpine.example' } } };
    await learn({ partners: [partner] });
    await aWorker().runOnce();
    expect(rerouted().map(({ data }) => data.recipients.map(({ email }) => email))).toEqual([['desk@alpine.example']]);
  });

  it('goes on waiting, and says nothing, while what is learnt does not help', async () => {
    const [id] = (await route({ ticket: { area: 'break-fix', offerId: 'mute', customerId: 'newcomer' } })) as [string];
    await learn({ offers: [offer('mute', {})] });
    await aWorker().runOnce();
    expect(await find(id)).toMatchObject({ version: 2, decision: { queue: 'unassigned' } });
    await learn({ offers: [offer('mute', { generalLinks: [{ displayText: 'Guide', link: 'https://docs.contoso.example' }] })] });
    await aWorker().runOnce();
    expect(await find(id)).toMatchObject({ version: 2 });
    expect(await waiting()).toEqual([{ kind: 'customer', key: 'newcomer' }, { kind: 'offer', key: 'mute' }]);
  });

  it('waits for nothing once it is closed', async () => {
    const [id] = (await route({ ticket: { area: 'break-fix', offerId: 'new-offer' } })) as [string];
    await route({ change: 'closed', occurredAt: '2026-11-02T09:00:00.000Z', ticket: { offerId: 'new-offer' } });
    expect(await waiting()).toEqual([]);
    await learn({ offers: [offer('new-offer')] });
    await aWorker().runOnce();
    expect(await find(id)).toMatchObject({ version: 2, decision: { queue: 'unassigned' } });
  });

  it('that cannot be routed again holds up no other, shows why, and is tried again', async () => {
    const [poison, other] = (await route({ externalId: 'poison', ticket: { area: 'break-fix', offerId: 'new-offer' } }, { externalId: 'other', ticket: { area: 'break-fix', offerId: 'new-offer' } })) as [string, string];
    tickets.poison = 'poison';
    await learn({ offers: [offer('new-offer')] });
    await aWorker().runOnce();
    expect([(await find(poison)).version, (await find(other)).version, failed]).toEqual([1, 2, [poison]]);
    expect(await transactions.run((tx) => tickets.parkedOf(tx, poison))).toMatchObject([{ code: 'not-routed-again', attempts: 1, detail: expect.stringContaining('This one cannot be kept.') as string }]);
    tickets.poison = null;
    await query('update ticket_reroute set due_at = now()');
    await aWorker().runOnce();
    expect((await find(poison)).version).toBe(2);
    expect(await transactions.run((tx) => tickets.parkedOf(tx, poison))).toEqual([]);
  });

  it('is not routed again before what was said of it is published: nothing may overtake it', async () => {
    isPublishing = false;
    const [id] = (await route({ ticket: { area: 'break-fix', offerId: 'new-offer' } })) as [string];
    await learn({ offers: [offer('new-offer')] });
    await aWorker().runOnce();
    expect((await find(id)).version).toBe(1);
    await query('delete from outbox');
    await query('update ticket_reroute set due_at = now()');
    await aWorker().runOnce();
    expect((await find(id)).version).toBe(2);
  });

  it('is found among all that a large import brings', async () => {
    const [id] = (await route({ ticket: { area: 'payment', customerId: null, offerId: null, subscriptionId: 'S-24999' } })) as [string];
    await query(`insert into subscription (id, customer_id, offer_id, document)
      select 'S-' || n, 'wingtip', 'contoso-crm', jsonb_build_object('id', 'S-' || n, 'customerId', 'wingtip', 'offerId', 'contoso-crm', 'channel', 'csp')
      from generate_series(1, 25000) n`);
    await aWorker().runOnce();
    expect(await find(id)).toMatchObject({ version: 2, decision: { queue: 'partner/3001' } });
    expect(await query('select 1 from directory_change')).toEqual([]);
  });
});
