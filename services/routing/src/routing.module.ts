import type { CompiledMatrix } from '@handoff/matrix';
import type { Transactions } from '@handoff/messaging';
import { CLOCK, HEALTH_CHECKS, type HealthCheck, HealthController, MetricsController, systemClock } from '@handoff/platform';
import { type DynamicModule, Module } from '@nestjs/common';
import { DIRECTORY_STORE, type DirectoryStore } from './directory/directory.store.js';
import { ExplainController } from './explain/explain.controller.js';
import { ReceiveHealthNoticeHandler } from './receive-health-notice/receive-health-notice.handler.js';
import { IntakeConsumer } from './route-ticket/route-ticket.consumer.js';
import { RouteTicketHandler } from './route-ticket/route-ticket.handler.js';
import { TICKET_STORE, type TicketStore } from './tickets/ticket.store.js';
import { TicketsController } from './tickets/tickets.controller.js';
import { MATRIX, TRANSACTIONS } from './tokens.js';

export interface RoutingParts {
  readonly transactions: Transactions;
  readonly directory: DirectoryStore;
  readonly tickets: TicketStore;
  readonly matrix: () => CompiledMatrix;
  readonly healthChecks: readonly HealthCheck[];
}

@Module({})
export class RoutingModule {
  static of(parts: RoutingParts): DynamicModule {
    return {
      module: RoutingModule,
      controllers: [IntakeConsumer, TicketsController, ExplainController, HealthController, MetricsController],
      providers: [
        { provide: CLOCK, useValue: systemClock },
        { provide: TRANSACTIONS, useValue: parts.transactions },
        { provide: DIRECTORY_STORE, useValue: parts.directory },
        { provide: TICKET_STORE, useValue: parts.tickets },
        { provide: MATRIX, useValue: parts.matrix },
        { provide: HEALTH_CHECKS, useValue: parts.healthChecks },
        { provide: RouteTicketHandler, useValue: new RouteTicketHandler({ ...parts, clock: systemClock }) },
        { provide: ReceiveHealthNoticeHandler, useValue: new ReceiveHealthNoticeHandler(parts.directory) },
      ],
    };
  }
}
