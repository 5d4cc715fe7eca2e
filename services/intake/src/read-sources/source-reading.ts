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
import type { ReportedEvent } from '../receive-webhook/reported-event.js';
import type { Source } from '../sources/source.js';
import type { SourceStore } from '../sources/source.store.js';

export interface SourceReadingOptions {
  readonly dataSource: DataSource;
  readonly settings: IntakeSettings;
  readonly sources: Pick<SourceStore, 'find'>;
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
  readonly worker: CompletionWorker;
  readonly completions: CompletionStore;
}

/** All that reads tickets from the systems of sources, opened and closed together. */
export class SourceReading implements Running {
  private constructor(private readonly parts: Parts) {}

  static open({ dataSource, settings, sources, acceptor, clock, log }: SourceReadingOptions): SourceReading {
    const outbound = openOutbound({ policy: egressPolicyOf(settings), observer: observeOutbound(log), dnsServers: settings.EGRESS_DNS_SERVERS, userAgent: 'Handoff/1', limits: LIMITS, pace: { waitMsMax: WAIT_MS_MAX } });
    const apis = new SourceApis({ outbound });
    const completions = new PostgresCompletionStore(dataSource);
    const asks = new CompletionAsks({ store: completions, clock, log });
    const handler = new CompleteTicketHandler({ sources, apis, acceptor, installation: settings.HANDOFF_INSTALLATION, clock });
    const worker = new CompletionWorker({ store: completions, handler, clock, random: Math.random, log });
    asks.start();
    worker.start();
    return new SourceReading({ outbound, asks, worker, completions });
  }

  get completions(): Pick<CompletionStore, 'standing'> {
    return this.parts.completions;
  }

  /** Hears what a source's webhooks told, once it is stored, and notes what must be read. Never rejects. */
  async heard(source: Source, events: readonly ReportedEvent[]): Promise<void> {
    await this.parts.asks.ask(source.api === null ? [] : events.filter(({ isThin }) => isThin).map(askOf));
  }

  /** Calls under way end first: those who wait for them can then end as well. */
  async close(): Promise<void> {
    const { outbound, worker, asks } = this.parts;
    await outbound.close();
    await worker.close();
    await asks.close();
  }
}

function askOf({ event: { data, traceparent } }: ReportedEvent): CompletionAsk {
  return { source: data.source, externalId: data.externalId, externalUrl: data.externalUrl, change: data.change, traceparent: traceparent ?? '' };
}
