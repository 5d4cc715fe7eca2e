import { queryWithin } from '@handoff/persistence';
import type { DataSource } from 'typeorm';
import { type RateStore, type SharedBucket, SPENDER_SECONDS, type SpentTokens } from './rate.store.js';

/** Longer than this nobody waits to hear of the others. */
const ANSWER_MS_MAX = 2_000;

/** By the clock of the database, which all instances share. */
export class PostgresRateStore implements RateStore {
  constructor(private readonly dataSource: DataSource) {}

  async settle(instance: string, spent: readonly SpentTokens[]): Promise<readonly SharedBucket[]> {
    // In one order in all instances: they wait for each other, and never in a circle.
    const given = [...spent].sort((a, b) => (a.source < b.source ? -1 : 1)).map(({ source, spent: count, perSecond, capacity }) => ({ source, spent: count, per_second: perSecond, capacity }));
    return queryWithin<SharedBucket[]>(this.dataSource, ANSWER_MS_MAX, SETTLE, [JSON.stringify(given), instance]);
  }

  async forget(): Promise<void> {
    for (const table of ['source_rate', 'source_rate_spender']) await this.dataSource.query(`delete from ${table} where at < now() - interval '1 hour'`);
  }
}

/** A row that is there is filled up for the time since, and then what was spent is taken from it. */
const SETTLE = `
  with given as (
    select * from jsonb_to_recordset($1::jsonb) as g(source text, spent double precision, per_second double precision, capacity double precision)
  ), taken as (
    insert into source_rate_spender as p (source, instance, at)
    select g.source, $2::uuid, clock_timestamp() from given g order by g.source
    on conflict (source, instance) do update set at = excluded.at
  ), shared as (
    insert into source_rate as r (source, tokens, at)
    select g.source, greatest(g.capacity - g.spent, -g.capacity), clock_timestamp() from given g order by g.source
    on conflict (source) do update set at = greatest(r.at, excluded.at), tokens = (
      select greatest(-g.capacity, least(g.capacity, r.tokens + g.per_second * greatest(0, extract(epoch from excluded.at - r.at))) - g.spent)
      from given g where g.source = excluded.source)
    returning r.source, r.tokens
  )
  select s.source, s.tokens, 1 + (
    select count(*)::integer from source_rate_spender p where p.source = s.source and p.instance <> $2::uuid and p.at > now() - interval '${SPENDER_SECONDS} seconds'
  ) as spenders
  from shared s`;
