import { type DirectoryKeys, type DirectorySlice, partnerIdsOf, partnerIdsOfCustomer, providerIdsOf, type StoredAgreement, type Subscription } from '../directory/directory.js';

/** What of a slice some keys lead to. */
export type Narrow = (keys: DirectoryKeys) => DirectorySlice;

/**
 * The part of a slice that one ticket needs, for many tickets of one slice: a question to the matrix goes through all
 * subscriptions, partners and agreements that it is given.
 */
export function narrowing(slice: DirectorySlice): Narrow {
  const subscriptionsOf = grouped([...slice.subscriptions.values()], ({ customerId }) => customerId);
  const agreementsOf = grouped(slice.agreements, ({ providerId, resellerId }) => pairOf(providerId, resellerId));
  return (keys) => {
    const subscriptions = subscriptionsFor(keys, slice, subscriptionsOf);
    const customers = [...new Set([...keys.customerIds, ...subscriptions.map(({ customerId }) => customerId)])].flatMap((id) => slice.customers.get(id) ?? []);
    const named = [...new Set([...keys.partnerIds, ...subscriptions.flatMap(({ soldBy }) => partnerIdsOf(soldBy)), ...customers.flatMap(partnerIdsOfCustomer)])];
    const partnerIds = [...new Set([...named, ...providerIdsOf(named.flatMap((id) => slice.partners.get(id) ?? []))])];
    const agreements: StoredAgreement[] = partnerIds.flatMap((provider) => partnerIds.flatMap((reseller) => agreementsOf.get(pairOf(provider, reseller)) ?? []));
    return {
      // What is only ever looked up by id may be more than is needed.
      ...slice,
      subscriptions: new Map(subscriptions.map((entry) => [entry.id, entry])),
      partners: new Map(partnerIds.flatMap((id) => {
        const partner = slice.partners.get(id);
        return partner === undefined ? [] : [[id, partner] as const];
      })),
      agreements,
    };
  };
}

function subscriptionsFor(keys: DirectoryKeys, slice: DirectorySlice, subscriptionsOf: ReadonlyMap<string, readonly Subscription[]>): readonly Subscription[] {
  const named = keys.subscriptionIds.flatMap((id) => slice.subscriptions.get(id) ?? []);
  const ofCustomers = keys.customerIds.flatMap((id) => subscriptionsOf.get(id) ?? []);
  return [...new Set([...named, ...ofCustomers])];
}

function grouped<T>(entries: readonly T[], keyOf: (entry: T) => string): ReadonlyMap<string, readonly T[]> {
  return Map.groupBy(entries, keyOf);
}

function pairOf(providerId: string, resellerId: string): string {
  // No id has a U+0000: PostgreSQL refuses it.
  return `${providerId}\u0000${resellerId}`;
}
