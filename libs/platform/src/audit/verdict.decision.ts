import type { OpenItem } from '@handoff/persistence';

export interface AuditFacts {
  readonly items: readonly OpenItem[];
  /** When the oldest record was appended that the service should have handled by now; `null`: there is none. */
  readonly oldestUnhandledMs: number | null;
  /** Whether the second look at records goes on. */
  readonly isLooking: boolean;
  readonly nowMs: number;
  /** An open item may be so old. */
  readonly openMsMax: number;
}

export interface Verdict {
  /** Ages in seconds by item, 0 where nothing is open: of everything, whatever the reason for which it is open. */
  readonly oldestSeconds: Readonly<Record<string, number>>;
  /** Why the dead man's switch is not to be held; `null`: all is well. */
  readonly problem: string | null;
}

/** How old what is open is, and whether that is well. */
export function verdictOf({ items, oldestUnhandledMs, isLooking, nowMs, openMsMax }: AuditFacts): Verdict {
  const ages = new Map([['unhandled', oldestUnhandledMs === null ? null : new Date(oldestUnhandledMs)], ...items.map(({ item, oldestAt }) => [item, oldestAt] as const)] as const);
  const oldestSeconds = Object.fromEntries([...ages].map(([item, at]) => [item, at === null ? 0 : Math.max(0, (nowMs - at.getTime()) / 1_000)]));
  return { oldestSeconds, problem: problemOf() };

  function problemOf(): string | null {
    if (!isLooking) return 'The records are not looked at any more.';
    const lost = items.find(({ item }) => item === 'unaccounted');
    if (lost !== undefined && lost.count > 0) return `Of ${lost.count} events nobody can say what became of them.`;
    const late = Object.entries(oldestSeconds).find(([, seconds]) => seconds * 1_000 > openMsMax);
    return late === undefined ? null : `Of '${late[0]}' something has been open for ${Math.round(late[1])} s.`;
  }
}
