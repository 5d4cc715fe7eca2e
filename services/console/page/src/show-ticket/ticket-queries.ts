import type { Decision, Reason } from '@handoff/contracts';
import { useInfiniteQuery, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import { call } from '../api/call.js';
import type { PageOf, ShownTicket, TimelineEntry } from '../api/server-types.js';
import type { Language } from '../design/preferences.js';
import { type LiveListener, useLive, useLiveState } from '../live/live.js';

const UNTOLD_INTERVAL_MS = 5_000;
const NOTIFICATIONS_MAX = 200;

export interface TicketWithStory extends ShownTicket {
  readonly timeline: PageOf<TimelineEntry>;
}

/** A row of the matrix that was looked at. */
export interface ConsideredRow {
  readonly id: string;
  readonly stage: string;
  readonly matched: boolean;
  readonly because: string;
}

export interface Explanation extends Decision {
  readonly variations: readonly string[];
  readonly rows: readonly ConsideredRow[];
  readonly decidedAt: string;
  /** false: asked again, the matrix and directory of that moment would say something else. */
  readonly isAsDecided: boolean;
  readonly reasons: readonly Reason[];
}

export interface RoutingTicket {
  readonly description: string | null;
  readonly response: {
    readonly asked: readonly string[];
    readonly steps: readonly { readonly step: string; readonly at: string }[];
    readonly next: { readonly kind: string; readonly at: string } | null;
  } | null;
  readonly serviceRequest: { readonly number?: string; readonly status?: string | null } | null;
  readonly reassigned: { readonly to: string; readonly by: string | null; readonly reason: string } | null;
  readonly replies: readonly { readonly by?: string | null; readonly text?: string; readonly at?: string }[];
}

export interface NotificationView {
  readonly notificationId: string;
  readonly ticketVersion: number | null;
  readonly destination: string;
  readonly partyName: string | null;
  readonly purpose: string;
  readonly channel: string;
  readonly address: string;
  readonly state: string;
  readonly code: string | null;
  readonly detail: string | null;
  readonly attempts: readonly { readonly attempt: number; readonly at: string; readonly durationMs: number; readonly outcome: string; readonly code: string | null; readonly detail: string | null }[];
  readonly nextAttemptAt: string | null;
  readonly createdAt: string;
}

/** The ticket with its story, the newest first; what was before comes by pages. */
export function useTicket(ticketId: string) {
  const { status } = useLiveState();
  return useInfiniteQuery({
    queryKey: ['ticket', ticketId], initialPageParam: null as string | null, refetchInterval: status === 'live' ? false : UNTOLD_INTERVAL_MS,
    queryFn: ({ pageParam, signal }) => call<TicketWithStory>(`/api/tickets/${encodeURIComponent(ticketId)}`, { query: { cursor: pageParam }, signal }),
    getNextPageParam: (last) => last.timeline.next,
  });
}

export function useExplanation(ticketId: string, ticketVersion: number, language: Language): UseQueryResult<Explanation> {
  return useQuery({ queryKey: ['ticket', ticketId, 'explanation', ticketVersion, language], queryFn: ({ signal }) => call<Explanation>(`/api/routing/v1/tickets/${ticketId}/explanation`, { query: { language }, signal }), enabled: ticketVersion > 0, placeholderData: (before) => before, staleTime: Infinity });
}

export function useRoutingTicket(ticketId: string, ticketVersion: number): UseQueryResult<RoutingTicket> {
  return useQuery({ queryKey: ['ticket', ticketId, 'routing', ticketVersion], queryFn: ({ signal }) => call<RoutingTicket>(`/api/routing/v1/tickets/${ticketId}`, { signal }), enabled: ticketVersion > 0, placeholderData: (before) => before });
}

export function useNotifications(ticketId: string): UseQueryResult<PageOf<NotificationView>> {
  return useQuery({ queryKey: ['ticket', ticketId, 'notifications'], queryFn: ({ signal }) => call<PageOf<NotificationView>>('/api/notifier/v1/notifications', { query: { ticketId, limit: NOTIFICATIONS_MAX }, signal }) });
}

/** Reads all of it again when something happens to the ticket. */
export function useTicketLive(ticketId: string): () => void {
  const client = useQueryClient();
  const renew = useMemo(() => () => void client.invalidateQueries({ queryKey: ['ticket', ticketId] }), [client, ticketId]);
  useLive(useMemo((): LiveListener => ({ onChanges: (changes) => { if (changes.some((change) => change.ticketId === ticketId)) renew(); }, onResync: renew }), [ticketId, renew]));
  return renew;
}
