import { TOPICS } from '@handoff/contracts';
import { Backbone, createHttpApp, createPino, readToken, type Running } from '@handoff/platform';
import type { ConsoleSettings } from './config.js';
import { ConsoleModule } from './console.module.js';
import { CONSOLE_MIGRATIONS } from './migrations/index.js';
import { PostgresReadModelStore } from './read-model/read-model.store.postgres.js';
import { PostgresQueueStore } from './show-queues/queue.store.postgres.js';
import { PostgresTicketListStore } from './show-tickets/ticket-list.store.postgres.js';

const SERVICE = 'console';
const BODY_BYTES_MAX = 65_536;

/** Opens what the console needs, and starts to consume only when everything else is ready. */
export async function startConsole(settings: ConsoleSettings): Promise<Running & { readonly url: string }> {
  const log = createPino(SERVICE, settings.LOG_LEVEL);
  const backbone = await Backbone.open({ service: SERVICE, settings, log, migrations: [...CONSOLE_MIGRATIONS] });
  const { transactions } = backbone;
  const strategy = backbone.server({ topics: [TOPICS.intake, TOPICS.routing, TOPICS.notifications], ignoredTypes: [] });
  const app = await createHttpApp(ConsoleModule.of({
    transactions, readModel: new PostgresReadModelStore(), queues: new PostgresQueueStore(), tickets: new PostgresTicketListStore(), aboutToMissMinutes: settings.ABOUT_TO_MISS_MINUTES,
    onAppended: () => undefined, deadLetters: backbone.deadLetters, healthChecks: backbone.healthChecks,
  }), { service: SERVICE, description: 'Shows operations teams the routed queues, and integrators the events.', token: readToken(settings), logLevel: settings.LOG_LEVEL, bodyBytesMax: BODY_BYTES_MAX });
  app.connectMicroservice({ strategy }, { inheritAppConfig: false });
  // Questions are answered while the consumer still waits for its group.
  await app.listen(settings.PORT, settings.HOST);
  await app.startAllMicroservices();
  const url = await app.getUrl();
  log.info({ url }, 'the console is ready');
  return {
    url,
    close: async () => {
      await app.close();
      await backbone.close();
    },
  };
}
