import { customerPartners, customerSoldBy } from '../directory/customer-partner.decision.js';
import type { DirectorySlice, SoldBy } from '../directory/directory.js';
import type { TicketState } from '../tickets/ticket.js';
import { sourcePartnerId, subjectOf } from './question.decision.js';

/** A sale that cannot be the ticket's: of another customer, or by another partner than the one whose system told of the ticket. */
export interface DisputedSale {
  readonly code: 'subscription-of-another-customer' | 'subscription-of-another-partner' | 'customer-of-another-partner';
  readonly kind: 'subscription' | 'customer';
  /** Id of the entry that the directory knows otherwise. */
  readonly key: string;
  /** What the ticket says instead: its customer, or the partner whose system it came from. */
  readonly ticketSays: string;
  /** The ticket and the directory as they look to who does not follow that entry. */
  readonly undisputed: { readonly ticket: TicketState; readonly directory: DirectorySlice };
}

/**
 * What the ticket contradicts of the subscription and the customer that would be followed for it, the last one as what is left
 * without all the others. Following them could show one partner's ticket to another, so nobody does that by himself.
 */
export function disputedSales(ticket: TicketState, directory: DirectorySlice): readonly DisputedSale[] {
  const disputed = disputedSale(ticket, directory);
  return disputed === null ? [] : [disputed, ...disputedSales(disputed.undisputed.ticket, disputed.undisputed.directory)];
}

function disputedSale(ticket: TicketState, directory: DirectorySlice): DisputedSale | null {
  const { subscription } = subjectOf(ticket, directory);
  return subscription === null ? disputedCustomer(ticket, directory) : disputedSubscription(ticket, directory, subscription.id);
}

function disputedSubscription(ticket: TicketState, directory: DirectorySlice, id: string): DisputedSale | null {
  const subscription = directory.subscriptions.get(id);
  if (subscription === undefined) return null;
  const of = (code: DisputedSale['code'], ticketSays: string): DisputedSale => ({
    code, kind: 'subscription', key: id, ticketSays,
    undisputed: {
      ticket: { ...ticket, offerId: ticket.offerId ?? subscription.offerId, subscriptionId: null },
      directory: { ...directory, subscriptions: new Map([...directory.subscriptions].filter(([other]) => other !== id)) },
    },
  });
  if (ticket.customerId != null && subscription.customerId !== ticket.customerId) return of('subscription-of-another-customer', ticket.customerId);
  const partnerId = sourcePartnerId(ticket.sourceParty);
  const customer = directory.customers.get(subscription.customerId);
  const soldBy = subscription.soldBy ?? (customer === undefined ? undefined : customerSoldBy(customer, { at: ticket.occurredAt, partnerId }));
  if (partnerId === null || soldBy === undefined || mayBeOf(soldBy, partnerId, directory)) return null;
  return of('subscription-of-another-partner', partnerId);
}

function disputedCustomer(ticket: TicketState, directory: DirectorySlice): DisputedSale | null {
  const customer = directory.customers.get(ticket.customerId ?? '');
  const partnerId = sourcePartnerId(ticket.sourceParty);
  if (customer === undefined || partnerId === null) return null;
  const partners = customerPartners(customer, ticket.occurredAt);
  if (partners.length === 0 || partners.some((soldBy) => mayBeOf(soldBy, partnerId, directory))) return null;
  return { code: 'customer-of-another-partner', kind: 'customer', key: customer.id, ticketSays: partnerId, undisputed: { ticket: { ...ticket, customerId: null }, directory } };
}

/** A sale that names no reseller may be one of any reseller of its provider. */
function mayBeOf(soldBy: SoldBy, partnerId: string, { partners }: DirectorySlice): boolean {
  if (soldBy.model === 'direct-bill') return soldBy.partnerId === partnerId;
  if (soldBy.providerId === partnerId || soldBy.resellerId === partnerId) return true;
  return soldBy.resellerId === undefined && partners.get(partnerId)?.model === 'indirect-reseller';
}
