import type { Adapter } from '../adapters/adapter.js';
import type { Source, SourceChange } from '../sources/source.js';

/** How often a source is polled where nobody said. */
export const RECONCILE_EVERY_SECONDS = 300;

/**
 * The change with what follows from it for polls, where it does not say: a source that gets access to a system that can be
 * asked what changed is polled, and one that loses its access is not.
 * @param former `null` for a new source.
 */
export function withPolling(change: SourceChange, former: Pick<Source, 'api'> | null, { api }: Pick<Adapter, 'api'>): SourceChange {
  if (change.api === undefined || change.reconcileEverySeconds !== undefined) return change;
  if (change.api === null) return { ...change, reconcileEverySeconds: null };
  const isNewAccess = (former?.api ?? null) === null;
  return isNewAccess && api?.updatedSince !== undefined ? { ...change, reconcileEverySeconds: RECONCILE_EVERY_SECONDS } : change;
}
