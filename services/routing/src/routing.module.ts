import type { CompiledMatrix } from '@handoff/matrix';
import type { Transaction, Transactions } from '@handoff/messaging';
import type { PostgresDeadLetters } from '@handoff/persistence';
import { CLOCK, DeadLettersModule, HEALTH_CHECKS, type HealthCheck, HealthController, MetricsController, systemClock } from '@handoff/platform';
import { type DynamicModule, Module } from '@nestjs/common';
import { AcknowledgeController } from './acknowledge/acknowledge.controller.js';
import { AcknowledgeTicketHandler } from './acknowledge/acknowledge-ticket.handler.js';
import { NotificationsConsumer } from './acknowledge/notifications.consumer.js';
import type { Classifier } from './classify/area.decision.js';
import { ClassifyController } from './classify/classify.controller.js';
import { ClassifyTicketHandler } from './classify/classify-ticket.handler.js';
import { FollowCopiesHandler } from './copies/follow-copies.handler.js';
import type { TicketCopyStore } from './copies/ticket-copy.store.js';
import { DIRECTORY_CONTROLLERS } from './directory/directory.controller.js';
import { DIRECTORY_STORE, type DirectoryStore } from './directory/directory.store.js';
import { ENTRY_STORE, type EntryStore } from './directory/entry.store.js';
import { ExplainController } from './explain/explain.controller.js';
import { ExplainTicketController, type FormerMatrix } from './explain/explain-ticket.controller.js';
import { MatrixController } from './matrix/matrix.controller.js';
import { KEY_CONFLICT_STORE, type KeyConflictStore } from './key-conflicts/key-conflict.store.js';
import { KeyConflictsController } from './key-conflicts/key-conflicts.controller.js';
import type { MatrixParts } from './matrix/matrix.parts.js';
import type { ImportStore } from './imports/import.store.js';
import { ImportsModule } from './imports/imports.module.js';
import { AttachController } from './attach/attach.controller.js';
import { AttachTicketHandler } from './attach/attach-ticket.handler.js';
import { ReassignController } from './reassign/reassign.controller.js';
import { ReassignTicketHandler } from './reassign/reassign-ticket.handler.js';
import { ReceiveHealthNoticeHandler } from './receive-health-notice/receive-health-notice.handler.js';
import { PassOnReplyHandler } from './reply/pass-on-reply.handler.js';
import { ResolveController } from './resolve/resolve.controller.js';
import { ResolveTicketHandler } from './resolve/resolve-ticket.handler.js';
import { IntakeConsumer } from './route-ticket/route-ticket.consumer.js';
import { RouteTicketHandler } from './route-ticket/route-ticket.handler.js';
import { ServiceRequestHandler } from './service-request/service-request.handler.js';
import type { ServiceRequestStore } from './service-request/service-request.store.js';
import { HealthNoticesController } from './tell-health-notice/health-notices.controller.js';
import { NOTICE_STORE, type NoticeStore } from './tell-health-notice/notice.store.js';
import { TICKET_STORE, type TicketStore } from './tickets/ticket.store.js';
import { TicketsController } from './tickets/tickets.controller.js';
import { FORMER_MATRIX, MATRIX, TRANSACTIONS } from './tokens.js';

export interface RoutingParts {
  readonly transactions: Transactions;
  readonly directory: DirectoryStore;
  readonly entries: EntryStore;
  readonly tickets: TicketStore;
  readonly copies: TicketCopyStore;
  readonly imports: ImportStore;
  readonly keyConflicts: KeyConflictStore;
  readonly notices: NoticeStore;
  readonly requests: ServiceRequestStore;
  /** The rules for the tickets of a transaction. */
  readonly matrix: (tx: Transaction) => Promise<CompiledMatrix>;
  readonly matrixVersions: MatrixParts;
  readonly classifier?: Classifier | null;
  readonly deadLetters: PostgresDeadLetters;
  readonly healthChecks: readonly HealthCheck[];
}

@Module({})
export class RoutingModule {
  static of(parts: RoutingParts): DynamicModule {
    const ports = { ...parts, clock: systemClock, serviceRequests: new ServiceRequestHandler({ ...parts, clock: systemClock }) };
    const acknowledge = new AcknowledgeTicketHandler(ports);
    const replies = new PassOnReplyHandler(ports);
    const resolve = new ResolveTicketHandler(ports);
    return {
      module: RoutingModule,
      imports: [ImportsModule.of(parts), DeadLettersModule.of(parts.deadLetters)],
      controllers: [IntakeConsumer, NotificationsConsumer, AcknowledgeController, ResolveController, TicketsController, KeyConflictsController, HealthNoticesController, ClassifyController, AttachController, ReassignController, ExplainController, ExplainTicketController, ...DIRECTORY_CONTROLLERS, MatrixController, HealthController, MetricsController],
      providers: [
        { provide: CLOCK, useValue: systemClock },
        { provide: TRANSACTIONS, useValue: parts.transactions },
        { provide: DIRECTORY_STORE, useValue: parts.directory },
        { provide: ENTRY_STORE, useValue: parts.entries },
        { provide: TICKET_STORE, useValue: parts.tickets },
        { provide: KEY_CONFLICT_STORE, useValue: parts.keyConflicts },
        { provide: NOTICE_STORE, useValue: parts.notices },
        { provide: MATRIX, useValue: () => parts.matrixVersions.active.current() },
        { provide: FORMER_MATRIX, useValue: ((tx, version) => parts.matrixVersions.active.formerly(tx, version)) satisfies FormerMatrix },
        ...parts.matrixVersions.providers,
        { provide: HEALTH_CHECKS, useValue: parts.healthChecks },
        { provide: RouteTicketHandler, useValue: new RouteTicketHandler(ports) },
        { provide: AcknowledgeTicketHandler, useValue: acknowledge },
        { provide: PassOnReplyHandler, useValue: replies },
        { provide: ResolveTicketHandler, useValue: resolve },
        { provide: FollowCopiesHandler, useValue: new FollowCopiesHandler({ ...ports, acknowledge, replies, resolve }) },
        { provide: ClassifyTicketHandler, useValue: new ClassifyTicketHandler(ports) },
        { provide: AttachTicketHandler, useValue: new AttachTicketHandler(ports) },
        { provide: ReassignTicketHandler, useValue: new ReassignTicketHandler(ports) },
        { provide: ReceiveHealthNoticeHandler, useValue: new ReceiveHealthNoticeHandler(ports) },
      ],
    };
  }
}
