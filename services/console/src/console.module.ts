import type { Transactions } from '@handoff/messaging';
import type { PostgresDeadLetters } from '@handoff/persistence';
import { CLOCK, DeadLettersModule, HEALTH_CHECKS, type HealthCheck, HealthController, MetricsController, systemClock } from '@handoff/platform';
import { type DynamicModule, Module } from '@nestjs/common';
import { FORWARD_PEERS, ForwardCallsController, type Peers } from './forward-calls/forward-calls.controller.js';
import type { EventLogStore } from './follow-events/event-log.store.js';
import { EventStreams } from './follow-events/event-streams.js';
import { EVENT_LOG_STORE, FollowController } from './follow-events/follow.controller.js';
import { EventsConsumer } from './project-events/events.consumer.js';
import { ProjectEventsHandler } from './project-events/project-events.handler.js';
import type { ReadModelStore } from './read-model/read-model.store.js';
import { RebuildController } from './rebuild-read-model/rebuild.controller.js';
import { RebuildHandler } from './rebuild-read-model/rebuild.handler.js';
import { PAGE_DIR, PageController } from './serve-page/page.controller.js';
import { OverviewController } from './show-overview/overview.controller.js';
import { OVERVIEW_STORE, type OverviewStore } from './show-overview/overview.store.js';
import { QUEUE_STORE, type QueueStore } from './show-queues/queue.store.js';
import { QUEUE_TREND_STORE, type QueueTrendStore } from './show-queues/queue-trend.store.js';
import { QueueTrendsController } from './show-queues/queue-trends.controller.js';
import { ABOUT_TO_MISS_MINUTES, QueuesController } from './show-queues/queues.controller.js';
import { TICKET_LIST_STORE, type TicketListStore } from './show-tickets/ticket-list.store.js';
import { TicketsController } from './show-tickets/tickets.controller.js';
import { Sessions } from './sign-in/sessions.js';
import { CONSOLE_URL, SignInController } from './sign-in/sign-in.controller.js';
import { SignInHandler } from './sign-in/sign-in.handler.js';
import { TRANSACTIONS } from './tokens.js';

export interface ConsoleParts {
  readonly transactions: Transactions;
  readonly readModel: ReadModelStore;
  readonly rebuild: RebuildHandler;
  readonly queues: QueueStore;
  readonly queueTrends: QueueTrendStore;
  readonly tickets: TicketListStore;
  readonly peers: Peers;
  readonly overview: OverviewStore;
  readonly signIn: SignInHandler;
  readonly sessions: Sessions;
  /** The console as browsers reach it. */
  readonly consoleUrl: string;
  /** Folder of the built page. */
  readonly pageDir: string;
  readonly aboutToMissMinutes: number;
  readonly eventLog: EventLogStore;
  readonly streams: EventStreams;
  /** Hears that the log has grown. */
  readonly onAppended: () => void;
  readonly deadLetters: PostgresDeadLetters;
  readonly healthChecks: readonly HealthCheck[];
}

@Module({})
export class ConsoleModule {
  static of(parts: ConsoleParts): DynamicModule {
    return {
      module: ConsoleModule,
      imports: [DeadLettersModule.of(parts.deadLetters)],
      controllers: [EventsConsumer, QueuesController, QueueTrendsController, TicketsController, OverviewController, FollowController, ForwardCallsController, RebuildController, SignInController, PageController, HealthController, MetricsController],
      providers: [
        { provide: CLOCK, useValue: systemClock },
        { provide: TRANSACTIONS, useValue: parts.transactions },
        { provide: RebuildHandler, useValue: parts.rebuild },
        { provide: QUEUE_STORE, useValue: parts.queues },
        { provide: QUEUE_TREND_STORE, useValue: parts.queueTrends },
        { provide: TICKET_LIST_STORE, useValue: parts.tickets },
        { provide: FORWARD_PEERS, useValue: parts.peers },
        { provide: OVERVIEW_STORE, useValue: parts.overview },
        { provide: EVENT_LOG_STORE, useValue: parts.eventLog },
        { provide: EventStreams, useValue: parts.streams },
        { provide: SignInHandler, useValue: parts.signIn },
        { provide: Sessions, useValue: parts.sessions },
        { provide: CONSOLE_URL, useValue: parts.consoleUrl },
        { provide: PAGE_DIR, useValue: parts.pageDir },
        { provide: ABOUT_TO_MISS_MINUTES, useValue: parts.aboutToMissMinutes },
        { provide: HEALTH_CHECKS, useValue: parts.healthChecks },
        { provide: ProjectEventsHandler, useValue: new ProjectEventsHandler(parts.readModel, parts.onAppended) },
      ],
    };
  }
}
