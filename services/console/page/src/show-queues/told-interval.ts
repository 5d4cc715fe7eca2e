import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type LiveListener, useLive, useLiveState } from '../live/live.js';

const UNTOLD_INTERVAL_MS = 10_000;
/** What follows from the time alone, nothing tells. */
const TOLD_INTERVAL_MS = 60_000;
const CHANGES_INTERVAL_MS = 1_000;

/** Reads a query again within a second or so of what happens. How often it is to be read besides, in milliseconds. */
export function useToldInterval(queryKey: QueryKey): number {
  const client = useQueryClient();
  const { status } = useLiveState();
  useLive(useMemo((): LiveListener => {
    let isDue = false;
    const renew = (): void => {
      if (isDue) return;
      isDue = true;
      setTimeout(() => { isDue = false; void client.invalidateQueries({ queryKey }); }, CHANGES_INTERVAL_MS);
    };
    return { onChanges: renew, onResync: renew };
  }, [client, queryKey]));
  return status === 'live' ? TOLD_INTERVAL_MS : UNTOLD_INTERVAL_MS;
}
