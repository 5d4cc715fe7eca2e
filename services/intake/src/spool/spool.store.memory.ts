import type { OutgoingRecord, StoredRecord } from '@handoff/messaging';
import type { SpoolDrain, SpoolLook, SpoolSize, SpoolStore } from './spool.store.js';

/** The twin of the table for tests. */
export class MemorySpoolStore implements SpoolStore {
  private records: (StoredRecord & { readonly spooledAt: Date })[] = [];
  private lastSeq = 0;
  private isDrained = false;

  look(keys: readonly string[]): Promise<SpoolLook> {
    const waiting = new Set(this.records.map(({ key }) => key));
    return Promise.resolve({ isEmpty: this.records.length === 0, keys: new Set(keys.filter((key) => waiting.has(key))) });
  }

  add(records: readonly OutgoingRecord[]): Promise<string> {
    for (const record of records) this.records.push({ ...record, seq: String((this.lastSeq += 1)), spooledAt: new Date() });
    return Promise.resolve(this.records[0]?.seq ?? '');
  }

  size(): Promise<SpoolSize> {
    return Promise.resolve({ records: this.records.length, oldestAt: this.records[0]?.spooledAt ?? null });
  }

  drain(): Promise<SpoolDrain | null> {
    if (this.isDrained) return Promise.resolve(null);
    this.isDrained = true;
    return Promise.resolve({
      oldest: (recordsMax) => Promise.resolve(this.records.slice(0, recordsMax).map(({ spooledAt: _at, ...record }) => record)),
      remove: (seqs) => {
        this.records = this.records.filter(({ seq }) => !seqs.includes(seq));
        return Promise.resolve();
      },
      end: () => {
        this.isDrained = false;
        return Promise.resolve();
      },
    });
  }
}
