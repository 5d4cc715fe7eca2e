import type { Calendar } from './calendar.decision.js';
import type { Customer, DirectoryContent, Offer, Partner, Publisher, StoredAgreement, Subscription } from './directory.js';

/** The kinds of entries in the directory; tables and history use the same names. */
export const DIRECTORY_KINDS = ['publisher', 'offer', 'partner', 'customer', 'subscription', 'agreement', 'calendar'] as const;
export type DirectoryKind = (typeof DIRECTORY_KINDS)[number];

export interface DirectoryEntries {
  readonly publisher: Publisher;
  readonly offer: Offer;
  readonly partner: Partner;
  readonly customer: Customer;
  readonly subscription: Subscription;
  readonly agreement: StoredAgreement;
  readonly calendar: Calendar;
}

export type DirectoryEntry = DirectoryEntries[DirectoryKind];

/** What a list can be narrowed by, beside `q`. */
export const LIST_FILTERS = {
  publisher: [],
  offer: ['publisherId'],
  partner: ['providerId', 'globalId'],
  customer: ['partnerId', 'providerId', 'resellerId'],
  subscription: ['customerId', 'offerId', 'partnerId', 'providerId', 'resellerId'],
  agreement: ['providerId', 'resellerId'],
  calendar: [],
} as const satisfies Record<DirectoryKind, readonly string[]>;

export type ListFilter = (typeof LIST_FILTERS)[DirectoryKind][number];

/** What a directory file holds of each kind. */
export function entriesByKind(content: DirectoryContent): Readonly<Record<DirectoryKind, readonly DirectoryEntry[]>> {
  return {
    publisher: content.publishers, offer: content.offers, partner: content.partners, customer: content.customers,
    subscription: content.subscriptions, agreement: content.agreements, calendar: content.calendars ?? [],
  };
}
