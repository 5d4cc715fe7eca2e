import type { DataSource } from 'typeorm';
import { type ActivityCount, type Outcome, type SourceActivity, type Tally, timesAt } from './activity.js';
import type { ActivityStore } from './activity.store.js';

interface TallyRow {
  source: string;
  outcome: Outcome;
  day: Tally;
  hour: Tally;
  lately: number;
}

interface LastRow {
  source: string;
  outcome: Outcome;
  at: Date;
  lag_ms: string | null;
}

export class PostgresActivityStore implements ActivityStore {
  constructor(private readonly dataSource: DataSource) {}

  async add(counts: readonly ActivityCount[]): Promise<void> {
    // In one order in all instances: they wait for each other, and never in a circle.
    const rows = [...counts].sort((a, b) => compare(a.source, b.source) || compare(a.minute, b.minute) || compare(a.outcome, b.outcome))
      .map(({ source, minute, outcome, count, lastAt, lag }) => ({ source, minute, outcome, count, at: lastAt, lag_count: lag.count, lag_ms_sum: lag.sumMs, lag_ms_max: lag.maxMs, lag_ms: lag.lastMs }));
    await this.dataSource.transaction(async (manager) => {
      const given = 'jsonb_to_recordset($1::jsonb) as n(source text, minute timestamptz, outcome text, count bigint, at timestamptz, lag_count bigint, lag_ms_sum bigint, lag_ms_max bigint, lag_ms bigint)';
      // A source that is removed meanwhile waits until this is done, and takes it along.
      const there = 'where exists (select 1 from source s where s.source = n.source for key share)';
      await manager.query(
        `insert into source_activity as a (source, minute, outcome, count, lag_count, lag_ms_sum, lag_ms_max)
         select n.source, n.minute, n.outcome, n.count, n.lag_count, n.lag_ms_sum, n.lag_ms_max from ${given} ${there}
         on conflict (source, minute, outcome) do update set count = a.count + excluded.count, lag_count = a.lag_count + excluded.lag_count,
           lag_ms_sum = a.lag_ms_sum + excluded.lag_ms_sum, lag_ms_max = greatest(a.lag_ms_max, excluded.lag_ms_max)`, [JSON.stringify(rows)]);
      await manager.query(
        `insert into source_last as l (source, outcome, at, lag_ms)
         select distinct on (n.source, n.outcome) n.source, n.outcome, n.at, n.lag_ms from ${given} ${there} order by n.source, n.outcome, n.at desc
         on conflict (source, outcome) do update set at = excluded.at, lag_ms = coalesce(excluded.lag_ms, l.lag_ms) where l.at <= excluded.at`, [JSON.stringify(rows)]);
    });
  }

  async read(sources: readonly string[], now: Date): Promise<ReadonlyMap<string, SourceActivity>> {
    const { day, hour, rateFrom, rateTo } = timesAt(now);
    const [tallies, last] = await Promise.all([
      this.dataSource.query<TallyRow[]>(
        `select source, outcome, ${tallySince('$2')} as day, ${tallySince('$3')} as hour, coalesce(sum(count) filter (where minute >= $4 and minute < $5), 0)::integer as lately
         from source_activity where source = any($1) and minute >= $2 group by source, outcome`, [[...sources], day, hour, rateFrom, rateTo]),
      this.dataSource.query<LastRow[]>('select * from source_last where source = any($1)', [[...sources]]),
    ]);
    return new Map(sources.flatMap((source) => {
      const own = last.filter((row) => row.source === source).map(({ outcome, at, lag_ms }) => ({ outcome, at: at.toISOString(), lagMs: lag_ms === null ? null : Number(lag_ms) }));
      return own.length === 0 ? [] : [[source, { tallies: tallies.filter((row) => row.source === source).map(({ outcome, day: lastDay, hour: lastHour, lately }) => ({ outcome, lastDay, lastHour, lately })), last: own }] as const];
    }));
  }

  async forget(before: Date): Promise<void> {
    await this.dataSource.query('delete from source_activity where minute < $1', [before]);
  }
}

/** A `Tally` of the minutes from a time on. */
function tallySince(parameter: string): string {
  const within = `filter (where minute >= ${parameter})`;
  return `jsonb_build_object('count', coalesce(sum(count) ${within}, 0),
    'lag', jsonb_build_object('count', coalesce(sum(lag_count) ${within}, 0), 'sumMs', coalesce(sum(lag_ms_sum) ${within}, 0), 'maxMs', coalesce(max(lag_ms_max) ${within}, 0)))`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
