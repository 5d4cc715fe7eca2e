import { SealedRows } from '@handoff/persistence';
import { CLOCK, type Clock, HEALTH_CHECKS, type HealthCheck, HealthController, KeysController, MetricsController } from '@handoff/platform';
import { type DynamicModule, Module } from '@nestjs/common';
import { EventAcceptor } from './accept/event-acceptor.js';
import { ManageSourcesController } from './manage-sources/manage-sources.controller.js';
import { ManageSourcesHandler } from './manage-sources/manage-sources.handler.js';
import { SourceDocuments } from './manage-sources/source-documents.js';
import { PUBLIC_URL } from './http/public-url.js';
import { PARKED_DELIVERY_STORE, type ParkedDeliveryStore } from './park-delivery/parked-delivery.store.js';
import { ParkedDeliveriesController } from './park-delivery/parked-deliveries.controller.js';
import { RetryParkedHandler } from './park-delivery/retry-parked.handler.js';
import { IncomingWebhooks } from './receive-webhook/incoming-webhook.js';
import type { SourceReading } from './read-sources/source-reading.js';
import { ReceiveWebhookController } from './receive-webhook/receive-webhook.controller.js';
import { ReceiveWebhookHandler } from './receive-webhook/receive-webhook.handler.js';
import { ReportOutageController } from './report-outage/report-outage.controller.js';
import { AdaptersController } from './list-adapters/adapters.controller.js';
import { TestSourceController } from './test-source/test-source.controller.js';
import { TestSourceHandler } from './test-source/test-source.handler.js';
import type { ActivityStore } from './source-activity/activity.store.js';
import { SourceCache } from './sources/source-cache.js';
import { SetupSourceController } from './setup-source/setup-source.controller.js';
import { SubmitTicketController } from './submit-ticket/submit-ticket.controller.js';

export interface IntakeParts {
  readonly acceptor: EventAcceptor;
  readonly sources: SourceCache;
  readonly manage: ManageSourcesHandler;
  readonly test: TestSourceHandler;
  readonly activities: Pick<ActivityStore, 'read'>;
  readonly reading: Pick<SourceReading, 'completions' | 'reconciliations'>;
  readonly receiver: ReceiveWebhookHandler;
  readonly incoming: IncomingWebhooks;
  readonly parked: ParkedDeliveryStore;
  readonly retries: RetryParkedHandler;
  readonly sealedRows: Pick<SealedRows, 'standing' | 'rotate'>;
  readonly clock: Clock;
  readonly publicUrl: string;
  readonly healthChecks: readonly HealthCheck[];
}

/** Wiring, nothing else. */
@Module({})
export class IntakeModule {
  static with(parts: IntakeParts): DynamicModule {
    const { acceptor, sources, clock, receiver, parked, retries } = parts;
    return {
      module: IntakeModule,
      controllers: [ReceiveWebhookController, SubmitTicketController, ReportOutageController, ManageSourcesController, SetupSourceController, TestSourceController, AdaptersController, ParkedDeliveriesController, KeysController, HealthController, MetricsController],
      providers: [
        { provide: EventAcceptor, useValue: acceptor },
        { provide: SourceCache, useValue: sources },
        { provide: ManageSourcesHandler, useValue: parts.manage },
        { provide: ReceiveWebhookHandler, useValue: receiver },
        { provide: IncomingWebhooks, useValue: parts.incoming },
        { provide: PARKED_DELIVERY_STORE, useValue: parked },
        { provide: RetryParkedHandler, useValue: retries },
        { provide: SourceDocuments, useValue: new SourceDocuments({ publicUrl: parts.publicUrl, activities: parts.activities, reading: parts.reading, clock }) },
        { provide: TestSourceHandler, useValue: parts.test },
        { provide: SealedRows, useValue: parts.sealedRows },
        { provide: CLOCK, useValue: clock },
        { provide: PUBLIC_URL, useValue: parts.publicUrl },
        { provide: HEALTH_CHECKS, useValue: parts.healthChecks },
      ],
    };
  }
}
