import { isDeepStrictEqual } from 'node:util';
import { onRollback, type Transaction } from '@handoff/messaging';
import { DIRECTORY_KINDS, type DirectoryEntries, type DirectoryKind, entriesByKind } from './directory-kinds.js';
import type { DirectoryContent, DirectoryKeys, DirectorySlice, HealthNotice } from './directory.js';
import { sliceOf } from './directory.slice.js';
import type { DirectoryStore } from './directory.store.js';
import { MemoryEntryStore } from './entry.store.memory.js';

export class MemoryDirectoryStore implements DirectoryStore {
  private readonly healthNotices = new Map<string, { readonly notice: HealthNotice; readonly version: number }>();

  constructor(private readonly entries = new MemoryEntryStore()) {}

  slice(_tx: Transaction, keys: DirectoryKeys): Promise<DirectorySlice> {
    return this.sliceFrom(keys);
  }

  sliceAt(_tx: Transaction, keys: DirectoryKeys, at: string): Promise<DirectorySlice> {
    return this.sliceFrom(keys, at);
  }

  save(tx: Transaction, content: DirectoryContent, by = 'system'): Promise<void> {
    const entries = entriesByKind(content);
    for (const kind of DIRECTORY_KINDS) {
      for (const document of entries[kind]) this.entries.write(tx, kind, { document, by });
    }
    return Promise.resolve();
  }

  isEmpty(): Promise<boolean> {
    return Promise.resolve(this.entries.all('publisher').length === 0 && this.entries.all('partner').length === 0);
  }

  saveHealthNotice(tx: Transaction, notice: HealthNotice): Promise<number | null> {
    const former = this.healthNotices.get(notice.id);
    if (former !== undefined && isDeepStrictEqual(former.notice, notice)) return Promise.resolve(null);
    onRollback(tx, () => (former === undefined ? this.healthNotices.delete(notice.id) : this.healthNotices.set(notice.id, former)));
    const version = (former?.version ?? 0) + 1;
    this.healthNotices.set(notice.id, { notice, version });
    return Promise.resolve(version);
  }

  private sliceFrom(keys: DirectoryKeys, at?: string): Promise<DirectorySlice> {
    const all = <K extends DirectoryKind>(kind: K) => this.entries.all(kind, at).map(({ document }) => document as DirectoryEntries[K]);
    return sliceOf(keys, {
      entries: (kind, ids) => Promise.resolve(all(kind).filter(({ id }) => ids.includes(id))),
      subscriptions: (ids, customerIds) => Promise.resolve(all('subscription').filter(({ id, customerId }) => ids.includes(id) || customerIds.includes(customerId))),
      agreements: (partnerIds) => Promise.resolve(all('agreement').filter(({ providerId, resellerId }) => partnerIds.includes(providerId) && partnerIds.includes(resellerId))),
      healthNotices: (offerIds) => Promise.resolve([...this.healthNotices.values()].map(({ notice }) => notice).filter(({ offerId }) => offerIds.includes(offerId))),
    });
  }
}
