import { egressPolicyOf, NOTHING_ALLOWED, openOutbound } from '@handoff/outbound';
import { Backbone, createHttpApp, createPino, type HttpAppOptions, observeOutbound, openSealedRows, readKeyRing, readToken, type Running, systemClock } from '@handoff/platform';
import { AcceptPath } from './accept/accept-path.js';
import type { IntakeSettings } from './config.js';
import { loadDemoSources } from './demo/load-demo-sources.js';
import { KeyDownloads } from './download-keys/key-downloads.js';
import { IntakeModule } from './intake.module.js';
import { ManageSourcesHandler } from './manage-sources/manage-sources.handler.js';
import { INTAKE_MIGRATIONS } from './migrations.js';
import { ParkDeliveryHandler } from './park-delivery/park-delivery.handler.js';
import { PostgresParkedDeliveryStore } from './park-delivery/parked-delivery.store.postgres.js';
import { ParkedWatch } from './park-delivery/parked-watch.js';
import { RetryParkedHandler } from './park-delivery/retry-parked.handler.js';
import { SourceReading } from './read-sources/source-reading.js';
import { DeliveryTaker } from './receive-webhook/delivery-taker.js';
import { IncomingWebhooks } from './receive-webhook/incoming-webhook.js';
import { isWebhookPath, ReceiveWebhookController, webhookRoute } from './receive-webhook/receive-webhook.controller.js';
import { ReceiveWebhookHandler } from './receive-webhook/receive-webhook.handler.js';
import { PostgresRateStore } from './limit-rate/rate.store.postgres.js';
import { RateSharing } from './limit-rate/rate-sharing.js';
import { SourceRates } from './limit-rate/source-rates.js';
import { ActivityCounter } from './source-activity/activity-counter.js';
import { ActivityRecorder } from './source-activity/activity-recorder.js';
import { PostgresActivityStore } from './source-activity/activity.store.postgres.js';
import { SourceCache } from './sources/source-cache.js';
import { PostgresSourceStore, SEALED_COLUMNS } from './sources/source.store.postgres.js';
import { TestMark } from './test-source/test-mark.js';
import { TestSourceHandler } from './test-source/test-source.handler.js';

export interface RunningIntake extends Running {
  /** Where it listens, as `http://127.0.0.1:8081`. */
  readonly url: string;
}

/** What was taken and is not an event yet, given up or not. */
const OPEN_ITEMS = `
  select 'spool', count(*)::integer, min(spooled_at) from spool
  union all select 'parked-webhook', count(*)::integer, min(received_at) from parked_delivery where discarded_at is null
  union all select 'thin-ticket', count(*)::integer, min(asked_at) from completion`;
const SOURCE_FRESH_MS = 5_000;
/** While PostgreSQL is away, secrets can hardly be changed either; one that expires is not believed longer. */
const SOURCE_STALE_MS = 3_600_000;

/** Opens what the service needs, in order, and listens. */
export async function startIntake(settings: IntakeSettings): Promise<RunningIntake> {
  const log = createPino('intake', settings.LOG_LEVEL);
  const ring = readKeyRing(settings);
  const backbone = await Backbone.open({ service: 'intake', settings, log, migrations: INTAKE_MIGRATIONS, startsWithoutKafka: true });
  const outbound = openOutbound({ policy: egressPolicyOf(settings), observer: observeOutbound(log), dnsServers: settings.EGRESS_DNS_SERVERS, userAgent: 'Handoff/1' });
  // Test webhooks go to this very process, wherever it listens.
  const ownDoor = openOutbound({ policy: { allowPrivate: true, allow: NOTHING_ALLOWED }, observer: observeOutbound(log), userAgent: 'Handoff/1' });
  const mark = new TestMark();
  const publicUrl = (settings.HANDOFF_PUBLIC_URL ?? `http://${settings.HOST}:${settings.PORT}`).replace(/\/+$/, '');
  const opened: Running[] = [backbone, outbound, ownDoor];
  const close = async (): Promise<void> => {
    for (const part of opened.toReversed()) await part.close();
  };
  try {
    const sealedRows = await openSealedRows(backbone.dataSource, ring, SEALED_COLUMNS);
    const store = new PostgresSourceStore(backbone.dataSource, ring);
    const sources = new SourceCache({ store, freshMs: SOURCE_FRESH_MS, staleMs: SOURCE_STALE_MS, now: Date.now });
    const manage = new ManageSourcesHandler({ store, cache: sources, clock: systemClock, egress: egressPolicyOf(settings) });
    const { HANDOFF_DEMO_DIR: demoDir, HANDOFF_DATA_DIR: dataDir } = settings;
    if (demoDir !== undefined && dataDir !== undefined) {
      const loaded = await loadDemoSources({ demoDir, dataDir, store, sources: manage });
      if (loaded.length > 0) log.info({ sources: loaded }, 'The demo sources were loaded.');
    }
    const keys = new KeyDownloads({ outbound, now: Date.now });
    const accepting = await AcceptPath.open(backbone, settings, log);
    opened.push(accepting);
    const parked = new PostgresParkedDeliveryStore(backbone.dataSource);
    const reading = SourceReading.open({ dataSource: backbone.dataSource, settings, sources: store, acceptor: accepting.acceptor, clock: systemClock, log });
    opened.push(reading);
    const taker = new DeliveryTaker({ acceptor: accepting.acceptor, installation: settings.HANDOFF_INSTALLATION, onStored: (source, events) => reading.heard(source, events) });
    const retries = new RetryParkedHandler({ store: parked, sources: store, taker });
    const watch = new ParkedWatch({ store: parked, retries, deliveriesMax: settings.PARKED_DELIVERIES_MAX, now: Date.now, log });
    watch.start();
    opened.push(watch);
    const activities = new PostgresActivityStore(backbone.dataSource);
    const activity = new ActivityCounter(activities);
    const recorder = new ActivityRecorder({ counter: activity, store: activities, now: Date.now, log });
    recorder.start();
    opened.push(recorder);
    const rates = new SourceRates({ perSecondDefault: settings.SOURCE_REQUESTS_PER_SECOND_MAX, now: () => performance.now() });
    const sharing = new RateSharing({ rates, store: new PostgresRateStore(backbone.dataSource), log });
    opened.push(sharing.start());
    const parking = new ParkDeliveryHandler({ store: parked, hasRoom: () => watch.hasRoom });
    const receiver = new ReceiveWebhookHandler({ sources, taker, parking, activity, rates, clock: systemClock, download: (keyUrl, headers) => keys.fetch(keyUrl, headers) });
    const incoming = new IncomingWebhooks({ publicUrl, trustedProxies: settings.TRUSTED_PROXIES, mark });
    const test = new TestSourceHandler({ sources: manage, outbound: ownDoor, mark, clock: systemClock, publicUrl });
    const module = IntakeModule.with({ acceptor: accepting.acceptor, sources, manage, test, sealedRows, activities, reading, receiver, incoming, parked, retries, clock: systemClock, publicUrl, healthChecks: accepting.healthChecks });
    const app = await createHttpApp(module, httpOptionsOf(settings));
    opened.push(app);
    await app.listen({ port: settings.PORT, host: settings.HOST });
    backbone.startAudit({ topics: [], openItemsSql: OPEN_ITEMS }, settings);
    const url = (await app.getUrl()).replace('[::1]', '127.0.0.1');
    log.info({ url }, 'The intake listens.');
    return { url, close };
  } catch (error) {
    await close().catch(() => undefined);
    throw error;
  }
}

function httpOptionsOf(settings: IntakeSettings): HttpAppOptions {
  return {
    service: 'intake',
    description: 'Takes webhooks of ticketing systems, tickets in our own format and health notices, and stores them as events.',
    token: readToken(settings), logLevel: settings.LOG_LEVEL, bodyBytesMax: settings.BODY_BYTES_MAX, requestTimeoutMs: settings.REQUEST_TIMEOUT_MS, connectionsMax: settings.CONNECTIONS_MAX,
    rawBody: isWebhookPath, direct: (served) => [webhookRoute(served.get(ReceiveWebhookController))],
  };
}
