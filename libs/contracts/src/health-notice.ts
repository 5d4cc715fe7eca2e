import type { Instant } from './vocabulary.js';

/** Customers that are named in one event; the rest is counted. */
export const AFFECTED_CUSTOMERS_MAX = 100;

/** `handoff.health-notice.affected.v1`: an outage, news about it or its end, for one partner with customers on the offer. */
export interface HealthNoticeAffected {
  readonly noticeId: string;
  /** Rises by one with each news about the outage. */
  readonly noticeVersion: number;
  readonly offerId: string;
  /** `null` where the directory does not know the offer. */
  readonly offerName: string | null;
  readonly publisherName: string | null;
  readonly summary: string;
  readonly startedAt: Instant;
  /** `null` while the outage lasts. */
  readonly endedAt: Instant | null;
  readonly partnerId: string;
  /** The queue name of the partner, as `partner/1001`. */
  readonly destination: string;
  readonly partnerName: string | null;
  /** The partner's contact. */
  readonly name: string | null;
  readonly email: string | null;
  /** BCP 47; `null`: the directory does not say. */
  readonly language: string | null;
  /** The partner's own customers on the offer, in the order of their ids. */
  readonly customers: readonly { readonly customerId: string; readonly name: string }[];
  /** How many they are; 0: it had some when it was told before. */
  readonly customersTotal: number;
  /** The partner has not been told of this outage before. */
  readonly isFirst: boolean;
}

export const TOLD_OUTCOMES = ['delivered', 'failed', 'suppressed'] as const;

/** `handoff.health-notice.told.v1`: what became of a message about an outage to one partner. */
export interface HealthNoticeTold {
  readonly noticeId: string;
  readonly noticeVersion: number;
  readonly offerId: string;
  readonly partnerId: string;
  readonly notificationId: string;
  readonly channel: string;
  readonly destination: string;
  readonly outcome: (typeof TOLD_OUTCOMES)[number];
  readonly at: Instant;
  /** Stable code of why it was not delivered; `null` where it was. */
  readonly code: string | null;
  /** What proves the delivery, or what is wrong, in a sentence. */
  readonly detail: string;
}
