import { setTimeout as delay } from 'node:timers/promises';
import { Backbone, createHttpApp, createPino, gauge, readToken, type Running, systemClock } from '@handoff/platform';
import { EventAcceptor } from './accept/event-acceptor.js';
import { PublishQueue } from './accept/publish-queue.js';
import { RecentEvents } from './accept/recent-events.js';
import type { IntakeSettings } from './config.js';
import { loadDemoSources } from './demo/load-demo-sources.js';
import { IntakeModule } from './intake.module.js';
import { ManageSourcesHandler } from './manage-sources/manage-sources.handler.js';
import { isWebhookPath } from './receive-webhook/receive-webhook.controller.js';
import { SourceCache } from './sources/source-cache.js';
import { SourceSettings1700000000101, Sources1700000000100 } from './sources/source.migration.js';
import { PostgresSourceStore } from './sources/source.store.postgres.js';

export interface RunningIntake extends Running {
  /** Where it listens, as `http://127.0.0.1:8081`. */
  readonly url: string;
}

const RECENT_EVENTS_MAX = 10_000;
const RECENT_MS_MAX = 600_000;
const SOURCE_FRESH_MS = 5_000;
const SOURCE_STALE_MS = 60_000;
/** Whoever still waits was not told 202, and sends the event again. */
const DRAIN_MS_MAX = 2_000;

const waiting = gauge('handoff_publish_waiting_records', 'Events that wait to be stored in Kafka');

/** Opens what the service needs, in order, and listens. */
export async function startIntake(settings: IntakeSettings): Promise<RunningIntake> {
  const log = createPino('intake', settings.LOG_LEVEL);
  const token = readToken(settings);
  const backbone = await Backbone.open({ service: 'intake', settings, log, migrations: [Sources1700000000100, SourceSettings1700000000101] });
  try {
    const store = new PostgresSourceStore(backbone.dataSource);
    const sources = new SourceCache({ store, freshMs: SOURCE_FRESH_MS, staleMs: SOURCE_STALE_MS, now: Date.now });
    const manage = new ManageSourcesHandler({ store, cache: sources, clock: systemClock });
    const { HANDOFF_DEMO_DIR: demoDir, HANDOFF_DATA_DIR: dataDir } = settings;
    if (demoDir !== undefined && dataDir !== undefined) {
      const loaded = await loadDemoSources({ demoDir, dataDir, store, sources: manage });
      if (loaded.length > 0) log.info({ sources: loaded }, 'The demo sources were loaded.');
    }
    const queue = new PublishQueue({ publisher: backbone.publisher, waitingMax: settings.PUBLISH_WAITING_MAX, timeoutMs: settings.PUBLISH_TIMEOUT_MS });
    const timer = setInterval(() => waiting.set(queue.waitingRecords), 1_000);
    timer.unref();
    const acceptor = new EventAcceptor(queue, new RecentEvents({ countMax: RECENT_EVENTS_MAX, ageMsMax: RECENT_MS_MAX, now: Date.now }));
    const publicUrl = (settings.HANDOFF_PUBLIC_URL ?? `http://${settings.HOST}:${settings.PORT}`).replace(/\/+$/, '');
    const module = IntakeModule.with({ acceptor, sources, manage, clock: systemClock, publicUrl, download: downloadNothing, healthChecks: backbone.healthChecks });
    const app = await createHttpApp(module, {
      service: 'intake',
      description: 'Takes webhooks of ticketing systems, tickets in our own format and health notices, and stores them as events.',
      token, logLevel: settings.LOG_LEVEL, bodyBytesMax: settings.BODY_BYTES_MAX, rawBody: isWebhookPath,
    });
    await app.listen({ port: settings.PORT, host: settings.HOST });
    const url = (await app.getUrl()).replace('[::1]', '127.0.0.1');
    log.info({ url }, 'The intake listens.');
    return {
      url,
      close: async () => {
        clearInterval(timer);
        await app.close();
        await Promise.race([queue.drain(), delay(DRAIN_MS_MAX, undefined, { ref: false })]);
        await backbone.close();
      },
    };
  } catch (error) {
    await backbone.close().catch(() => undefined);
    throw error;
  }
}

/** No system of this version proves itself by a certificate. */
function downloadNothing(url: string): Promise<never> {
  return Promise.reject(new Error(`${url} is not fetched: no adapter needs it.`));
}
