/** What came from a source, as intake tells it. */
export interface Source {
  readonly source: string;
  readonly adapter: string;
  readonly sourceParty: string | null;
  readonly pausedAt: string | null;
  readonly status: {
    readonly lastEventAt: string | null;
    readonly lastRefused: { readonly at: string; readonly code: string } | null;
    readonly lastLagMs: number | null;
    /** Genuine events. */
    readonly perMinute: number;
    readonly lastDay: { readonly accepted: number; readonly parked: number; readonly refused: Readonly<Record<string, number>> };
    readonly reconciliation: { readonly lastProblem: unknown } | null;
  };
}

export interface Channel {
  readonly id: string;
  readonly destination: string;
  readonly kind: string;
  readonly address?: string;
  readonly url?: string;
  readonly system?: string;
  readonly enabled: boolean;
  readonly disabledReason: string | null;
  readonly failingSince?: string;
}

export type SourceStanding = 'paused' | 'failing' | 'silent' | 'parks' | 'well';

/** How a source does: of several things the one that a person should look at first. */
export function standingOf({ pausedAt, status: { lastEventAt, lastRefused, lastDay } }: Source): SourceStanding {
  if (pausedAt !== null) return 'paused';
  if (lastRefused !== null && (lastEventAt === null || lastRefused.at > lastEventAt)) return 'failing';
  if (lastEventAt === null) return 'silent';
  return lastDay.parked > 0 ? 'parks' : 'well';
}

/** What could not prove itself, within a day. */
export function refusedOf({ status: { lastDay } }: Source): number {
  return Object.values(lastDay.refused).reduce((sum, count) => sum + count, 0);
}

export type ChannelStanding = 'disabled-by-handoff' | 'disabled' | 'failing' | 'well';

export function channelStandingOf({ enabled, disabledReason, failingSince }: Channel): ChannelStanding {
  if (!enabled) return disabledReason === null ? 'disabled' : 'disabled-by-handoff';
  return failingSince === undefined ? 'well' : 'failing';
}
