import type { Clock } from '@handoff/platform';
import { type CompletionStanding, NO_COMPLETIONS } from '../complete-ticket/completion.js';
import { webhookUrlOf } from '../http/public-url.js';
import type { ActivityStore } from '../source-activity/activity.store.js';
import type { SourceReading } from '../read-sources/source-reading.js';
import type { ReconciliationStanding } from '../reconcile-source/reconciliation.js';
import { type SourceStatus, statusOf } from '../source-activity/status.decision.js';
import type { Source, SourceSecret, SourceWithSecrets } from '../sources/source.js';

/** A source as it is told to whoever manages it. */
export interface SourceDocument extends Source {
  readonly webhookUrl: string;
}

export interface ListedSource extends SourceDocument {
  readonly status: SourceStatus & {
    /** Reading of what its webhooks tell too little of; `null`: its system is not read. */
    readonly completion: CompletionStanding | null;
    /** Polls of its system for what no webhook brought; `null`: it is not polled, or not yet, or paused. */
    readonly reconciliation: ReconciliationStanding | null;
  };
}

export interface WholeSource extends ListedSource {
  /** The newest first; what they are is never shown. */
  readonly secrets: readonly Omit<SourceSecret, 'secret'>[];
}

export interface SourceDocumentsParts {
  readonly publicUrl: string;
  readonly activities: Pick<ActivityStore, 'read'>;
  readonly reading: Pick<SourceReading, 'completions' | 'reconciliations'>;
  readonly clock: Clock;
}

const STATUS = {
  lastEventAt: '2026-11-02T08:59:58.000Z', lastAcceptedAt: '2026-11-02T08:59:58.000Z', lastRefused: { at: '2026-11-02T07:10:00.000Z', code: 'timestamp-stale' }, lastLagMs: 812, perMinute: 2.4,
  lastHour: { accepted: 130, duplicate: 2, ignored: 11, own: 4, parked: 0, refused: {}, lag: { meanMs: 790, maxMs: 4_120 } },
  lastDay: { accepted: 1_702, duplicate: 31, ignored: 140, own: 52, parked: 1, refused: { 'timestamp-stale': 1 }, lag: { meanMs: 801, maxMs: 61_000 } },
  completion: { waiting: 1, oldestAskedAt: '2026-11-02T08:59:58.000Z', lastProblem: null, givenUp: 0, lastGivenUp: null },
  reconciliation: { readUpTo: '2026-11-02T08:55:00.000Z', lagSeconds: 300, lastSuccessAt: '2026-11-02T08:56:01.000Z', lastProblem: null, found: 3 },
};
export const SOURCE_EXAMPLE = {
  source: 'jira-emea', adapter: 'jira-service-management', sourceParty: 'partner/1001', toleranceSeconds: null,
  mapping: { defaults: { asker: 'customer' }, fields: {}, rules: [{ field: 'issue.fields.labels', contains: 'billing', set: { area: 'customer-billing' } }], severities: {}, ticketUrl: null }, settings: {},
  pausedAt: null, allowedAddresses: [], requestsPerSecondMax: null, api: { baseUrl: 'https://adatum.atlassian.net', auth: 'basic' }, reconcileEverySeconds: 300, ownActors: [], copiesOnly: false,
  createdAt: '2026-11-01T09:00:00.000Z', updatedAt: '2026-11-01T09:00:00.000Z', webhookUrl: 'https://intake.example/v1/sources/jira-emea/webhooks',
};
export const LISTED_EXAMPLE = { ...SOURCE_EXAMPLE, status: STATUS };
export const WHOLE_EXAMPLE = { ...LISTED_EXAMPLE, secrets: [{ id: '7', createdAt: '2026-11-01T09:00:00.000Z', expiresAt: null }] };

/** Adds to sources what they are asked for: their address and their status. */
export class SourceDocuments {
  constructor(private readonly parts: SourceDocumentsParts) {}

  of(source: Source): SourceDocument {
    return { ...source, webhookUrl: webhookUrlOf(this.parts.publicUrl, source.source) };
  }

  async list(sources: readonly Source[]): Promise<readonly ListedSource[]> {
    return sources.map(await this.withStatus(sources));
  }

  async whole({ source, secrets }: SourceWithSecrets): Promise<WholeSource> {
    const listed = (await this.withStatus([source]))(source);
    return { ...listed, secrets: secrets.map(({ id, createdAt, expiresAt }) => ({ id, createdAt, expiresAt })) };
  }

  private async withStatus(sources: readonly Source[]): Promise<(source: Source) => ListedSource> {
    const names = sources.map(({ source }) => source);
    const { activities, reading, clock } = this.parts;
    const now = clock.now();
    const [activity, completions, reconciliations] = await Promise.all([activities.read(names, now), reading.completions.standing(names), reading.reconciliations.standing(names, now)]);
    return (source) => ({
      ...this.of(source),
      status: {
        ...statusOf(activity.get(source.source)),
        completion: source.api === null ? null : (completions.get(source.source) ?? NO_COMPLETIONS),
        reconciliation: reconciliations.get(source.source) ?? null,
      },
    });
  }
}
