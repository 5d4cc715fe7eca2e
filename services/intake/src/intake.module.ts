import { CLOCK, type Clock, HEALTH_CHECKS, type HealthCheck, HealthController, MetricsController } from '@handoff/platform';
import { type DynamicModule, Module } from '@nestjs/common';
import { EventAcceptor } from './accept/event-acceptor.js';
import type { Trust } from './adapters/adapter.js';
import { ManageSourcesController } from './manage-sources/manage-sources.controller.js';
import { ManageSourcesHandler } from './manage-sources/manage-sources.handler.js';
import { PUBLIC_URL } from './http/public-url.js';
import { ReceiveWebhookController } from './receive-webhook/receive-webhook.controller.js';
import { ReceiveWebhookHandler } from './receive-webhook/receive-webhook.handler.js';
import { ReportOutageController } from './report-outage/report-outage.controller.js';
import { SourceCache } from './sources/source-cache.js';
import { SubmitTicketController } from './submit-ticket/submit-ticket.controller.js';

export interface IntakeParts {
  readonly acceptor: EventAcceptor;
  readonly sources: SourceCache;
  readonly manage: ManageSourcesHandler;
  readonly clock: Clock;
  readonly publicUrl: string;
  readonly download: Trust['download'];
  readonly healthChecks: readonly HealthCheck[];
}

/** Wiring, nothing else. */
@Module({})
export class IntakeModule {
  static with(parts: IntakeParts): DynamicModule {
    const { acceptor, sources, clock } = parts;
    return {
      module: IntakeModule,
      controllers: [ReceiveWebhookController, SubmitTicketController, ReportOutageController, ManageSourcesController, HealthController, MetricsController],
      providers: [
        { provide: EventAcceptor, useValue: acceptor },
        { provide: SourceCache, useValue: sources },
        { provide: ManageSourcesHandler, useValue: parts.manage },
        { provide: ReceiveWebhookHandler, useValue: new ReceiveWebhookHandler({ sources, acceptor, clock, download: parts.download }) },
        { provide: CLOCK, useValue: clock },
        { provide: PUBLIC_URL, useValue: parts.publicUrl },
        { provide: HEALTH_CHECKS, useValue: parts.healthChecks },
      ],
    };
  }
}
