import { queryOptions, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { call } from '../api/call.js';
import type { PageOf, ShownTicket } from '../api/server-types.js';
import type { TicketChange } from '../live/live-message.js';
import { type LiveListener, useLive, useLiveState } from '../live/live.js';
import { type TicketFilter, ticketQueryOf } from './ticket-filter.js';
import { begun, continued, renewed, told, type TicketList } from './ticket-list.decision.js';

const PAGE_ROWS = 100;
/** Ids that the server takes in one question. */
const IDS_MAX = 100;
/** Between two questions about changed rows. */
const TELL_INTERVAL_MS = 300;
const UNTOLD_INTERVAL_MS = 10_000;
/** How long a list that is left is kept for coming back. */
const KEPT_MS = 15 * 60_000;

export interface LiveTicketList {
  readonly query: UseQueryResult<TicketList>;
  readonly isLoadingMore: boolean;
  /** Why the page behind the last could not be read; it is asked for again by `loadMore` with `again` alone. */
  readonly moreError: Error | null;
  readonly loadMore: (again?: 'again') => void;
  /** Reads it anew: order, arrivals, and what left. */
  readonly renew: () => Promise<void>;
  /** Asks for these rows, as after an action on them. */
  readonly look: (ids: readonly string[]) => void;
}

/** The list of a filter as it is read and kept. */
export const ticketListOf = (filter: TicketFilter) => queryOptions({
  queryKey: ['tickets', filter] as const, staleTime: Infinity, gcTime: KEPT_MS,
  queryFn: async ({ signal }): Promise<TicketList> => begun(await pageOf(filter, { signal })),
});

/** The tickets of a filter, followed live. */
export function useTicketList(filter: TicketFilter): LiveTicketList {
  const client = useQueryClient();
  const { status } = useLiveState();
  const { queryKey } = useMemo(() => ticketListOf(filter), [filter]);
  const query = useQuery(ticketListOf(filter));
  const change = useCallback((step: (list: TicketList) => TicketList) => void client.setQueryData<TicketList>(queryKey, (list) => (list === undefined ? undefined : step(list))), [client, queryKey]);
  const now = useCallback(() => client.getQueryData<TicketList>(queryKey), [client, queryKey]);

  const look = useRowsTold(filter, { now, change });
  const renew = useCallback(async () => {
    const page = await pageOf(filter, {});
    change((list) => renewed(list, page));
  }, [filter, change]);
  const catchUp = useCallback(async () => {
    const list = now();
    if (list === undefined) return;
    const page = await pageOf(filter, {});
    change((current) => told(current, page.items, filter));
    look(list.order.slice(0, IDS_MAX));
  }, [filter, now, change, look]);
  useFollowing({ look, catchUp, now, filter, isLive: status === 'live' });
  const more = useLoadMore(filter, { now, change });
  return useMemo(() => ({ query, renew, look, ...more }), [query, renew, look, more]);
}

interface Access {
  readonly now: () => TicketList | undefined;
  readonly change: (step: (list: TicketList) => TicketList) => void;
}

/** Asks for rows together, not more often than every `TELL_INTERVAL_MS`, and never twice at once. */
function useRowsTold(filter: TicketFilter, { now, change }: Access): (ids: readonly string[]) => void {
  const waiting = useRef(new Set<string>());
  const isAsking = useRef(false);
  return useCallback((ids) => {
    for (const id of ids) waiting.current.add(id);
    const ask = async (): Promise<void> => {
      const list = now();
      if (list === undefined || waiting.current.size === 0) return;
      // What is shown comes first. Of what is not, more than the pill can say is not asked for.
      const asked = [...waiting.current].sort((a, b) => Number(b in list.rows) - Number(a in list.rows)).slice(0, IDS_MAX);
      for (const id of asked) waiting.current.delete(id);
      if (![...waiting.current].some((id) => id in list.rows)) waiting.current.clear();
      const [known, other] = [asked.filter((id) => id in list.rows), asked.filter((id) => !(id in list.rows))];
      const pages = await Promise.all([known.length === 0 ? [] : itemsOf({ ids: known }), other.length === 0 ? [] : itemsOf({ ...ticketQueryOf(filter), sort: undefined, ids: other })]);
      change((current) => told(current, pages.flat(), filter));
    };
    const askOn = async (): Promise<void> => {
      isAsking.current = true;
      try {
        while (waiting.current.size > 0 && now() !== undefined) {
          await ask();
          await new Promise((resolve) => setTimeout(resolve, TELL_INTERVAL_MS));
        }
      } catch {
        // The next change, or the poll of a list that is not live, asks again; the sign of the connection says that it is away.
        waiting.current.clear();
      } finally {
        isAsking.current = false;
      }
    };
    if (!isAsking.current) void askOn();
  }, [filter, now, change]);
}

function useFollowing({ look, catchUp, now, filter, isLive }: { readonly look: (ids: readonly string[]) => void; readonly catchUp: () => Promise<void>; readonly now: Access['now']; readonly filter: TicketFilter; readonly isLive: boolean }): void {
  const quietly = useCallback(() => { catchUp().catch(() => undefined); }, [catchUp]);
  useLive(useMemo((): LiveListener => ({
    onChanges: (changes) => {
      const list = now();
      if (list !== undefined) look(changes.filter((change) => change.ticketId in list.rows || mayArrive(change, filter)).map(({ ticketId }) => ticketId));
    },
    onResync: quietly,
  }), [look, quietly, now, filter]));
  // What happened while another page was open was told to nobody here.
  useEffect(quietly, [quietly]);
  useEffect(() => {
    if (isLive) return;
    const timer = setInterval(quietly, UNTOLD_INTERVAL_MS);
    return () => clearInterval(timer);
  }, [isLive, quietly]);
}

function mayArrive({ toQueue }: TicketChange, { queue }: TicketFilter): boolean {
  return queue === undefined || (toQueue ?? '') === queue;
}

function useLoadMore(filter: TicketFilter, { now, change }: Access): Pick<LiveTicketList, 'isLoadingMore' | 'moreError' | 'loadMore'> {
  const [isLoadingMore, setLoading] = useState(false);
  const [moreError, setError] = useState<Error | null>(null);
  const isLoading = useRef(false);
  const hasFailed = useRef(false);
  const loadMore = useCallback((again?: 'again') => {
    const cursor = now()?.next;
    // Whoever scrolls asks all the time: a server that cannot answer is asked again by a person.
    if (cursor == null || isLoading.current || (hasFailed.current && again === undefined)) return;
    isLoading.current = true;
    hasFailed.current = false;
    setLoading(true);
    setError(null);
    const failed = (error: unknown): void => {
      hasFailed.current = true;
      setError(error instanceof Error ? error : new Error(String(error)));
    };
    void pageOf(filter, { cursor }).then((page) => change((list) => continued(list, page)), failed).finally(() => {
      isLoading.current = false;
      setLoading(false);
    });
  }, [filter, now, change]);
  return useMemo(() => ({ isLoadingMore, moreError, loadMore }), [isLoadingMore, moreError, loadMore]);
}

function pageOf(filter: TicketFilter, { cursor, signal }: { readonly cursor?: string; readonly signal?: AbortSignal }): Promise<PageOf<ShownTicket>> {
  return call('/api/tickets', { query: { ...ticketQueryOf(filter), limit: PAGE_ROWS, cursor }, signal });
}

async function itemsOf(query: Readonly<Record<string, string | boolean | readonly string[] | undefined>>): Promise<readonly ShownTicket[]> {
  const { items } = await call<PageOf<ShownTicket>>('/api/tickets', { query: { ...query, ids: String(query['ids']), limit: IDS_MAX } as Readonly<Record<string, string | number | boolean | undefined>> });
  return items;
}
