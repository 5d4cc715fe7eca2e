import { queryOptions, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { call } from '../api/call.js';
import type { ShownQueue } from '../api/server-types.js';
import { useToldInterval } from './told-interval.js';

const queuesQuery = queryOptions({ queryKey: ['queues'], queryFn: ({ signal }) => call<{ readonly items: readonly ShownQueue[] }>('/api/queues', { signal }) });

/** All queues with their numbers, which follow what happens within a second or so. */
export function useQueues(): UseQueryResult<{ readonly items: readonly ShownQueue[] }> {
  const refetchInterval = useToldInterval(queuesQuery.queryKey);
  return useQuery({ ...queuesQuery, refetchInterval });
}

/** Tickets of a queue with this severity, or in this state. */
export function countOf(queue: ShownQueue, of: { readonly severity: string | null } | { readonly state: string }): number {
  const counts = 'state' in of ? queue.byState.filter(({ state }) => state === of.state) : queue.bySeverity.filter(({ severity }) => severity === of.severity);
  return counts.reduce((sum, { tickets }) => sum + tickets, 0);
}
