import type { Source } from '../sources/source.js';
import type { SourceStore } from '../sources/source.store.js';
import { type PollClaim, type PollEnd, type ReconciliationStanding, standingOf } from './reconciliation.js';
import type { Progress, ReconciliationStore } from './reconciliation.store.js';

interface Entry {
  readonly readUpTo: Date;
  readonly startedAt: Date | null;
  readonly lastSuccessAt: Date | null;
  readonly retryAt: Date | null;
  readonly problem: string | null;
  readonly problemAt: Date | null;
  readonly failures: number;
  readonly found: number;
  readonly claim: number;
  readonly claimedUntil: Date | null;
}

/** The twin of the table for tests. */
export class MemoryReconciliationStore implements ReconciliationStore {
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly sources: Pick<SourceStore, 'find' | 'list'>) {}

  async claim({ now, until, lookBack }: { now: Date; until: Date; lookBack: Date }): Promise<PollClaim | null> {
    const polled = (await this.sources.list({ after: null, limit: 1_000 })).filter(isPolled);
    const begun = ({ source }: Source): number => this.entries.get(source)?.startedAt?.getTime() ?? 0;
    for (const source of polled) if (!this.entries.has(source.source)) this.entries.set(source.source, firstEntry(source, lookBack));
    for (const source of polled.toSorted((a, b) => begun(a) - begun(b))) {
      const entry = this.entries.get(source.source);
      if (entry === undefined || !isDue(entry, source, now)) continue;
      this.entries.set(source.source, { ...entry, claim: entry.claim + 1, claimedUntil: until, startedAt: now });
      return { source: source.source, readUpTo: entry.readUpTo, everySeconds: source.reconcileEverySeconds ?? 0, failures: entry.failures, claim: String(entry.claim + 1) };
    }
    return null;
  }

  keep(claim: PollClaim, { readUpTo, found = 0, until }: Progress): Promise<boolean> {
    const entry = this.claimed(claim);
    if (entry === undefined || entry.claimedUntil === null) return Promise.resolve(false);
    this.entries.set(claim.source, { ...entry, readUpTo: laterOf(entry.readUpTo, readUpTo), found: entry.found + found, claimedUntil: until });
    return Promise.resolve(true);
  }

  finish(claim: PollClaim, end: PollEnd, now: Date): Promise<void> {
    const entry = this.claimed(claim);
    if (entry === undefined) return Promise.resolve();
    const ended = { ...entry, claimedUntil: null, retryAt: null, problem: null, problemAt: null, failures: 0 };
    switch (end.kind) {
      case 'complete': this.entries.set(claim.source, { ...ended, readUpTo: laterOf(entry.readUpTo, end.readUpTo), lastSuccessAt: now }); break;
      case 'interrupted': this.entries.set(claim.source, { ...ended, retryAt: now }); break;
      case 'failed': this.entries.set(claim.source, { ...ended, retryAt: end.retryAt, problem: end.problem, problemAt: now, failures: entry.failures + 1 });
    }
    return Promise.resolve();
  }

  async standing(sources: readonly string[] | 'all', now: Date): Promise<ReadonlyMap<string, ReconciliationStanding>> {
    const standing = new Map<string, ReconciliationStanding>();
    for (const [name, entry] of this.entries) {
      const found = await this.sources.find(name);
      if (found !== null && isPolled(found.source) && found.source.pausedAt === null && (sources === 'all' || sources.includes(name))) standing.set(name, standingOf(entry, now));
    }
    return standing;
  }

  async forget(): Promise<void> {
    for (const name of this.entries.keys()) {
      const found = await this.sources.find(name);
      if (found === null || !isPolled(found.source)) this.entries.delete(name);
    }
  }

  private claimed({ source, claim }: PollClaim): Entry | undefined {
    const entry = this.entries.get(source);
    return entry !== undefined && String(entry.claim) === claim ? entry : undefined;
  }
}

function isPolled({ api, reconcileEverySeconds }: Source): boolean {
  return api !== null && reconcileEverySeconds !== null;
}

function firstEntry({ createdAt }: Source, lookBack: Date): Entry {
  return { readUpTo: laterOf(lookBack, new Date(createdAt)), startedAt: null, lastSuccessAt: null, retryAt: null, problem: null, problemAt: null, failures: 0, found: 0, claim: 0, claimedUntil: null };
}

function isDue({ claimedUntil, problemAt, retryAt, startedAt }: Entry, { pausedAt, updatedAt, reconcileEverySeconds }: Source, now: Date): boolean {
  if (pausedAt !== null || (claimedUntil !== null && claimedUntil > now)) return false;
  if (claimedUntil !== null) return true;
  if (problemAt !== null && problemAt.getTime() < Date.parse(updatedAt)) return true;
  if (retryAt !== null) return retryAt <= now;
  return startedAt === null || startedAt.getTime() + (reconcileEverySeconds ?? 0) * 1_000 <= now.getTime();
}

function laterOf(one: Date, other: Date = one): Date {
  return one > other ? one : other;
}
