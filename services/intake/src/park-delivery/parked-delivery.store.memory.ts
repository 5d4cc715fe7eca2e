import { type Page, pageOf, readCursor } from '@handoff/platform';
import type { SourceStore } from '../sources/source.store.js';
import type { ParkedDelivery, ParkedRecord } from './parked-delivery.js';
import type { ParkedCause, ParkedDeliveryStore, ParkedQuery, ParkedChoice, Trial } from './parked-delivery.store.js';

/** The twin of the table for tests. */
export class MemoryParkedDeliveryStore implements ParkedDeliveryStore {
  private readonly records = new Map<string, ParkedRecord>();
  private readonly busy = new Set<string>();
  private lastSeq = 0;

  constructor(private readonly sources: Pick<SourceStore, 'find'>) {}

  park(delivery: ParkedDelivery): Promise<void> {
    const known = this.records.get(delivery.id);
    const state = known ?? { seq: String((this.lastSeq += 1)), deliveries: 0, attempts: 0, receivedAt: delivery.receivedAt };
    this.records.set(delivery.id, { ...delivery, receivedAt: state.receivedAt, seq: state.seq, attempts: state.attempts, deliveries: state.deliveries + 1, discarded: null });
    return Promise.resolve();
  }

  find(id: string): Promise<ParkedRecord | null> {
    return Promise.resolve(this.records.get(id) ?? null);
  }

  async list({ source, code, isDiscarded, cursor, limit }: ParkedQuery): Promise<Page<ParkedRecord>> {
    await Promise.resolve();
    const [before] = cursor === undefined ? [Infinity] : readCursor(cursor, (parts): parts is readonly [number] => typeof parts[0] === 'number');
    const found = this.ordered().reverse().filter((record) => (source === undefined || record.source === source) && failedBy(record, code) && (record.discarded !== null) === isDiscarded && Number(record.seq) < before);
    return pageOf(found, limit, ({ seq }) => [Number(seq)]);
  }

  counts(): Promise<ReadonlyMap<string, number>> {
    const counts = new Map<string, number>();
    for (const { source, discarded } of this.records.values()) if (discarded === null) counts.set(source, (counts.get(source) ?? 0) + 1);
    return Promise.resolve(counts);
  }

  causes(since: Date | null): Promise<readonly ParkedCause[]> {
    const parked = this.ordered().filter((record) => record.discarded === null && isReceivedSince(record, since));
    const groups = [...Map.groupBy(parked, ({ source, failures }) => `${source} ${failures[0]?.code}`).values()].map((records) => {
      const times = records.map(({ receivedAt }) => receivedAt).sort();
      const last = records.at(-1);
      return { source: last?.source ?? '', code: last?.failures[0]?.code ?? '', deliveries: records.length, detail: last?.failures[0]?.detail ?? '', firstAt: times[0] ?? '', lastAt: times.at(-1) ?? '' };
    });
    return Promise.resolve(groups.sort((a, b) => b.deliveries - a.deliveries || (`${a.source} ${a.code}` < `${b.source} ${b.code}` ? -1 : 1)));
  }

  async tryOne(choice: ParkedChoice, trial: (delivery: ParkedRecord) => Promise<Trial>): Promise<ParkedRecord | null> {
    const record = await this.chosen(choice);
    if (record === undefined) return null;
    this.busy.add(record.id);
    try {
      const left = await trial(record);
      if (left.failures.length === 0) this.records.delete(record.id);
      else this.records.set(record.id, { ...record, ...left, attempts: record.attempts + 1 });
      return record;
    } finally {
      this.busy.delete(record.id);
    }
  }

  discard(id: string, note: string, now: Date): Promise<boolean> {
    const record = this.records.get(id);
    if (record === undefined || record.discarded !== null) return Promise.resolve(false);
    this.records.set(id, { ...record, request: { ...record.request, rawBody: Buffer.alloc(0) }, discarded: { at: now.toISOString(), note } });
    return Promise.resolve(true);
  }

  forgetDiscarded(before: Date): Promise<void> {
    for (const { id, discarded } of this.records.values()) if (discarded !== null && Date.parse(discarded.at) < before.getTime()) this.records.delete(id);
    return Promise.resolve();
  }

  private ordered(): ParkedRecord[] {
    return [...this.records.values()].sort((a, b) => Number(a.seq) - Number(b.seq));
  }

  private async chosen(choice: ParkedChoice): Promise<ParkedRecord | undefined> {
    if (choice.by === 'changed-source' && this.busy.size > 0) return undefined;
    for (const record of this.ordered()) if (record.discarded === null && !this.busy.has(record.id) && (await this.fits(record, choice))) return record;
    return undefined;
  }

  private async fits(record: ParkedRecord, choice: ParkedChoice): Promise<boolean> {
    switch (choice.by) {
      case 'id': return record.id === choice.id;
      case 'source': return record.source === choice.source && failedBy(record, choice.code ?? undefined) && Number(record.seq) > Number(choice.afterSeq) && isReceivedSince(record, choice.since);
      case 'changed-source': {
        const found = await this.sources.find(record.source);
        return found !== null && found.source.updatedAt !== record.sourceUpdatedAt;
      }
    }
  }
}

function isReceivedSince({ receivedAt }: ParkedRecord, since: Date | null): boolean {
  return since === null || Date.parse(receivedAt) >= since.getTime();
}

function failedBy({ failures }: ParkedRecord, code: string | undefined): boolean {
  return code === undefined || failures.some((failure) => failure.code === code);
}
