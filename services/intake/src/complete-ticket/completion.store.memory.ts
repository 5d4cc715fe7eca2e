import type { Source } from '../sources/source.js';
import type { SourceStore } from '../sources/source.store.js';
import { askedTogether, type Completion, type CompletionAsk, type CompletionStanding, type FailedAttempt, NO_COMPLETIONS, ticketOf } from './completion.js';
import type { ClaimQuery, CompletionStore } from './completion.store.js';

interface Entry extends Omit<Completion, 'claim' | 'asks'> {
  readonly claim: number;
  readonly asks: number;
  readonly dueAt: Date | null;
  readonly givenUpAt: Date | null;
  readonly problem: string | null;
}

/** The twin of the table for tests. */
export class MemoryCompletionStore implements CompletionStore {
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly sources: Pick<SourceStore, 'find'>) {}

  async ask(asks: readonly CompletionAsk[], { now, dueAt }: { now: Date; dueAt: Date }): Promise<void> {
    for (const ask of asks) {
      if (await this.source(ask.source) === null) continue;
      const fresh: Entry = { ...ask, askedAt: now.toISOString(), attempts: 0, claim: 0, asks: 1, dueAt, givenUpAt: null, problem: null };
      const known = this.entries.get(ticketOf(ask));
      this.entries.set(ticketOf(ask), known === undefined ? fresh : askedAgain(known, fresh));
    }
  }

  async claim({ now, until, count, except }: ClaimQuery): Promise<readonly Completion[]> {
    const due = [...this.entries.values()].filter(({ dueAt }) => dueAt !== null && dueAt <= now).sort((a, b) => Number(a.dueAt) - Number(b.dueAt));
    for (const { source } of due) {
      const found = await this.source(source);
      if (found === null || found.pausedAt !== null || found.api === null || except.includes(source)) continue;
      const claimed = [...this.entries.values()].filter((entry) => entry.source === source && due.includes(entry)).slice(0, count).map((entry) => ({ ...entry, dueAt: until, claim: entry.claim + 1 }));
      for (const entry of claimed) this.entries.set(ticketOf(entry), entry);
      return claimed.map(({ dueAt: _due, givenUpAt: _given, problem: _problem, claim, asks, ...ask }) => ({ ...ask, claim: String(claim), asks: String(asks) }));
    }
    return [];
  }

  done(completion: Completion, now: Date): Promise<void> {
    const entry = this.claimed(completion);
    if (entry === undefined) return Promise.resolve();
    if (String(entry.asks) === completion.asks) this.entries.delete(ticketOf(completion));
    else this.entries.set(ticketOf(completion), { ...entry, dueAt: now, askedAt: now.toISOString(), problem: null });
    return Promise.resolve();
  }

  failed(completion: Completion, attempt: FailedAttempt, now: Date): Promise<void> {
    const entry = this.claimed(completion);
    if (entry !== undefined) this.entries.set(ticketOf(completion), { ...entry, ...attempt, givenUpAt: attempt.dueAt === null ? now : null });
    return Promise.resolve();
  }

  async reviveChanged(now: Date): Promise<number> {
    let revived = 0;
    for (const entry of this.entries.values()) {
      const found = await this.source(entry.source);
      if (found === null || entry.givenUpAt === null || entry.givenUpAt.getTime() >= Date.parse(found.updatedAt)) continue;
      this.entries.set(ticketOf(entry), { ...entry, dueAt: now, askedAt: now.toISOString(), attempts: 0, givenUpAt: null });
      revived += 1;
    }
    return revived;
  }

  standing(sources: readonly string[] | 'all'): Promise<ReadonlyMap<string, CompletionStanding>> {
    const names = sources === 'all' ? [...new Set([...this.entries.values()].map(({ source }) => source))] : sources;
    return Promise.resolve(new Map(names.flatMap((name) => {
      const entries = [...this.entries.values()].filter(({ source }) => source === name);
      return entries.length === 0 ? [] : [[name, standingOf(entries)] as const];
    })));
  }

  async forget(givenUpBefore: Date): Promise<void> {
    for (const entry of this.entries.values()) {
      const isOver = entry.givenUpAt !== null && entry.givenUpAt < givenUpBefore;
      if (isOver || (await this.source(entry.source))?.api == null) this.entries.delete(ticketOf(entry));
    }
  }

  private async source(name: string): Promise<Source | null> {
    return (await this.sources.find(name))?.source ?? null;
  }

  private claimed(completion: Completion): Entry | undefined {
    const entry = this.entries.get(ticketOf(completion));
    return entry !== undefined && String(entry.claim) === completion.claim && entry.dueAt !== null ? entry : undefined;
  }
}

function askedAgain(known: Entry, fresh: Entry): Entry {
  const isWaiting = known.dueAt !== null;
  return {
    ...fresh, ...askedTogether(known, fresh),
    askedAt: isWaiting ? known.askedAt : fresh.askedAt, dueAt: isWaiting ? known.dueAt : fresh.dueAt,
    asks: known.asks + 1, claim: known.claim, problem: known.problem,
  };
}

function standingOf(entries: readonly Entry[]): CompletionStanding {
  const waiting = entries.filter(({ dueAt }) => dueAt !== null);
  const [last] = entries.flatMap(({ externalId, givenUpAt, problem }) => (givenUpAt === null ? [] : [{ externalId, at: givenUpAt.toISOString(), problem: problem ?? '' }])).sort((a, b) => (a.at < b.at ? 1 : -1));
  return {
    ...NO_COMPLETIONS, waiting: waiting.length, oldestAskedAt: waiting.map(({ askedAt }) => askedAt).sort()[0] ?? null,
    lastProblem: waiting.sort((a, b) => Number(a.dueAt) - Number(b.dueAt)).find(({ problem }) => problem !== null)?.problem ?? null,
    givenUp: entries.length - waiting.length, lastGivenUp: last ?? null,
  };
}
