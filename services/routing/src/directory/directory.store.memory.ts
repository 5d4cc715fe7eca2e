import { onRollback, type Transaction } from '@handoff/messaging';
import { type DirectoryContent, type DirectoryKeys, type DirectorySlice, type HealthNotice, partnerIdsOf } from './directory.js';
import type { DirectoryStore } from './directory.store.js';

type Entries = { readonly [K in keyof DirectoryContent]: Map<string, DirectoryContent[K][number]> };

export class MemoryDirectoryStore implements DirectoryStore {
  private readonly entries: Entries = { publishers: new Map(), offers: new Map(), partners: new Map(), customers: new Map(), subscriptions: new Map(), agreements: new Map() };
  private readonly healthNotices = new Map<string, HealthNotice>();

  slice(_tx: Transaction, keys: DirectoryKeys): Promise<DirectorySlice> {
    const all = this.entries;
    const subscriptions = [...all.subscriptions.values()].filter(({ id, customerId }) => keys.subscriptionIds.includes(id) || keys.customerIds.includes(customerId));
    const customers = pick(all.customers, [...keys.customerIds, ...subscriptions.map(({ customerId }) => customerId)]);
    const offers = pick(all.offers, [...keys.offerIds, ...subscriptions.map(({ offerId }) => offerId)]);
    const partnerIds = [...keys.partnerIds, ...[...subscriptions, ...customers.values()].flatMap(({ soldBy }) => partnerIdsOf(soldBy))];
    return Promise.resolve({
      subscriptions: new Map(subscriptions.map((entry) => [entry.id, entry])),
      customers,
      offers,
      publishers: pick(all.publishers, [...offers.values()].map(({ publisherId }) => publisherId)),
      partners: pick(all.partners, partnerIds),
      agreements: [...all.agreements.values()].filter(({ providerId, resellerId }) => partnerIds.includes(providerId) && partnerIds.includes(resellerId)),
      healthNotices: [...this.healthNotices.values()].filter(({ offerId }) => offers.has(offerId) || keys.offerIds.includes(offerId)),
    });
  }

  save(tx: Transaction, content: DirectoryContent): Promise<void> {
    for (const kind of Object.keys(this.entries) as (keyof DirectoryContent)[]) {
      for (const entry of content[kind]) set(tx, this.entries[kind] as Map<string, typeof entry>, entry);
    }
    return Promise.resolve();
  }

  isEmpty(): Promise<boolean> {
    return Promise.resolve(this.entries.publishers.size === 0 && this.entries.partners.size === 0);
  }

  saveHealthNotice(tx: Transaction, notice: HealthNotice): Promise<void> {
    set(tx, this.healthNotices, notice);
    return Promise.resolve();
  }
}

function pick<T>(entries: ReadonlyMap<string, T>, ids: readonly string[]): Map<string, T> {
  return new Map(ids.flatMap((id) => {
    const entry = entries.get(id);
    return entry === undefined ? [] : [[id, entry] as const];
  }));
}

function set<T extends { readonly id: string }>(tx: Transaction, entries: Map<string, T>, entry: T): void {
  const former = entries.get(entry.id);
  onRollback(tx, () => (former === undefined ? entries.delete(entry.id) : entries.set(entry.id, former)));
  entries.set(entry.id, entry);
}
