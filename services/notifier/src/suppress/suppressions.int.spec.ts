import type { HandoffEvent } from '@handoff/contracts';
import { createDataSource, Messaging1700000000001, PostgresOutboxStore, PostgresTransactions, prepareSchema } from '@handoff/persistence';
import { KeyRing } from '@handoff/secrets';
import { createPino } from '@handoff/platform';
import { createTestDatabase, eventually, MovableClock, TEST_KEYS, type TestDatabase } from '@handoff/testing';
import type { DataSource } from 'typeorm';
import { PostgresForeignTicketStore } from '../channels/ticketing/foreign-ticket.store.postgres.js';
import { MailChannel } from '../channels/mail/mail.channel.js';
import { Deliverer } from '../deliver/deliverer.js';
import { PostgresDeliveryStore } from '../deliver/delivery.store.postgres.js';
import { Dispatcher } from '../deliver/dispatcher.js';
import { Recorder } from '../deliver/recorder.js';
import { ChannelBook } from '../manage-channels/channel-book.js';
import { PostgresChannelStore } from '../manage-channels/channel.store.postgres.js';
import { OWN_WORDS } from '../message/texts/words.js';
import { NOTIFIER_MIGRATIONS } from '../migrations/index.js';
import { aRecipient, aRoutedEvent } from '../notification/notification.builders.js';
import { PlanNotificationsHandler } from '../plan-notifications/plan-notifications.handler.js';
import { PostgresPlanStore } from '../plan-notifications/plan.store.postgres.js';
import { PostgresNotificationStore } from '../show-notifications/notification.store.postgres.js';
import { openSmtpSink, type SmtpSink } from '../sinks/smtp.sink.js';
import { PostgresReminderStore } from '../suppress-reminders/reminder.store.postgres.js';
import { SuppressRemindersHandler } from '../suppress-reminders/suppress-reminders.handler.js';
import { ManageSuppressionsHandler, type NewSuppression } from './manage-suppressions.handler.js';
import { ReleaseHeldHandler } from './release-held.handler.js';
import { lookAfterSuppressions } from './start-suppressions.js';
import { PostgresSuppressionStore } from './suppression.store.postgres.js';
import { WarnOfEndHandler } from './warn-of-end.handler.js';

const MINUTE_MS = 60_000;
const start = new Date('2026-11-02T08:00:00.000Z');
const minutes = (count: number): Date => new Date(start.getTime() + count * MINUTE_MS);

/** The notifier's parts on a real database and mail server, with a clock that a test moves. */
describe('messages that are held for a time', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let outbox: PostgresOutboxStore;
  let smtp: SmtpSink;
  let mail: MailChannel;
  let dispatcher: Dispatcher;
  let transactions: PostgresTransactions;
  let reminders: PostgresReminderStore;
  let clock: MovableClock;
  const suppressions = new PostgresSuppressionStore();
  const plans = new PostgresPlanStore();
  const errors: unknown[] = [];

  beforeEach(async () => {
    database = await createTestDatabase();
    dataSource = await createDataSource({ url: database.url, schema: 'notifier', connectionsMax: 8, migrations: [Messaging1700000000001, ...NOTIFIER_MIGRATIONS] }).initialize();
    await prepareSchema(dataSource, { schema: 'notifier', migrate: true });
    outbox = new PostgresOutboxStore(dataSource);
    await outbox.open();
    smtp = await openSmtpSink();
    clock = new MovableClock(start);
    transactions = new PostgresTransactions(dataSource, { owner: outbox.owner, handOff: () => Promise.resolve() });
    const channels = new PostgresChannelStore(dataSource, KeyRing.parse(TEST_KEYS));
    const store = new PostgresDeliveryStore(dataSource);
    reminders = new PostgresReminderStore(dataSource);
    mail = new MailChannel({ smtpUrl: smtp.url, from: 'handoff@handoff.example', domain: 'handoff.example', connectionsMax: 2, sendTimeoutMs: 2_000, dkim: null });
    const unused = { send: () => Promise.reject(new Error('no such channel here')) };
    const deliverer = new Deliverer({ links: { urlOf: () => null, urlFor: () => null, tokenOf: () => '' }, words: OWN_WORDS, mail, webhook: unused, teams: unused, slack: unused, ticketing: unused, book: new ChannelBook(channels, clock), reminders, clock, sendTimeoutMs: 2_000, random: () => 0.5 });
    const recorder = new Recorder({ store, watch: { handle: () => Promise.resolve() }, foreignTickets: new PostgresForeignTicketStore(dataSource), transactions, owner: outbox.owner, onError: (error) => errors.push(error) });
    dispatcher = new Dispatcher({ store, deliverer, recorder, bundles: { handle: () => Promise.resolve(null) }, owner: outbox.owner, clock, concurrentMax: 4, unrecordedMax: 16, perDestinationMax: 2, messagesPerMinuteMax: () => null, onAttempt: () => undefined, onError: (error) => errors.push(error) });
    dispatcher.start();
  });
  afterEach(async () => {
    await dispatcher.close();
    await mail.close();
    await smtp.close();
    await outbox.close();
    await dataSource.destroy();
    await database.drop();
    expect(errors).toEqual([]);
  });

  const hold = (more: Partial<NewSuppression> = {}) => new ManageSuppressionsHandler({ suppressions, transactions, clock, hoursMax: 24 })
    .create({ match: { destination: 'isv/contoso' }, includesSeverityA: false, reason: 'The desk moves house.', author: 'ada', authorEmail: 'ada@northwind.example', from: null, until: minutes(60), ...more });
  const route = (externalId: string, severity: 'A' | 'B' = 'B', ticketVersion = 1) => transactions.run((tx) => new PlanNotificationsHandler({ plans, channels: new PostgresChannelStore(dataSource, KeyRing.parse(TEST_KEYS)), suppressions, handOff: dispatcher, reminders: new SuppressRemindersHandler({ reminders, clock }), foreignTickets: new PostgresForeignTicketStore(dataSource), clock })
    .handle([aRoutedEvent({ ticketVersion, ticket: { externalId, severity }, recipients: [aRecipient()] })], tx));
  /** What one process does when it looks; handlers keep nothing, so that another one is as good after a restart. */
  const look = (): Promise<void> => {
    const letters = { plans, suppressions, owner: outbox.owner, wake: () => dispatcher.wake() };
    const warn = new WarnOfEndHandler({ ...letters, warningMinutes: 30, operationsMail: 'operations@handoff.example' });
    return lookAfterSuppressions({ warn, release: new ReleaseHeldHandler({ ...letters, singleMessagesMax: 2 }), suppressions, transactions, clock, log: createPino('notifier', 'silent') });
  };
  const moveTo = (minute: number): void => clock.advance(minutes(minute).getTime() - clock.now().getTime());
  const subjects = () => smtp.received.map(({ to, mail: { subject } }) => `${to.join()}: ${subject ?? ''}`).sort();
  const states = async () => (await new PostgresNotificationStore(dataSource).list({ ticketId: null, state: null, cursor: null, limit: 50 })).items.map(({ about, state, code }) => [about, state, code].join(' ')).sort();
  const said = async () => (await dataSource.query<{ value: string }[]>('select value from outbox order by seq')).map(({ value }) => JSON.parse(String(value)) as HandoffEvent['data'] & { readonly code?: string; readonly receipt?: string });

  it('are sent after the end, each once, though two processes look; severity A is not held', async () => {
    await hold();
    for (const externalId of ['T-1', 'T-2']) await route(externalId);
    await route('T-3', 'A');
    await eventually(() => expect(subjects()).toEqual(['support@contoso.example: [A] Sign-in fails (T-3)']));
    moveTo(59);
    await look();
    expect((await states()).filter((state) => state === 'ticket suppressed held')).toHaveLength(2);
    moveTo(60);
    await Promise.all([look(), look(), look()]);
    await eventually(async () => expect(await states()).toEqual(['suppression delivered ', 'suppression delivered ', 'ticket delivered ', 'ticket delivered ', 'ticket delivered ']));
    expect(subjects().filter((line) => line.startsWith('support@'))).toEqual(['support@contoso.example: [A] Sign-in fails (T-3)', 'support@contoso.example: [B] Sign-in fails (T-1)', 'support@contoso.example: [B] Sign-in fails (T-2)']);
    expect((await said()).filter(({ code }) => code === 'held')).toHaveLength(2);
  });

  it('are told in one message where they are many, and are delivered with it', async () => {
    await hold();
    for (const externalId of ['T-1', 'T-2', 'T-3']) await route(externalId);
    moveTo(61);
    await Promise.all([look(), look()]);
    await eventually(async () => expect(await states()).toEqual(['summary delivered ', 'ticket delivered ', 'ticket delivered ', 'ticket delivered ']));
    expect(subjects()).toEqual(['support@contoso.example: 3 messages that were held until 2 November 2026 at 09:00 UTC']);
    expect(smtp.received[0]?.mail.text).toContain('[B] Sign-in fails (T-2)');
    expect((await said()).filter(({ receipt }) => receipt?.startsWith('Told in the summary') === true)).toHaveLength(3);
  });

  it('an older one is not sent after a newer one of its ticket that passed', async () => {
    await hold();
    await route('T-1');
    await route('T-1', 'A', 2);
    moveTo(61);
    await look();
    await eventually(async () => expect(await states()).toEqual(['ticket delivered ', 'ticket suppressed superseded']));
    expect(smtp.received).toHaveLength(1);
  });

  it('that cannot be told hold up no others', async () => {
    await hold({ until: minutes(30) });
    await route('T-1');
    await dataSource.query("update routed set facts = '{}'");
    clock.advance(31 * MINUTE_MS);
    await hold();
    await route('T-2');
    moveTo(61);
    await look();
    await eventually(() => expect(subjects()).toContain('support@contoso.example: [B] Sign-in fails (T-2)'));
    expect((await states()).filter((state) => state === 'ticket suppressed held')).toHaveLength(1);
  });

  it('their author and operations are warned half an hour before, once', async () => {
    await hold();
    await route('T-1');
    moveTo(29);
    await look();
    expect(await states()).toEqual(['ticket suppressed held']);
    moveTo(30);
    await Promise.all([look(), look(), look()]);
    await look();
    await eventually(() => expect(subjects()).toEqual(['ada@northwind.example: A suppression ends: 2 November 2026 at 09:00 UTC', 'operations@handoff.example: A suppression ends: 2 November 2026 at 09:00 UTC']));
    expect(smtp.received[0]?.mail.text).toContain('Held so far: 1');
    moveTo(45);
    await look();
    await eventually(async () => expect(await states()).toEqual(['suppression delivered ', 'suppression delivered ', 'ticket suppressed held']));
    expect(smtp.received).toHaveLength(2);
  });
});
