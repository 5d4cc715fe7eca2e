import { type ActivityCount, type Lag, minuteOf, NO_LAG, type Outcome } from './activity.js';
import type { ActivityStore } from './activity.store.js';

export interface Happening {
  readonly source: string;
  readonly outcome: Outcome;
  readonly at: Date;
  /** When it happened in its system, where that was told. */
  readonly occurredAt?: string;
}

/** Counts that may wait for a database that is away. */
const WAITING_MAX = 50_000;

/** Counts what becomes of webhooks in memory, so that none costs a write, and hands the counts to the store now and then. */
export class ActivityCounter {
  private waiting = new Map<string, ActivityCount>();

  constructor(private readonly store: ActivityStore) {}

  count({ source, outcome, at, occurredAt }: Happening): void {
    const lagMs = occurredAt === undefined ? null : Math.max(0, at.getTime() - Date.parse(occurredAt));
    this.merge({ source, minute: minuteOf(at), outcome, count: 1, lastAt: at.toISOString(), lag: lagMs === null ? NO_LAG : { count: 1, sumMs: lagMs, maxMs: lagMs, lastMs: lagMs } });
  }

  /** @throws what the store throws; the counts are kept for the next time. */
  async flush(): Promise<void> {
    const taken = this.waiting;
    if (taken.size === 0) return;
    this.waiting = new Map();
    try {
      await this.store.add([...taken.values()]);
    } catch (error) {
      const since = this.waiting;
      this.waiting = taken;
      for (const count of since.values()) this.merge(count);
      throw error;
    }
  }

  /** The oldest minutes give way where too many wait: what comes in now matters more. */
  private merge(added: ActivityCount): void {
    const key = `${added.source} ${added.minute} ${added.outcome}`;
    const known = this.waiting.get(key);
    this.waiting.set(key, known === undefined ? added : sumOf(known, added));
    for (const oldest of this.waiting.keys()) {
      if (this.waiting.size <= WAITING_MAX) break;
      this.waiting.delete(oldest);
    }
  }
}

function sumOf(earlier: ActivityCount, later: ActivityCount): ActivityCount {
  return { ...later, count: earlier.count + later.count, lag: lagsTogether(earlier.lag, later.lag) };
}

export function lagsTogether(earlier: Lag, later: Lag): Lag {
  return { count: earlier.count + later.count, sumMs: earlier.sumMs + later.sumMs, maxMs: Math.max(earlier.maxMs, later.maxMs), lastMs: later.lastMs ?? earlier.lastMs };
}
