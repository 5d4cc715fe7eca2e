import type { Calendar } from './calendar.decision.js';
import type { DirectoryEntries, DirectoryKind } from './directory-kinds.js';
import { calendarIdsOf, type DirectoryKeys, type DirectorySlice, type HealthNotice, partnerIdsOf, partnerIdsOfCustomer, providerIdsOf, type StoredAgreement, type Subscription } from './directory.js';

type NamedKind = Exclude<DirectoryKind, 'subscription' | 'agreement'>;

/** How entries are found: as they are, or as they were. */
export interface Lookup {
  entries<K extends NamedKind>(kind: K, ids: readonly string[]): Promise<readonly DirectoryEntries[K][]>;
  subscriptions(ids: readonly string[], customerIds: readonly string[]): Promise<readonly Subscription[]>;
  /** Those between two of these partners. */
  agreements(partnerIds: readonly string[]): Promise<readonly StoredAgreement[]>;
  healthNotices(offerIds: readonly string[]): Promise<readonly HealthNotice[]>;
}

/** Follows the keys from entry to entry. */
export async function sliceOf(keys: DirectoryKeys, lookup: Lookup): Promise<DirectorySlice> {
  const subscriptions = await lookup.subscriptions(keys.subscriptionIds, keys.customerIds);
  const customers = await lookup.entries('customer', distinct(keys.customerIds, subscriptions.map(({ customerId }) => customerId)));
  const offers = await lookup.entries('offer', distinct(keys.offerIds, subscriptions.map(({ offerId }) => offerId)));
  const publishers = await lookup.entries('publisher', distinct(offers.map(({ publisherId }) => publisherId)));
  const named = distinct(keys.partnerIds, subscriptions.flatMap(({ soldBy }) => partnerIdsOf(soldBy)), customers.flatMap(partnerIdsOfCustomer));
  const namedPartners = await lookup.entries('partner', named);
  // A reseller's own ticket may name nothing that leads to its provider.
  const partnerIds = distinct(named, providerIdsOf(namedPartners));
  const partners = [...namedPartners, ...(await lookup.entries('partner', partnerIds.slice(named.length)))];
  const agreements = await lookup.agreements(partnerIds);
  const calendars: readonly Calendar[] = await lookup.entries('calendar', calendarIdsOf(offers, partners));
  const healthNotices = await lookup.healthNotices(distinct(keys.offerIds, offers.map(({ id }) => id)));
  return { publishers: byId(publishers), offers: byId(offers), partners: byId(partners), customers: byId(customers), subscriptions: byId(subscriptions), agreements, calendars: byId(calendars), healthNotices };
}

function distinct(...lists: readonly (readonly string[])[]): string[] {
  return [...new Set(lists.flat())];
}

function byId<T extends { readonly id: string }>(entries: readonly T[]): ReadonlyMap<string, T> {
  return new Map(entries.map((entry) => [entry.id, entry]));
}
