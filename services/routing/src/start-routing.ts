import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { classify } from '@handoff/classification';
import { TOPICS } from '@handoff/contracts';
import { Backbone, createHttpApp, createPino, failService, readToken, type Running, StartupError, systemClock } from '@handoff/platform';
import { missingDecisionsIn } from './audit/missing-decisions.postgres.js';
import type { RoutingSettings } from './config.js';
import { PostgresTicketCopyStore } from './copies/ticket-copy.store.postgres.js';
import { DIRECTORY_ENTITIES } from './directory/directory.entity.js';
import type { DirectoryContent } from './directory/directory.js';
import { PostgresDirectoryStore } from './directory/directory.store.postgres.js';
import { PostgresEntryStore } from './directory/entry.store.postgres.js';
import { PostgresImportStore } from './imports/import.store.postgres.js';
import { ImportsModule } from './imports/imports.module.js';
import { PostgresKeyConflictStore } from './key-conflicts/key-conflict.store.postgres.js';
import { RepeatedEventsHandler } from './key-conflicts/repeated-events.handler.js';
import { openMatrix } from './matrix/matrix.parts.js';
import { PostgresMatrixStore } from './matrix/matrix.store.postgres.js';
import { PostgresPastTickets } from './matrix/past-tickets.store.postgres.js';
import { tellsNoCopy } from './copies/follow-copies.handler.js';
import { startEscalation } from './escalate/start-escalation.js';
import { endedTickets } from './forget-tickets/ended-tickets.postgres.js';
import { ROUTING_MIGRATIONS } from './migrations/index.js';
import { startRerouting } from './reroute/start-rerouting.js';
import { RoutingModule } from './routing.module.js';
import { PostgresServiceRequestStore } from './service-request/service-request.store.postgres.js';
import { startTelling } from './tell-health-notice/start-telling.js';
import { PostgresNoticeStore } from './tell-health-notice/told-notices.postgres.js';
import { PostgresTicketStore } from './tickets/ticket.store.postgres.js';

const SERVICE = 'routing';
const BODY_BYTES_MAX = 1_048_576;

/** Opens what routing needs, in order, and starts to consume only when everything else is ready. */
export async function startRouting(settings: RoutingSettings): Promise<Running & { readonly url: string }> {
  const log = createPino(SERVICE, settings.LOG_LEVEL);
  const backbone = await Backbone.open({ service: SERVICE, settings, log, migrations: [...ROUTING_MIGRATIONS], entities: DIRECTORY_ENTITIES });
  const directory = new PostgresDirectoryStore();
  const { transactions } = backbone;
  if (settings.HANDOFF_DEMO_DIR !== undefined) await loadDemoDirectory({ transactions, directory, folder: settings.HANDOFF_DEMO_DIR });
  const matrixVersions = await openMatrix({ store: new PostgresMatrixStore(), pastTickets: new PostgresPastTickets(), directory, transactions, clock: systemClock, log, onUnusable: failService, secondPerson: settings.MATRIX_SECOND_PERSON });
  const tickets = new PostgresTicketStore();
  const notices = new PostgresNoticeStore();
  const keyConflicts = new PostgresKeyConflictStore();
  const repeatedEvents = new RepeatedEventsHandler({ tickets, conflicts: keyConflicts, clock: systemClock });
  const consumed = { topics: [TOPICS.intake, TOPICS.notifications], ignoredTypes: ['handoff.notification.failed.v1', 'handoff.notification.suppressed.v1'] };
  const strategy = backbone.server({ ...consumed, ignores: tellsNoCopy, repeated: (events, tx) => repeatedEvents.handle(events, tx) });
  const module = RoutingModule.of({ transactions, directory, entries: new PostgresEntryStore(), copies: new PostgresTicketCopyStore(), tickets, notices, requests: new PostgresServiceRequestStore(), keyConflicts, imports: new PostgresImportStore(), matrix: (tx) => matrixVersions.active.forChunk(tx), matrixVersions, classifier: settings.HANDOFF_CLASSIFIER === 'on' ? classify : null, deadLetters: backbone.deadLetters, healthChecks: backbone.healthChecks });
  const app = await createHttpApp(module, { service: SERVICE, description: 'Decides who must act on each ticket, and says why.', token: readToken(settings), logLevel: settings.LOG_LEVEL, bodyBytesMax: BODY_BYTES_MAX, streamedBody: ImportsModule.streamsBody });
  app.connectMicroservice({ strategy }, { inheritAppConfig: false });
  // Questions are answered while the consumer still waits for its group.
  await app.listen(settings.PORT, settings.HOST);
  await app.startAllMicroservices();
  const rerouting = startRerouting({ transactions, directory, tickets, matrix: (tx) => matrixVersions.active.forChunk(tx), clock: systemClock, log });
  const escalation = startEscalation({ transactions, directory, tickets, clock: systemClock, log });
  const telling = startTelling({ transactions, notices, clock: systemClock, log });
  // Most deliveries leave no trace here, so none is looked for.
  backbone.startAudit({ ...consumed, ignoredTypes: [...consumed.ignoredTypes, 'handoff.notification.delivered.v1'], missingEffects: missingDecisionsIn(backbone.dataSource) }, settings);
  backbone.startRetention(endedTickets(settings.TICKET_RETENTION_DAYS));
  const url = await app.getUrl();
  log.info({ url, matrixVersion: matrixVersions.active.current().version }, 'routing is ready');
  return {
    url,
    close: async () => {
      await app.close();
      await telling.close();
      await escalation.close();
      await rerouting.close();
      await matrixVersions.close();
      await backbone.close();
    },
  };
}

/** Fills an empty directory, so that a first start has somebody to route to. */
async function loadDemoDirectory({ transactions, directory, folder }: { transactions: Backbone['transactions']; directory: PostgresDirectoryStore; folder: string }): Promise<void> {
  const file = join(folder, 'directory.json');
  await transactions.run(async (tx) => {
    if (!(await directory.isEmpty(tx))) return;
    try {
      await directory.save(tx, JSON.parse(await readFile(file, 'utf8')) as DirectoryContent);
    } catch (error) {
      throw new StartupError(`The demo directory ${file} cannot be loaded: ${(error as Error).message}`);
    }
  });
}
