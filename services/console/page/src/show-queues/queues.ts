import { queryOptions, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import { call } from '../api/call.js';
import type { ShownQueue } from '../api/server-types.js';
import { type LiveListener, useLive, useLiveState } from '../live/live.js';

const UNTOLD_INTERVAL_MS = 10_000;
/** "About to miss" follows from the time alone, which nothing tells. */
const TOLD_INTERVAL_MS = 60_000;
const CHANGES_INTERVAL_MS = 1_000;

const queuesQuery = queryOptions({ queryKey: ['queues'], queryFn: ({ signal }) => call<{ readonly items: readonly ShownQueue[] }>('/api/queues', { signal }) });

/** All queues with their numbers, which follow what happens within a second or so. */
export function useQueues(): UseQueryResult<{ readonly items: readonly ShownQueue[] }> {
  const client = useQueryClient();
  const { status } = useLiveState();
  useLive(useMemo((): LiveListener => {
    let isDue = false;
    const renew = (): void => {
      if (isDue) return;
      isDue = true;
      setTimeout(() => { isDue = false; void client.invalidateQueries({ queryKey: queuesQuery.queryKey }); }, CHANGES_INTERVAL_MS);
    };
    return { onChanges: renew, onResync: renew };
  }, [client]));
  return useQuery({ ...queuesQuery, refetchInterval: status === 'live' ? TOLD_INTERVAL_MS : UNTOLD_INTERVAL_MS });
}

/** Tickets of a queue with this severity, or in this state. */
export function countOf(queue: ShownQueue, of: { readonly severity: string | null } | { readonly state: string }): number {
  const counts = 'state' in of ? queue.byState.filter(({ state }) => state === of.state) : queue.bySeverity.filter(({ severity }) => severity === of.severity);
  return counts.reduce((sum, { tickets }) => sum + tickets, 0);
}
