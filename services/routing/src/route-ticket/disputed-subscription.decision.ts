import { customerSoldBy } from '../directory/customer-partner.decision.js';
import type { DirectorySlice, SoldBy, Subscription } from '../directory/directory.js';
import type { TicketState } from '../tickets/ticket.js';
import { sourcePartnerId, subjectOf } from './question.decision.js';

/** A subscription that cannot be the ticket's: it belongs to another customer, or another partner than the one whose system told of the ticket sells it. */
export interface DisputedSubscription {
  readonly code: 'subscription-of-another-customer' | 'subscription-of-another-partner';
  readonly subscription: Subscription;
  /** What the ticket says instead: its customer, or the partner whose system it came from. */
  readonly ticketSays: string;
}

/**
 * Whether the ticket and the subscription that would be taken for it contradict each other. Following the subscription could show
 * one partner's ticket to another, so nobody does that by himself.
 */
export function disputedSubscription(ticket: TicketState, directory: DirectorySlice): DisputedSubscription | null {
  const { subscription } = subjectOf(ticket, directory);
  if (subscription === null) return null;
  if (ticket.customerId != null && subscription.customerId !== ticket.customerId) return { code: 'subscription-of-another-customer', subscription, ticketSays: ticket.customerId };
  const partnerId = sourcePartnerId(ticket.sourceParty);
  const customer = directory.customers.get(subscription.customerId);
  const soldBy = subscription.soldBy ?? (customer === undefined ? undefined : customerSoldBy(customer, { at: ticket.occurredAt, partnerId }));
  if (partnerId === null || soldBy === undefined || mayBeOf(soldBy, partnerId, directory)) return null;
  return { code: 'subscription-of-another-partner', subscription, ticketSays: partnerId };
}

/** The directory as it looks to a ticket that must not follow this subscription. */
export function withoutSubscription(directory: DirectorySlice, subscriptionId: string): DirectorySlice {
  return { ...directory, subscriptions: new Map([...directory.subscriptions].filter(([id]) => id !== subscriptionId)) };
}

/** A sale that names no reseller may be one of any reseller of its provider. */
function mayBeOf(soldBy: SoldBy, partnerId: string, { partners }: DirectorySlice): boolean {
  if (soldBy.model === 'direct-bill') return soldBy.partnerId === partnerId;
  if (soldBy.providerId === partnerId || soldBy.resellerId === partnerId) return true;
  return soldBy.resellerId === undefined && partners.get(partnerId)?.model === 'indirect-reseller';
}
