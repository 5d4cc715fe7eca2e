import type { RetentionRule } from '@handoff/persistence';

/** A trend shows one day; the second is for clocks that differ. */
const KEPT_DAYS = 2;

/** Hours of queues that no trend shows any more. What comes to them later, as a ticket that moves, goes with the next walk. */
export const PAST_QUEUE_HOURS: RetentionRule = {
  table: 'queue_hour', keptDays: KEPT_DAYS,
  deleteSql: 'with gone as (delete from queue_hour where ctid >= $1::tid and ctid < $2::tid and at < $3 returning 1) select count(*)::integer as rows from gone',
};
