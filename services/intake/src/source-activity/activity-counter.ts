import { type ActivityCount, instantOfMinute, type Lag, minuteNumberOf, NO_LAG, type Outcome } from './activity.js';
import type { ActivityStore } from './activity.store.js';

export interface Happening {
  readonly source: string;
  readonly outcome: Outcome;
  readonly at: Date;
  /** When it happened in its system, where that was told. */
  readonly occurredAt?: string | undefined;
}

/** What is counted of one minute; it is added to in place, as every webhook adds to it. */
interface Counting {
  readonly source: string;
  readonly minuteNumber: number;
  readonly outcome: Outcome;
  count: number;
  lastAtMs: number;
  lag: Lag;
}

/** Counts that may wait for a database that is away. */
const WAITING_MAX = 50_000;

/** Counts what becomes of webhooks in memory, so that none costs a write, and hands the counts to the store now and then. */
export class ActivityCounter {
  private waiting = new Map<string, Counting>();

  constructor(private readonly store: ActivityStore) {}

  count({ source, outcome, at, occurredAt }: Happening): void {
    const counting = this.countingOf(source, minuteNumberOf(at), outcome);
    counting.count += 1;
    counting.lastAtMs = at.getTime();
    if (occurredAt !== undefined) counting.lag = withLag(counting.lag, Math.max(0, counting.lastAtMs - Date.parse(occurredAt)));
  }

  /** @throws what the store throws; the counts are kept for the next time. */
  async flush(): Promise<void> {
    const taken = this.waiting;
    if (taken.size === 0) return;
    this.waiting = new Map();
    try {
      await this.store.add([...taken.values()].map(told));
    } catch (error) {
      const since = this.waiting;
      this.waiting = taken;
      for (const each of since.values()) this.add(each);
      throw error;
    }
  }

  private add({ source, minuteNumber, outcome, count, lastAtMs, lag }: Counting): void {
    const counting = this.countingOf(source, minuteNumber, outcome);
    counting.count += count;
    counting.lastAtMs = lastAtMs;
    counting.lag = lagsTogether(counting.lag, lag);
  }

  /** The oldest minutes give way where too many wait: what comes in now matters more. */
  private countingOf(source: string, minuteNumber: number, outcome: Outcome): Counting {
    const key = `${source} ${minuteNumber} ${outcome}`;
    const known = this.waiting.get(key);
    if (known !== undefined) return known;
    const made: Counting = { source, minuteNumber, outcome, count: 0, lastAtMs: 0, lag: NO_LAG };
    this.waiting.set(key, made);
    for (const oldest of this.waiting.keys()) {
      if (this.waiting.size <= WAITING_MAX) break;
      this.waiting.delete(oldest);
    }
    return made;
  }
}

function told({ source, minuteNumber, outcome, count, lastAtMs, lag }: Counting): ActivityCount {
  return { source, minute: instantOfMinute(minuteNumber), outcome, count, lastAt: new Date(lastAtMs).toISOString(), lag };
}

function withLag({ count, sumMs, maxMs }: Lag, lagMs: number): Lag {
  return { count: count + 1, sumMs: sumMs + lagMs, maxMs: Math.max(maxMs, lagMs), lastMs: lagMs };
}

export function lagsTogether(earlier: Lag, later: Lag): Lag {
  return { count: earlier.count + later.count, sumMs: earlier.sumMs + later.sumMs, maxMs: Math.max(earlier.maxMs, later.maxMs), lastMs: later.lastMs ?? earlier.lastMs };
}
