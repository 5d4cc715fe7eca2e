import { queryOptions, useQuery } from '@tanstack/react-query';
import { call } from '../api/call.js';
import type { QueueTrend } from '../api/server-types.js';
import { useToldInterval } from './told-interval.js';

const trendsQuery = queryOptions({ queryKey: ['queue-trends'], queryFn: ({ signal }) => call<{ readonly items: readonly QueueTrend[] }>('/api/queue-trends', { signal }) });

/** What came into each queue and was finished there in the last 24 hours; it follows what happens as the numbers do. */
export function useQueueTrends(): ReadonlyMap<string | null, QueueTrend> | null {
  const refetchInterval = useToldInterval(trendsQuery.queryKey);
  const { data } = useQuery({ ...trendsQuery, refetchInterval });
  return data === undefined ? null : new Map(data.items.map((trend) => [trend.queue, trend]));
}
