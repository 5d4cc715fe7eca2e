import { join } from 'node:path';
import staticFiles from '@fastify/static';
import { TOPICS } from '@handoff/contracts';
import type { Transactions } from '@handoff/messaging';
import { PeerClient } from '@handoff/outbound';
import { Backbone, createHttpApp, createPino, readToken, Repeating, type Running, systemClock } from '@handoff/platform';
import type { ConsoleSettings } from './config.js';
import { CountOverdueHandler } from './count-overdue/count-overdue.handler.js';
import { ConsoleModule, type ConsoleParts } from './console.module.js';
import { PostgresEventLogStore } from './follow-events/event-log.store.postgres.js';
import { EventStreams } from './follow-events/event-streams.js';
import { LogTail } from './follow-events/log-tail.js';
import { endedTickets } from './forget-tickets/ended-tickets.postgres.js';
import { PAST_QUEUE_HOURS } from './forget-tickets/past-queue-hours.postgres.js';
import type { Peers } from './forward-calls/forward-calls.controller.js';
import { isForwarded, type Peer, PEERS } from './forward-calls/forwarded-path.decision.js';
import { CONSOLE_MIGRATIONS } from './migrations/index.js';
import { PostgresReadModelStore } from './read-model/read-model.store.postgres.js';
import { RebuildHandler } from './rebuild-read-model/rebuild.handler.js';
import { headersHook } from './serve-page/page-headers.js';
import { PostgresOverviewStore } from './show-overview/overview.store.postgres.js';
import { PostgresQueueTrendStore } from './show-queues/queue-trend.store.postgres.js';
import { PostgresQueueStore } from './show-queues/queue.store.postgres.js';
import { PostgresTicketListStore } from './show-tickets/ticket-list.store.postgres.js';
import { SessionCookie } from './sign-in/session-cookie.js';
import { Sessions } from './sign-in/sessions.js';
import { SignInHandler } from './sign-in/sign-in.handler.js';
import { PostgresSignInStore } from './sign-in/sign-in.store.postgres.js';

const SERVICE = 'console';
const CONNECTIONS_PER_SERVICE_MAX = 64;
/** How long a stream may outlive its session. */
const SESSION_CHECK_INTERVAL_MS = 5_000;
/** Tickets that became overdue meanwhile are looked for in the rows: some seconds' worth. */
const OVERDUE_INTERVAL_MS = 5_000;
/** src and dist are equally deep. */
const PAGE_DIR = join(import.meta.dirname, '../page/dist');

/** Opens what the console needs, and starts to consume only when everything else is ready. */
export async function startConsole(settings: ConsoleSettings): Promise<Running & { readonly url: string }> {
  const log = createPino(SERVICE, settings.LOG_LEVEL);
  const backbone = await Backbone.open({ service: SERVICE, settings, log, migrations: [...CONSOLE_MIGRATIONS] });
  const { transactions } = backbone;
  const strategy = backbone.server({ topics: [TOPICS.intake, TOPICS.routing, TOPICS.notifications], ignoredTypes: [] });
  const token = readToken(settings);
  const peers = peersOf(settings, token);
  const readModel = new PostgresReadModelStore();
  const rebuild = new RebuildHandler(readModel, transactions, systemClock);
  const signIn = signInOf(settings, transactions);
  const eventLog = new PostgresEventLogStore();
  const tail = new LogTail({ log: eventLog, transactions, onError: (error) => log.warn({ err: error }, 'the log of events cannot be read; whoever follows it has to come again') });
  const streams = new EventStreams(tail, (error) => log.error({ err: error }, 'a stream of events broke off'));
  const sessionChecks = new Repeating({
    intervalMs: SESSION_CHECK_INTERVAL_MS, work: () => streams.endWithout((hashes) => signIn.signIn.holding(hashes)), onError: (error) => log.warn({ err: error }, 'sessions of streams cannot be checked now'),
  });
  const countOverdue = new CountOverdueHandler(readModel, transactions, systemClock);
  const overdueCounts = new Repeating({ intervalMs: OVERDUE_INTERVAL_MS, work: (signal) => countOverdue.run(signal), onError: (error) => log.warn({ err: error }, 'overdue tickets cannot be counted now; questions about them take longer') });
  const app = await createHttpApp(ConsoleModule.of({
    transactions, peers, ...signIn, pageDir: PAGE_DIR,
    readModel, rebuild, queues: new PostgresQueueStore(), queueTrends: new PostgresQueueTrendStore(), tickets: new PostgresTicketListStore(), overview: new PostgresOverviewStore(), aboutToMissMinutes: settings.ABOUT_TO_MISS_MINUTES,
    eventLog, streams, onAppended: () => tail.appended(), deadLetters: backbone.deadLetters, healthChecks: backbone.healthChecks,
  }), {
    service: SERVICE, description: 'Shows operations teams the routed queues, and integrators the events.', token, logLevel: settings.LOG_LEVEL, bodyBytesMax: settings.BODY_BYTES_MAX,
    rawBody: isForwarded, letIn: (request) => signIn.sessions.letIn(request),
  });
  await app.register(staticFiles, { root: PAGE_DIR, serve: false, preCompressed: true, suppressWarning: true });
  app.getHttpAdapter().getInstance().addHook('onRequest', headersHook(signIn.consoleUrl));
  app.connectMicroservice({ strategy }, { inheritAppConfig: false });
  // Questions are answered while the consumer still waits for its group.
  await app.listen(settings.PORT, settings.HOST);
  await app.startAllMicroservices();
  backbone.startRetention([...endedTickets(settings.TICKET_RETENTION_DAYS), PAST_QUEUE_HOURS]);
  sessionChecks.start();
  overdueCounts.start();
  const url = await app.getUrl();
  log.info({ url }, 'the console is ready');
  return {
    url,
    close: async () => {
      // First: what projects waits for it.
      await rebuild.stop();
      await overdueCounts.close();
      await sessionChecks.close();
      await app.close();
      await Promise.all(Object.values(peers.clients).map((client) => client.close()));
      await backbone.close();
    },
  };
}

function peersOf(settings: ConsoleSettings, token: string | null): Peers {
  const urls: Readonly<Record<Peer, string>> = { intake: settings.INTAKE_URL, routing: settings.ROUTING_URL, notifier: settings.NOTIFIER_URL };
  const clientOf = (peer: Peer): PeerClient => new PeerClient({ url: urls[peer], timeoutMs: settings.SERVICE_TIMEOUT_MS, connectionsMax: CONNECTIONS_PER_SERVICE_MAX });
  // Without a token nobody comes so far.
  return { token: token ?? '', clients: Object.fromEntries(PEERS.map((peer) => [peer, clientOf(peer)])) as Readonly<Record<Peer, PeerClient>> };
}

function signInOf(settings: ConsoleSettings, transactions: Transactions): Pick<ConsoleParts, 'signIn' | 'sessions' | 'consoleUrl'> {
  const consoleUrl = settings.CONSOLE_URL ?? `http://127.0.0.1:${settings.PORT}`;
  const signIn = new SignInHandler(new PostgresSignInStore(), transactions, systemClock, settings.SESSION_HOURS);
  return { signIn, consoleUrl, sessions: new Sessions(signIn, new SessionCookie(consoleUrl), new URL(consoleUrl).origin) };
}
