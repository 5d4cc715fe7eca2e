import type { Instant } from '@handoff/contracts';
import type { Stamp, TicketRow } from './ticket-row.js';

export const NOTIFICATION_STATES = ['delivered', 'failed', 'held', 'suppressed'] as const;
/** `held`: a suppression keeps it back until it ends. `suppressed`: it is not sent, as for a newer version of its ticket. */
export type NotificationState = (typeof NOTIFICATION_STATES)[number];

/** What became of a message. */
export interface NotificationRow {
  readonly notificationId: string;
  readonly ticketId: string;
  readonly ticketVersion: number;
  readonly state: NotificationState;
  readonly channel: string;
  readonly destination: string;
  readonly purpose: string;
  readonly attempts: number;
  readonly last: Stamp;
  /** Stable code of why it was not delivered; `null` where it was. */
  readonly code: string | null;
  readonly detail: string;
}

interface NoticeNews {
  readonly summary: string;
  readonly startedAt: Instant;
  readonly endedAt: Instant | null;
}

/** An outage. */
export interface NoticeRow {
  readonly noticeId: string;
  readonly offerId: string;
  /** What its publisher reported last. */
  readonly reported: (NoticeNews & Stamp) | null;
  /** What routing told partners last. */
  readonly told: (NoticeNews & { readonly version: number; readonly offerName: string | null; readonly publisherName: string | null }) | null;
}

/** A partner with customers on the offer of an outage. */
export interface NoticePartnerRow {
  readonly noticeId: string;
  readonly partnerId: string;
  readonly affected: { readonly version: number; readonly partnerName: string | null; readonly destination: string; readonly customersTotal: number } | null;
  /** What became of the last message to it. */
  readonly message: (Stamp & { readonly version: number; readonly outcome: string; readonly channel: string; readonly code: string | null; readonly detail: string }) | null;
}

/** Rows by their keys: the whole read model, or the part of it that some events touch. */
export interface ReadModel {
  readonly tickets: ReadonlyMap<string, TicketRow>;
  readonly notifications: ReadonlyMap<string, NotificationRow>;
  readonly notices: ReadonlyMap<string, NoticeRow>;
  readonly noticePartners: ReadonlyMap<string, NoticePartnerRow>;
}

export const EMPTY_MODEL: ReadModel = { tickets: new Map(), notifications: new Map(), notices: new Map(), noticePartners: new Map() };

export function noticePartnerKey({ noticeId, partnerId }: Pick<NoticePartnerRow, 'noticeId' | 'partnerId'>): string {
  return JSON.stringify([noticeId, partnerId]);
}
