import { TOPICS } from '@handoff/contracts';
import { type EgressPolicy, egressPolicyOf, type OpenOutbound, openOutbound, type OutboundObserver } from '@handoff/outbound';
import type { Logger } from 'pino';
import { Backbone, createHttpApp, createPino, observeOutbound, openSealedRows, readKeyRing, readToken, type Running, systemClock } from '@handoff/platform';
import { missingNotificationsIn, OPEN_NOTIFICATIONS } from './audit/missing-notifications.postgres.js';
import { isAcknowledgePage } from './acknowledge/acknowledge.controller.js';
import { AcknowledgeByLinkHandler } from './acknowledge/acknowledge-by-link.handler.js';
import { AcknowledgeLinks } from './acknowledge/acknowledge-links.js';
import { PostgresAcknowledgementStore } from './acknowledge/acknowledgement.store.postgres.js';
import { readDkimKey } from './channels/mail/dkim-key.js';
import { mailDomainOf } from './channels/mail/mail-address.js';
import { MailChannel } from './channels/mail/mail.channel.js';
import { SlackChannel } from './channels/slack/slack.channel.js';
import { TeamsChannel } from './channels/teams/teams.channel.js';
import { PostgresForeignTicketStore } from './channels/ticketing/foreign-ticket.store.postgres.js';
import { TicketingChannel } from './channels/ticketing/ticketing.channel.js';
import { WebhookChannel } from './channels/webhook/webhook.channel.js';
import type { NotifierSettings } from './config.js';
import { BundleHandler } from './deliver/bundle.handler.js';
import { Deliverer } from './deliver/deliverer.js';
import { PostgresDeliveryStore } from './deliver/delivery.store.postgres.js';
import { Dispatcher, type DispatcherOptions } from './deliver/dispatcher.js';
import { type AttemptLog, observeAttempt, watchBacklog } from './deliver/observe.js';
import { Recorder } from './deliver/recorder.js';
import { ChannelBook } from './manage-channels/channel-book.js';
import { PostgresChannelStore, SEALED_COLUMNS } from './manage-channels/channel.store.postgres.js';
import { loadDemoChannels } from './manage-channels/load-demo-channels.js';
import { oldNotifications } from './forget-tickets/old-notifications.postgres.js';
import { PlanHealthNoticesHandler } from './letters/plan-health-notices.handler.js';
import { ManageChannelsHandler } from './manage-channels/manage-channels.handler.js';
import { readWords } from './message/texts/read-words.js';
import { NOTIFIER_MIGRATIONS } from './migrations/index.js';
import { NotifierModule } from './notifier.module.js';
import { PlanNotificationsHandler } from './plan-notifications/plan-notifications.handler.js';
import { PostgresPlanStore } from './plan-notifications/plan.store.postgres.js';
import type { MailAddresses } from './receive-mail/mail-addresses.js';
import { addressesOf, receiveMail } from './receive-mail/receive-mail.js';
import { PostgresReceivedMailStore } from './receive-mail/received-mail.store.postgres.js';
import { isInteraction } from './slack-button/slack-button.controller.js';
import { SlackButtonHandler } from './slack-button/slack-button.handler.js';
import { PostgresReminderStore } from './suppress-reminders/reminder.store.postgres.js';
import { SuppressRemindersHandler } from './suppress-reminders/suppress-reminders.handler.js';
import { PreviewMessagesHandler } from './preview-messages/preview-messages.handler.js';
import { PostgresNotificationStore } from './show-notifications/notification.store.postgres.js';
import { ManageSuppressionsHandler } from './suppress/manage-suppressions.handler.js';
import { ReleaseHeldHandler, type ReleasePorts } from './suppress/release-held.handler.js';
import { startSuppressions } from './suppress/start-suppressions.js';
import { PostgresSuppressionStore } from './suppress/suppression.store.postgres.js';
import { WarnOfEndHandler } from './suppress/warn-of-end.handler.js';
import { RetryNotificationHandler } from './show-notifications/retry-notification.handler.js';
import { TestChannelHandler } from './test-channel/test-channel.handler.js';
import { WatchChannelsHandler, type WatchChannelsPorts } from './watch-channels/watch-channels.handler.js';

const BODY_BYTES_MAX = 65_536;
const CONSUMED = { topics: [TOPICS.routing], ignoredTypes: ['handoff.ticket.attached.v1', 'handoff.ticket.detached.v1', 'handoff.ticket.reassigned.v1'] };
const HOUR_MS = 3_600_000;

export interface RunningNotifier extends Running {
  /** Base URL of its HTTP interface. */
  readonly url: string;
  /** Where it receives mail; `null`: it does not. */
  readonly mailPort: number | null;
}

/** Starts the notifier: consumer, sender and HTTP, in this order opened and in the reverse closed. */
export async function startNotifier(settings: NotifierSettings): Promise<RunningNotifier> {
  const log = createPino('notifier', settings.LOG_LEVEL);
  const ring = readKeyRing(settings);
  const words = readWords(settings.MESSAGE_TEXTS_DIR);
  const backbone = await Backbone.open({ service: 'notifier', settings, log, migrations: [...NOTIFIER_MIGRATIONS] });
  const [{ dataSource, transactions }, clock] = [backbone, systemClock];
  const sealedRows = await openSealedRows(dataSource, ring, SEALED_COLUMNS);
  const egress = egressPolicyOf(settings);
  const { channels, manage, book } = await openChannels(new PostgresChannelStore(dataSource, ring), settings.HANDOFF_DEMO_DIR, egress);

  const outbound = outboundOf(settings, egress, observeOutbound(log));
  const addresses = addressesOf(settings, { ring, mailDomain: domainOf(settings) });
  const mail = mailOf(settings, addresses);
  const [deliveries, foreignTickets] = [new PostgresDeliveryStore(dataSource), new PostgresForeignTicketStore(dataSource)];
  const reminders = new PostgresReminderStore(dataSource);
  const suppressReminders = new SuppressRemindersHandler({ reminders, clock });
  const links = new AcknowledgeLinks(ring, settings.HANDOFF_PUBLIC_URL ?? null);
  const deliverer = new Deliverer({ links, words, mail, webhook: new WebhookChannel({ outbound, now: () => clock.now() }), teams: new TeamsChannel(outbound), slack: new SlackChannel(outbound), ticketing: new TicketingChannel({ outbound, tickets: foreignTickets, installation: settings.HANDOFF_INSTALLATION }), book, reminders, clock, sendTimeoutMs: settings.SEND_TIMEOUT_MS, random: Math.random });
  // The outbox holds an advisory lock by this key for as long as this process lives; it says as well whose deliveries are in hand.
  const { owner } = backbone.outbox;
  const [plans, suppressions] = [new PostgresPlanStore(), new PostgresSuppressionStore()];
  const letters = { plans, suppressions, owner, wake: (): void => dispatcher.wake() };
  const watch = watchOf(settings, { ...letters, channels }, log);
  const recorder = new Recorder({ store: deliveries, watch, foreignTickets, transactions, owner, onError: (err, waiting) => log.warn({ err, waiting }, 'Attempts cannot be recorded now; they are kept and tried again.') });
  const dispatcher = dispatcherOf(settings, { store: deliveries, deliverer, recorder, bundles: new BundleHandler({ store: deliveries, plans, transactions, clock, owner }), owner, clock, log });

  const notifications = new PostgresNotificationStore(dataSource);
  const [acknowledge, receivedMails] = [new AcknowledgeByLinkHandler({ links, acknowledgements: new PostgresAcknowledgementStore(), transactions, clock }), new PostgresReceivedMailStore(dataSource)];
  const slackButton = new SlackButtonHandler({ book, acknowledge, outbound, words, clock, onUnanswered: (detail) => log.warn({ detail }, 'A message in Slack does not show yet that somebody works on it.') });
  const strategy = backbone.server(CONSUMED);
  const app = await createHttpApp(NotifierModule.of({
    plan: new PlanNotificationsHandler({ plans, channels, suppressions, handOff: dispatcher, reminders: suppressReminders, foreignTickets, clock }),
    notices: new PlanHealthNoticesHandler({ ...letters, channels, clock }),
    suppressReminders, words, acknowledge, receivedMails, slackButton,
    suppressions: new ManageSuppressionsHandler({ suppressions, transactions, clock, hoursMax: settings.SUPPRESSION_HOURS_MAX }),
    channels: manage, channelTests: new TestChannelHandler({ ...letters, channels: manage, transactions, clock }), notifications, sealedRows, deadLetters: backbone.deadLetters, healthChecks: backbone.healthChecks, mailDomain: domainOf(settings),
    previews: new PreviewMessagesHandler({ notifications, links, words, areAnswersRead: addresses !== null }),
    retries: new RetryNotificationHandler({ notifications, channels, transactions, clock, wake: letters.wake }),
  }), { service: 'notifier', description: 'Forwards each routed ticket to its contact.', token: readToken(settings), logLevel: settings.LOG_LEVEL, bodyBytesMax: BODY_BYTES_MAX, rawBody: (path) => isInteraction(path) || isAcknowledgePage(path) });
  app.connectMicroservice({ strategy }, { inheritAppConfig: false });
  dispatcher.start();
  const stopWatching = watchBacklog(deliveries, dispatcher, clock);
  // Questions are answered while the consumer still waits for its group.
  await app.listen(settings.PORT, settings.HOST);
  await app.startAllMicroservices();
  backbone.startRetention(oldNotifications(settings.TICKET_RETENTION_DAYS));
  backbone.startAudit({ ...CONSUMED, missingEffects: missingNotificationsIn(dataSource), openItemsSql: OPEN_NOTIFICATIONS }, settings);
  const suppressing = startSuppressions({ ...suppressionHandlersOf(settings, letters), suppressions, transactions, clock, log });
  const mailListener = await receiveMail(settings, { addresses, log, mails: receivedMails, acknowledge, transactions, clock, mailDomain: domainOf(settings) });
  return {
    url: await app.getUrl(),
    mailPort: mailListener?.port ?? null,
    close: async () => {
      stopWatching();
      await mailListener?.close();
      await app.close();
      await slackButton.close();
      await suppressing.close();
      await dispatcher.close();
      await Promise.all([mail.close(), outbound.close()]);
      await backbone.close();
    },
  };
}

function dispatcherOf(settings: NotifierSettings, { log, ...parts }: Pick<DispatcherOptions, 'store' | 'deliverer' | 'recorder' | 'bundles' | 'owner' | 'clock'> & { readonly log: Logger }): Dispatcher {
  return new Dispatcher({
    ...parts, concurrentMax: settings.DELIVERIES_CONCURRENT_MAX, unrecordedMax: settings.DELIVERIES_UNRECORDED_MAX, perDestinationMax: settings.DELIVERIES_PER_DESTINATION_MAX, messagesPerMinuteMax: (kind) => (kind === 'webhook' || kind === 'ticketing' ? null : settings.MESSAGES_PER_MINUTE_MAX ?? null),
    onAttempt: (result) => observeAttempt(result, log), onError: (err) => log.warn({ err }, 'Deliveries cannot be claimed now; they wait.'),
  });
}

async function openChannels(channels: PostgresChannelStore, demoDir: string | undefined, egress: EgressPolicy) {
  const manage = new ManageChannelsHandler(channels, systemClock, egress);
  if (demoDir !== undefined) await loadDemoChannels(demoDir, channels, manage);
  return { channels, manage, book: new ChannelBook(channels, systemClock) };
}

function suppressionHandlersOf(settings: NotifierSettings, letters: Omit<ReleasePorts, 'singleMessagesMax'>): { release: ReleaseHeldHandler; warn: WarnOfEndHandler } {
  return {
    release: new ReleaseHeldHandler({ ...letters, singleMessagesMax: settings.SUPPRESSION_SINGLE_MESSAGES_MAX }),
    warn: new WarnOfEndHandler({ ...letters, warningMinutes: settings.SUPPRESSION_WARNING_MINUTES, operationsMail: settings.OPERATIONS_MAIL ?? null }),
  };
}

function watchOf({ CHANNEL_FAILING_HOURS_MAX, OPERATIONS_MAIL }: NotifierSettings, ports: Pick<WatchChannelsPorts, 'channels' | 'plans' | 'owner' | 'wake'>, log: AttemptLog): WatchChannelsHandler {
  return new WatchChannelsHandler({
    ...ports, failingMsMax: CHANNEL_FAILING_HOURS_MAX * HOUR_MS, operationsMail: OPERATIONS_MAIL ?? null,
    onNotice: ({ what, channelId, destination, kind, failingSince, detail }) => log.warn({ channelId, destination, kind, failingSince, detail }, what === 'disabled' ? 'a channel was disabled' : 'a channel fails and will be disabled'),
  });
}

function mailOf(settings: NotifierSettings, addresses: MailAddresses | null): MailChannel {
  return new MailChannel({ smtpUrl: settings.SMTP_URL, from: settings.MAIL_FROM, domain: domainOf(settings), connectionsMax: Math.min(settings.DELIVERIES_CONCURRENT_MAX, 20), sendTimeoutMs: settings.SEND_TIMEOUT_MS, dkim: readDkimKey(settings), addresses });
}

function outboundOf({ SEND_TIMEOUT_MS, DELIVERIES_CONCURRENT_MAX, EGRESS_DNS_SERVERS, HANDOFF_PUBLIC_URL }: NotifierSettings, policy: EgressPolicy, observer: OutboundObserver): OpenOutbound {
  return openOutbound({
    policy, observer, dnsServers: EGRESS_DNS_SERVERS, userAgent: HANDOFF_PUBLIC_URL === undefined ? 'Handoff/1' : `Handoff/1 (+${HANDOFF_PUBLIC_URL})`,
    limits: { connectTimeoutMs: SEND_TIMEOUT_MS, headersTimeoutMs: SEND_TIMEOUT_MS, timeoutMs: SEND_TIMEOUT_MS, connectionsAnOriginMax: DELIVERIES_CONCURRENT_MAX },
  });
}

function domainOf({ MAIL_DOMAIN, MAIL_FROM }: NotifierSettings): string {
  return MAIL_DOMAIN ?? mailDomainOf(MAIL_FROM) ?? 'localhost.localdomain';
}
