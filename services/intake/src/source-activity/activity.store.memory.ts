import { type ActivityCount, NO_LAG, type Outcome, type OutcomeTally, type SourceActivity, type Tally, timesAt } from './activity.js';
import { lagsTogether } from './activity-counter.js';
import type { ActivityStore } from './activity.store.js';

/** The twin of the tables for tests. */
export class MemoryActivityStore implements ActivityStore {
  private counts: ActivityCount[] = [];
  private readonly last = new Map<string, Map<string, SourceActivity['last'][number]>>();

  /** @param isThere whether there is a source of this name. */
  constructor(private readonly isThere: (source: string) => boolean) {}

  add(added: readonly ActivityCount[]): Promise<void> {
    for (const each of added.filter(({ source }) => this.isThere(source))) {
      const known = this.counts.findIndex(({ source, minute, outcome }) => source === each.source && minute === each.minute && outcome === each.outcome);
      const before = this.counts[known];
      if (before === undefined) this.counts.push(each);
      else this.counts[known] = { ...each, count: before.count + each.count, lag: lagsTogether(before.lag, each.lag) };
      this.remember(each);
    }
    return Promise.resolve();
  }

  read(sources: readonly string[], now: Date): Promise<ReadonlyMap<string, SourceActivity>> {
    return Promise.resolve(new Map(sources.flatMap((source) => {
      const last = this.last.get(source);
      return last === undefined ? [] : [[source, { tallies: this.talliesOf(source, now), last: [...last.values()] }] as const];
    })));
  }

  private talliesOf(source: string, now: Date): OutcomeTally[] {
    const { day, hour, rateFrom, rateTo } = timesAt(now);
    const within = (outcome: Outcome, from: Date, to?: Date): ActivityCount[] => this.counts.filter((each) => each.source === source && each.outcome === outcome && each.minute >= from.toISOString() && (to === undefined || each.minute < to.toISOString()));
    const outcomes = new Set(this.counts.filter((each) => each.source === source && each.minute >= day.toISOString()).map(({ outcome }) => outcome));
    return [...outcomes].map((outcome) => ({ outcome, lastDay: tallyOf(within(outcome, day)), lastHour: tallyOf(within(outcome, hour)), lately: tallyOf(within(outcome, rateFrom, rateTo)).count }));
  }

  forget(before: Date): Promise<void> {
    this.counts = this.counts.filter(({ minute }) => Date.parse(minute) >= before.getTime());
    return Promise.resolve();
  }

  private remember({ source, outcome, lastAt, lag }: ActivityCount): void {
    const known = this.last.get(source) ?? new Map<string, SourceActivity['last'][number]>();
    const before = known.get(outcome);
    if (before === undefined || before.at <= lastAt) known.set(outcome, { outcome, at: lastAt, lagMs: lag.lastMs ?? before?.lagMs ?? null });
    this.last.set(source, known);
  }
}

function tallyOf(counts: readonly ActivityCount[]): Tally {
  const { lastMs: _last, ...lag } = counts.reduce((all, each) => lagsTogether(all, each.lag), NO_LAG);
  return { count: counts.reduce((sum, { count }) => sum + count, 0), lag };
}
