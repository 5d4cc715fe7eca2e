import { type EventOf, type HealthNoticeAffected, type HealthNoticeReceived, nameBasedId } from '@handoff/contracts';
import { createDataSource, Messaging1700000000001, PostgresTransactions, prepareSchema } from '@handoff/persistence';
import { createPino } from '@handoff/platform';
import { createTestDatabase, eventually, MovableClock, type TestDatabase } from '@handoff/testing';
import type { DataSource } from 'typeorm';
import { DEMO_DIRECTORY } from '../directory/demo-directory.fixture.js';
import type { DirectoryContent } from '../directory/directory.js';
import { PostgresDirectoryStore } from '../directory/directory.store.postgres.js';
import { ROUTING_MIGRATIONS } from '../migrations/index.js';
import { ReceiveHealthNoticeHandler } from '../receive-health-notice/receive-health-notice.handler.js';
import { startTelling, tellAll } from './start-telling.js';
import { PARTNERS_AT_ONCE } from './tell-health-notice.handler.js';
import { PostgresNoticeStore } from './told-notices.postgres.js';

const NOTHING: DirectoryContent = { publishers: [], offers: [], partners: [], customers: [], subscriptions: [], agreements: [] };

describe('an outage that a publisher reports', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let transactions: PostgresTransactions;
  let clock: MovableClock;
  let received: number;
  const directory = new PostgresDirectoryStore();
  const notices = new PostgresNoticeStore();
  const log = createPino('routing', 'silent');

  beforeEach(async () => {
    database = await createTestDatabase();
    dataSource = await createDataSource({ url: database.url, schema: 'routing', connectionsMax: 6, migrations: [Messaging1700000000001, ...ROUTING_MIGRATIONS] }).initialize();
    await prepareSchema(dataSource, { schema: 'routing', migrate: true });
    transactions = new PostgresTransactions(dataSource, { owner: '1', handOff: () => Promise.resolve() });
    await transactions.run((tx) => directory.save(tx, DEMO_DIRECTORY));
    clock = new MovableClock();
    received = 0;
  });
  afterEach(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  const save = (content: Partial<DirectoryContent>) => transactions.run((tx) => directory.save(tx, { ...NOTHING, ...content }));
  const report = (news: Partial<HealthNoticeReceived> = {}) => {
    const data: HealthNoticeReceived = { noticeId: 'outage-7', offerId: 'contoso-crm', summary: 'Sign-in is down.', startedAt: '2026-11-02T07:40:00.000Z', endedAt: null, ...news };
    const event = { id: nameBasedId('report', String(received++)), type: 'handoff.health-notice.received.v1', source: '/handoff/intake', subject: data.offerId, time: clock.now().toISOString(), traceparent: null, data } as const;
    return transactions.run((tx) => new ReceiveHealthNoticeHandler({ directory, notices, clock }).handle([event], tx));
  };
  const tell = () => tellAll({ transactions, notices, clock, log });
  /** What was said since the last time. */
  const said = async (): Promise<HealthNoticeAffected[]> => {
    const rows = await dataSource.query<{ value: string }[]>('with gone as (delete from outbox returning seq, value) select value from gone order by seq');
    return rows.map(({ value }) => JSON.parse(String(value)) as HealthNoticeAffected);
  };
  const inShort = (events: readonly HealthNoticeAffected[]) => events.map(({ partnerId, noticeVersion, customers }) => `${partnerId} v${noticeVersion}: ${customers.map(({ customerId }) => customerId).join()}`).sort();
  const told = async (): Promise<string[]> => {
    await tell();
    return inShort(await said());
  };

  it('is told to every partner with customers on the offer, once, with its own customers only', async () => {
    await report();
    expect(await told()).toEqual(['1001 v1: proseware,woodgrove', '2002 v1: woodgrove', '2003 v1: proseware', '3001 v1: wingtip']);
    expect(await told()).toEqual([]);
  });

  it('is not told again by who says the same again', async () => {
    await report();
    await told();
    await report();
    expect(await told()).toEqual([]);
  });

  it('is told again with its news and its end, also to who has lost its customers, and from then on to who has gained some', async () => {
    await report();
    await told();
    const gained: DirectoryContent['partners'][number] = { id: '4001', name: 'Fourth', model: 'direct-bill-partner', contacts: {} };
    await save({ partners: [gained], subscriptions: [{ id: 'wingtip-crm', customerId: 'wingtip', offerId: 'contoso-crm', channel: 'csp', soldBy: { model: 'direct-bill', partnerId: '4001' } }] });
    expect(await told()).toEqual([]);
    await report({ summary: 'Sign-in works again in Europe.' });
    await tell();
    const events = await said();
    expect(inShort(events)).toEqual(['1001 v2: proseware,woodgrove', '2002 v2: woodgrove', '2003 v2: proseware', '3001 v2: ', '4001 v2: wingtip']);
    expect(events.filter(({ isFirst }) => isFirst).map(({ partnerId }) => partnerId)).toEqual(['4001']);
    expect(events.find(({ partnerId }) => partnerId === '3001')).toMatchObject({ customersTotal: 0, isFirst: false });
    await report({ summary: 'Sign-in works again in Europe.', endedAt: '2026-11-02T10:00:00.000Z' });
    expect(await told()).toEqual(['1001 v3: proseware,woodgrove', '2002 v3: woodgrove', '2003 v3: proseware', '3001 v3: ', '4001 v3: wingtip']);
  });

  it('is told once also by three processes at once', async () => {
    await report();
    await Promise.all([tell(), tell(), tell()]);
    expect(inShort(await said())).toHaveLength(4);
  });

  it('is told from the beginning when news comes while it is told, and to nobody twice', async () => {
    await report();
    // Only whom it concerns is known yet.
    await transactions.run(async (tx) => {
      const telling = await notices.takeDue(tx, clock.now());
      if (telling !== null) await notices.advance(tx, telling.notice.id, { stage: 'tell', position: '' });
    });
    await report({ endedAt: '2026-11-02T09:00:00.000Z' });
    expect(await told()).toEqual(['1001 v2: proseware,woodgrove', '2002 v2: woodgrove', '2003 v2: proseware', '3001 v2: wingtip']);
  });

  it('waits after a failure, says why, and goes on later where it was', async () => {
    await report();
    await dataSource.query('alter table health_notice_partner rename to elsewhere');
    await tell();
    const [row] = await dataSource.query<{ attempts: number; failure: string }[]>('select attempts, failure from health_notice_telling');
    expect(row).toMatchObject({ attempts: 1, failure: expect.stringContaining('health_notice_partner') });
    await dataSource.query('alter table elsewhere rename to health_notice_partner');
    expect(await told()).toEqual([]);
    clock.advance(2_000);
    expect(await told()).toHaveLength(4);
  });

  it('of an offer that the directory does not know concerns nobody yet', async () => {
    await report({ noticeId: 'outage-8', offerId: 'unheard-of' });
    expect(await told()).toEqual([]);
    expect(await transactions.run((tx) => notices.find(tx, 'outage-8'))).toMatchObject({ version: 1, partners: 0, failure: null });
  });

  it('is shown with its partners and what became of the messages to them', async () => {
    await report();
    await tell();
    const message = (notificationId: string, outcome: 'delivered' | 'suppressed', version = 1): EventOf<'handoff.health-notice.told.v1'> => ({
      id: notificationId + outcome, type: 'handoff.health-notice.told.v1', source: '/handoff/notifier', subject: 'x', time: '2026-11-02T08:00:02.000Z', traceparent: null,
      data: { noticeId: 'outage-7', noticeVersion: version, offerId: 'contoso-crm', partnerId: '2002', notificationId, channel: 'mail', destination: 'partner/2002', outcome, at: '2026-11-02T08:00:02.000Z', code: outcome === 'suppressed' ? 'held' : null, detail: 'ok' },
    });
    const [first, second] = [nameBasedId('first'), nameBasedId('second')];
    await transactions.run((tx) => notices.keepMessages(tx, [message(first, 'suppressed'), message(second, 'delivered', 2), message(first, 'delivered')]));
    await transactions.run((tx) => notices.keepMessages(tx, [message(first, 'delivered')]));
    expect(await transactions.run((tx) => notices.find(tx, 'outage-7'))).toMatchObject({ version: 1, partners: 4, partnersTold: 4 });
    const page = await transactions.run((tx) => notices.partnersOf(tx, 'outage-7', { limit: 2 }));
    expect(page.items).toMatchObject([{ partnerId: '1001', customers: 2, toldVersion: 1, messages: [] }, { partnerId: '2002', partnerName: 'Fabrikam Reseller', customers: 1, messages: [{ version: 1, outcome: 'delivered', code: null }, { version: 2, outcome: 'delivered' }] }]);
    expect((await transactions.run((tx) => notices.partnersOf(tx, 'outage-7', { limit: 2, cursor: page.next ?? '' }))).items.map(({ partnerId }) => partnerId)).toEqual(['2003', '3001']);
  });

  it('is listed, the last changed first, by offer and by whether it lasts', async () => {
    await report();
    await report({ noticeId: 'outage-9', offerId: 'contoso-vm', endedAt: '2026-11-02T09:00:00.000Z' });
    const ids = async (query: { offerId?: string; isOpen?: boolean; cursor?: string; limit?: number }): Promise<string[]> => {
      const page = await transactions.run((tx) => notices.list(tx, { limit: 10, ...query }));
      return [...page.items.map(({ notice }) => notice.id), ...(page.next === null ? [] : await ids({ ...query, cursor: page.next }))];
    };
    expect(await ids({ limit: 1 })).toEqual(['outage-9', 'outage-7']);
    expect(await ids({ isOpen: true })).toEqual(['outage-7']);
    expect(await ids({ isOpen: false })).toEqual(['outage-9']);
    expect(await ids({ offerId: 'contoso-crm' })).toEqual(['outage-7']);
  });

  it('of an offer with 10,000 partners is told in small transactions, to each once, though processes die in between', async () => {
    const count = 10_000;
    await dataSource.query(`
      insert into partner (id, document, changed_by) select 'p' || n, jsonb_build_object('id', 'p' || n, 'name', 'Partner ' || n, 'model', 'direct-bill-partner', 'contacts', jsonb_build_object('default', jsonb_build_object('email', 'p' || n || '@northwind.example'))), 'test' from generate_series(1, ${count}) n;
      insert into customer (id, document, changed_by) select 'c' || n, jsonb_build_object('id', 'c' || n, 'name', 'Customer ' || n), 'test' from generate_series(1, ${count}) n;
      insert into subscription (id, customer_id, offer_id, document, changed_by) select 's' || n, 'c' || n, 'tailspin-analytics',
        jsonb_build_object('id', 's' || n, 'customerId', 'c' || n, 'offerId', 'tailspin-analytics', 'channel', 'csp', 'soldBy', jsonb_build_object('model', 'direct-bill', 'partnerId', 'p' || n)), 'test' from generate_series(1, ${count}) n`);
    await report({ noticeId: 'outage-10', offerId: 'tailspin-analytics' });
    const sizes: number[] = [];
    let transaction = 0;
    const counting = new PostgresTransactions(dataSource, { owner: '1', handOff: (records) => Promise.resolve(void sizes.push(records.length)) });
    // Every seventh transaction ends as a death would end it: after its work, before its commit.
    const dying = Object.create(counting, { run: { value: <R>(work: (tx: Parameters<Parameters<typeof counting.run<R>>[0]>[0]) => Promise<R>) => counting.run(async (tx) => {
      const result = await work(tx);
      if (++transaction % 7 === 0) throw Object.assign(new Error('killed'), { code: '40001' });
      return result;
    }) } }) as PostgresTransactions;
    for (let rounds = 0; rounds < 100; rounds += 1) {
      const ended = await Promise.all([tellAll({ transactions: dying, notices, clock, log }), tellAll({ transactions: dying, notices, clock, log })]).then(() => true, () => false);
      if (ended) break;
    }
    const events = await said();
    expect([events.length, new Set(events.map(({ partnerId }) => partnerId)).size]).toEqual([count, count]);
    expect(events.every(({ partnerId, customers }) => customers.length === 1 && customers[0]?.customerId === `c${partnerId.slice(1)}`)).toBe(true);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(PARTNERS_AT_ONCE);
    expect(await transactions.run((tx) => notices.find(tx, 'outage-10'))).toMatchObject({ partners: count, partnersTold: count });
  }, 120_000);

  it('is told by a process that looks by itself', async () => {
    await report();
    const telling = startTelling({ transactions, notices, clock, log });
    await eventually(async () => expect(await transactions.run((tx) => notices.find(tx, 'outage-7'))).toMatchObject({ partnersTold: 4 }));
    await telling.close();
    expect(inShort(await said())).toHaveLength(4);
  });
});
