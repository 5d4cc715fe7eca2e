import { managerOf } from '@handoff/persistence';
import type { Transaction } from '@handoff/messaging';
import type { EntityManager } from 'typeorm';
import { type Customer, type DirectoryContent, type DirectoryKeys, type DirectorySlice, type HealthNotice, type Offer, type Partner, partnerIdsOf, type Publisher, type StoredAgreement, type Subscription } from './directory.js';
import type { DirectoryStore } from './directory.store.js';

type Identified = { readonly id: string };

export class PostgresDirectoryStore implements DirectoryStore {
  async slice(tx: Transaction, keys: DirectoryKeys): Promise<DirectorySlice> {
    const manager = managerOf(tx);
    const subscriptions = await documents<Subscription>(manager, 'select document from subscription where id = any($1) or customer_id = any($2)', [keys.subscriptionIds, keys.customerIds]);
    const customers = await documents<Customer>(manager, 'select document from customer where id = any($1)', [[...keys.customerIds, ...subscriptions.map(({ customerId }) => customerId)]]);
    const offers = await documents<Offer>(manager, 'select document from offer where id = any($1)', [[...keys.offerIds, ...subscriptions.map(({ offerId }) => offerId)]]);
    const publishers = await documents<Publisher>(manager, 'select document from publisher where id = any($1)', [offers.map(({ publisherId }) => publisherId)]);
    const partnerIds = [...new Set([...keys.partnerIds, ...[...subscriptions, ...customers].flatMap(({ soldBy }) => partnerIdsOf(soldBy))])];
    const partners = await documents<Partner>(manager, 'select document from partner where id = any($1)', [partnerIds]);
    const agreements = await documents<StoredAgreement>(manager, 'select document from agreement where provider_id = any($1) and reseller_id = any($1)', [partnerIds]);
    const healthNotices = await documents<HealthNotice>(manager, 'select document from health_notice where offer_id = any($1)', [[...keys.offerIds, ...offers.map(({ id }) => id)]]);
    return { publishers: byId(publishers), offers: byId(offers), partners: byId(partners), customers: byId(customers), subscriptions: byId(subscriptions), agreements, healthNotices };
  }

  async save(tx: Transaction, content: DirectoryContent): Promise<void> {
    const manager = managerOf(tx);
    await upsert(manager, 'publisher', content.publishers, () => ({}));
    await upsert(manager, 'offer', content.offers, ({ publisherId }) => ({ publisher_id: publisherId }));
    await upsert(manager, 'partner', content.partners, () => ({}));
    await upsert(manager, 'customer', content.customers, () => ({}));
    await upsert(manager, 'subscription', content.subscriptions, ({ customerId, offerId }) => ({ customer_id: customerId, offer_id: offerId }));
    await upsert(manager, 'agreement', content.agreements, ({ providerId, resellerId }) => ({ provider_id: providerId, reseller_id: resellerId }));
  }

  async isEmpty(tx: Transaction): Promise<boolean> {
    const [row] = await managerOf(tx).query<{ is_empty: boolean }[]>('select not exists (select 1 from publisher) and not exists (select 1 from partner) as is_empty');
    return row?.is_empty ?? true;
  }

  async saveHealthNotice(tx: Transaction, notice: HealthNotice): Promise<void> {
    await upsert(managerOf(tx), 'health_notice', [notice], ({ offerId }) => ({ offer_id: offerId }));
  }
}

async function documents<T>(manager: EntityManager, sql: string, parameters: readonly (readonly string[])[]): Promise<T[]> {
  if (parameters.every(({ length }) => length === 0)) return [];
  const rows = await manager.query<{ document: T }[]>(sql, parameters.map((ids) => [...ids]));
  return rows.map(({ document }) => document);
}

function byId<T extends Identified>(entries: readonly T[]): ReadonlyMap<string, T> {
  return new Map(entries.map((entry) => [entry.id, entry]));
}

/** Table and column names come from this file only, never from a caller. */
async function upsert<T extends Identified>(manager: EntityManager, table: string, entries: readonly T[], references: (entry: T) => Record<string, string>): Promise<void> {
  for (const entry of entries) {
    const columns = { id: entry.id, ...references(entry), document: JSON.stringify(entry) };
    const names = Object.keys(columns);
    await manager.query(
      `insert into ${table} (${names.join(', ')}) values (${names.map((_, index) => `$${index + 1}`).join(', ')})
       on conflict (id) do update set ${names.filter((name) => name !== 'id').map((name) => `${name} = excluded.${name}`).join(', ')}`,
      Object.values(columns));
  }
}
