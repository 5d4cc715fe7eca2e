import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { call } from '../api/call.js';
import type { PageOf, ShownTicket } from '../api/server-types.js';

const INTERVAL_MS = 10_000;
const SHOWN = 100;

/** An outage, as routing tells it. */
export interface Outage {
  readonly noticeId: string;
  readonly noticeVersion: number;
  readonly offerId: string;
  readonly summary: string;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly changedAt: string;
  readonly partners: number;
  readonly partnersTold: number;
  readonly failure: string | null;
}

export interface OutagePartner {
  readonly partnerId: string;
  readonly partnerName: string | null;
  readonly customers: number;
  readonly toldVersion: number;
  readonly toldAt: string | null;
  readonly messages: readonly { readonly notificationId: string; readonly version: number; readonly channel: string; readonly outcome: 'delivered' | 'failed' | 'suppressed'; readonly at: string; readonly detail: string }[];
}

/** What a publisher says of an outage. */
export interface OutageReport {
  readonly noticeId: string;
  readonly offerId: string;
  readonly summary: string;
  readonly startedAt: string;
  readonly endedAt: string | null;
}

export function useOutages(isOpen: boolean): UseQueryResult<PageOf<Outage>> {
  return useQuery({ queryKey: ['outages', isOpen], placeholderData: keepPreviousData, refetchInterval: INTERVAL_MS, queryFn: ({ signal }) => call<PageOf<Outage>>('/api/routing/v1/health-notices', { query: { isOpen: String(isOpen), limit: SHOWN }, signal }) });
}

export function useOutagePartners({ noticeId }: Outage): UseQueryResult<PageOf<OutagePartner>> {
  return useQuery({ queryKey: ['outages', noticeId, 'partners'], refetchInterval: INTERVAL_MS, queryFn: ({ signal }) => call<PageOf<OutagePartner>>(`/api/routing/v1/health-notices/${encodeURIComponent(noticeId)}/partners`, { query: { limit: SHOWN }, signal }) });
}

/** Open tickets that belong to it. */
export function useOutageTickets({ noticeId }: Outage): UseQueryResult<PageOf<ShownTicket>> {
  return useQuery({ queryKey: ['outages', noticeId, 'tickets'], refetchInterval: INTERVAL_MS, queryFn: ({ signal }) => call<PageOf<ShownTicket>>('/api/tickets', { query: { attachedTo: noticeId, limit: SHOWN }, signal }) });
}

/** @throws CallFailed */
export async function reportOutage(report: OutageReport): Promise<void> {
  await call('/api/intake/v1/health-notices', { method: 'POST', body: report });
}
