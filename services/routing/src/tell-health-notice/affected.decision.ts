import { AFFECTED_CUSTOMERS_MAX, type EventOf, type HealthNoticeAffected, nameBasedId } from '@handoff/contracts';
import { customerPartners } from '../directory/customer-partner.decision.js';
import { type Customer, type HealthNotice, type Offer, type Partner, partnerIdsOf, type Publisher, type Subscription } from '../directory/directory.js';

/** A subscription of the offer, with its customer where the directory has it. */
export interface Sale {
  readonly subscription: Pick<Subscription, 'customerId' | 'channel' | 'soldBy'>;
  readonly customer: Customer | undefined;
}

/** A partner, and a customer of it on the offer. */
export interface Affected {
  readonly partnerId: string;
  readonly customerId: string;
}

/**
 * Whom an outage concerns: the partners that a subscription names; where it names none, those that serve the customer at that time
 * (RFC 3339). Of a customer who bought without a partner, nobody.
 */
export function affectedBy({ subscription, customer }: Sale, at: string): readonly Affected[] {
  const { customerId, soldBy, channel } = subscription;
  const sales = soldBy !== undefined ? [soldBy] : channel === 'customer-direct' || customer === undefined ? [] : customerPartners(customer, at);
  return [...new Set(sales.flatMap(partnerIdsOf))].map((partnerId) => ({ partnerId, customerId }));
}

/** What a partner is to be told. */
export interface ToTell {
  readonly partnerId: string;
  readonly partner: Partner | undefined;
  /** The first of them, by id. */
  readonly customers: readonly { readonly customerId: string; readonly name: string }[];
  readonly customersTotal: number;
  readonly isFirst: boolean;
}

export interface NoticeFacts {
  readonly notice: HealthNotice;
  readonly version: number;
  readonly offer: Offer | undefined;
  readonly publisher: Publisher | undefined;
  /** RFC 3339. */
  readonly at: string;
}

/** The event by which one partner is told. Whoever makes it again makes the same. */
export function affectedEvent({ partnerId, partner, customers, customersTotal, isFirst }: ToTell, { notice, version, offer, publisher, at }: NoticeFacts): EventOf<'handoff.health-notice.affected.v1'> {
  const type = 'handoff.health-notice.affected.v1';
  const { id: noticeId, offerId, summary, startedAt, endedAt } = notice;
  const data: HealthNoticeAffected = {
    noticeId, noticeVersion: version, offerId, offerName: offer?.name ?? null, publisherName: publisher?.name ?? null, summary, startedAt, endedAt,
    partnerId, destination: `partner/${partnerId}`, partnerName: partner?.name ?? null, ...contactOf(partner), customers: customers.slice(0, AFFECTED_CUSTOMERS_MAX), customersTotal, isFirst,
  };
  return { id: nameBasedId(type, noticeId, partnerId, String(version)), type, source: '/handoff/routing', subject: threadOf(noticeId, partnerId), time: at, traceparent: null, data };
}

/** One key for each partner: a partner whose event fails holds up no other. */
export function threadOf(noticeId: string, partnerId: string): string {
  return nameBasedId('health-notice', noticeId, partnerId);
}

function contactOf(partner: Partner | undefined): Pick<HealthNoticeAffected, 'name' | 'email' | 'language'> {
  const { name, email, language } = partner?.contacts['default'] ?? {};
  const filled = (value: string | undefined): string | null => (value === undefined || value === '' ? null : value);
  return { name: filled(name), email: filled(email), language: filled(language ?? partner?.language) };
}
