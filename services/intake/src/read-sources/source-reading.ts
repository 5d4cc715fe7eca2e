import { egressPolicyOf, type OpenOutbound, openOutbound } from '@handoff/outbound';
import { type Clock, type createPino, observeOutbound, type Running } from '@handoff/platform';
import type { DataSource } from 'typeorm';
import type { EventAcceptor } from '../accept/event-acceptor.js';
import { SourceApis } from '../call-source-api/source-apis.js';
import { CompleteTicketHandler } from '../complete-ticket/complete-ticket.handler.js';
import { CompletionAsks } from '../complete-ticket/completion-asks.js';
import type { CompletionAsk } from '../complete-ticket/completion.js';
import type { CompletionStore } from '../complete-ticket/completion.store.js';
import { PostgresCompletionStore } from '../complete-ticket/completion.store.postgres.js';
import { CompletionWorker } from '../complete-ticket/completion-worker.js';
import type { IntakeSettings } from '../config.js';
import { ReconcileSourceHandler } from '../reconcile-source/reconcile-source.handler.js';
import { ReconcileWorker } from '../reconcile-source/reconcile-worker.js';
import type { ReconciliationStore } from '../reconcile-source/reconciliation.store.js';
import { PostgresReconciliationStore } from '../reconcile-source/reconciliation.store.postgres.js';
import type { ReportedEvent } from '../receive-webhook/reported-event.js';
import type { Source } from '../sources/source.js';
import type { SourceStore } from '../sources/source.store.js';
import { PostgresTicketStateStore } from '../ticket-states/ticket-state.store.postgres.js';
import { ToldStates } from '../ticket-states/told-states.js';

export interface SourceReadingOptions {
  readonly dataSource: DataSource;
  readonly settings: IntakeSettings;
  readonly sources: Pick<SourceStore, 'find' | 'renewRefreshToken'>;
  readonly acceptor: Pick<EventAcceptor, 'accept'>;
  readonly clock: Clock;
  readonly log: ReturnType<typeof createPino>;
}

/** Pages of whole tickets are large, and some systems take their time to make one. */
const LIMITS = { bodyBytesMax: 16_777_216, headersTimeoutMs: 30_000, timeoutMs: 90_000 };
/** How long a call may wait for its turn. */
const WAIT_MS_MAX = 30_000;

interface Parts {
  readonly outbound: OpenOutbound;
  readonly asks: CompletionAsks;
  readonly completing: CompletionWorker;
  readonly completions: CompletionStore;
  readonly told: ToldStates;
  readonly reconciling: ReconcileWorker;
  readonly reconciliations: ReconciliationStore;
}

/** All that reads tickets from the systems of sources, opened and closed together. */
export class SourceReading implements Running {
  private constructor(private readonly parts: Parts) {}

  static open({ dataSource, settings, sources, acceptor, clock, log }: SourceReadingOptions): SourceReading {
    const outbound = openOutbound({ policy: egressPolicyOf(settings), observer: observeOutbound(log), dnsServers: settings.EGRESS_DNS_SERVERS, userAgent: 'Handoff/1', limits: LIMITS, pace: { waitMsMax: WAIT_MS_MAX } });
    const apis = new SourceApis({ outbound, sources });
    const completions = new PostgresCompletionStore(dataSource);
    const asks = new CompletionAsks({ store: completions, clock, log });
    const states = new PostgresTicketStateStore(dataSource);
    const told = new ToldStates({ store: states, log });
    const reading = { sources, apis, acceptor, installation: settings.HANDOFF_INSTALLATION, clock };
    const completing = new CompletionWorker({ store: completions, handler: new CompleteTicketHandler({ ...reading, told }), clock, random: Math.random, log });
    const reconciliations = new PostgresReconciliationStore(dataSource);
    const reconciling = new ReconcileWorker({ store: reconciliations, states, handler: new ReconcileSourceHandler({ ...reading, states }), clock, random: Math.random, log });
    for (const each of [asks, told, completing, reconciling]) each.start();
    return new SourceReading({ outbound, asks, completing, completions, told, reconciling, reconciliations });
  }

  get completions(): Pick<CompletionStore, 'standing'> {
    return this.parts.completions;
  }

  get reconciliations(): Pick<ReconciliationStore, 'standing'> {
    return this.parts.reconciliations;
  }

  /** Hears what a source's webhooks told, once it is stored: notes what must be read, and what no poll need tell again. Never rejects. */
  async heard(source: Source, events: readonly ReportedEvent[]): Promise<void> {
    const { asks, told } = this.parts;
    if (source.reconcileEverySeconds !== null) for (const { event: { data }, isThin } of events) if (!isThin) told.add({ source: data.source, externalId: data.externalId, updatedAt: data.occurredAt });
    await asks.ask(source.api === null ? [] : events.filter(({ isThin }) => isThin).map(askOf));
  }

  /** Calls under way end first: those who wait for them can then end as well. */
  async close(): Promise<void> {
    const { outbound, completing, reconciling, asks, told } = this.parts;
    await outbound.close();
    await Promise.all([completing.close(), reconciling.close()]);
    await Promise.all([asks.close(), told.close()]);
  }
}

function askOf({ event: { data, traceparent }, ticket }: ReportedEvent): CompletionAsk {
  const { description: _description, comment: _comment, ...fields } = ticket.fields;
  return { source: data.source, externalId: data.externalId, externalUrl: data.externalUrl, change: data.change, occurredAt: data.occurredAt, fields, traceparent: traceparent ?? '' };
}
