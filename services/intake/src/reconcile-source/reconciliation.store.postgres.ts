import type { DataSource } from 'typeorm';
import { type PollClaim, type PollEnd, type ReconciliationStanding, standingOf } from './reconciliation.js';
import type { Progress, ReconciliationStore } from './reconciliation.store.js';

interface StandingRow {
  source: string;
  read_up_to: Date;
  last_success_at: Date | null;
  problem: string | null;
  problem_at: Date | null;
  found: string;
}

const IS_POLLED = 's.reconcile_every_seconds is not null and s.api is not null';
/** Because the process of the last poll died, the source was changed since that failed, by what it left, or by the source's interval. */
const IS_DUE = `(r.claimed_until <= $1 or r.problem_at < s.updated_at or coalesce(r.retry_at, r.started_at + s.reconcile_every_seconds * interval '1 second', $1) <= $1)`;

export class PostgresReconciliationStore implements ReconciliationStore {
  constructor(private readonly dataSource: DataSource) {}

  async claim({ now, until, lookBack }: { now: Date; until: Date; lookBack: Date }): Promise<PollClaim | null> {
    await this.dataSource.query(`insert into reconciliation (source, read_up_to) select s.source, greatest(s.created_at, $1) from source s where ${IS_POLLED} on conflict do nothing`, [lookBack]);
    const [[row]] = await this.dataSource.query<[{ source: string; read_up_to: Date; failures: number; claim: string; every_seconds: number }[], number]>(`
      update reconciliation r set claim = r.claim + 1, claimed_until = $2, started_at = $1
      where r.source = (
        select r.source from reconciliation r join source s on s.source = r.source
        where ${IS_POLLED} and s.paused_at is null and (r.claimed_until is null or r.claimed_until <= $1) and ${IS_DUE}
        order by r.started_at nulls first limit 1 for update of r skip locked)
      returning r.source, r.read_up_to, r.failures, r.claim, (select s.reconcile_every_seconds from source s where s.source = r.source) as every_seconds`, [now, until]);
    return row === undefined ? null : { source: row.source, readUpTo: row.read_up_to, everySeconds: row.every_seconds, failures: row.failures, claim: row.claim };
  }

  async keep({ source, claim }: PollClaim, { readUpTo, found = 0, until }: Progress): Promise<boolean> {
    const [, kept] = await this.dataSource.query<[unknown[], number]>(`
      update reconciliation set read_up_to = greatest(read_up_to, $3), found = found + $4, claimed_until = $5
      where source = $1 and claim = $2 and claimed_until is not null`, [source, claim, readUpTo ?? null, found, until]);
    return kept > 0;
  }

  async finish({ source, claim }: PollClaim, end: PollEnd, now: Date): Promise<void> {
    const isFailed = end.kind === 'failed';
    await this.dataSource.query(`
      update reconciliation set claimed_until = null, read_up_to = greatest(read_up_to, $3), last_success_at = coalesce($4, last_success_at), retry_at = $5,
        problem = $6, problem_at = $7, failures = case when $6::text is null then 0 else failures + 1 end
      where source = $1 and claim = $2`,
    [source, claim, end.kind === 'complete' ? end.readUpTo : null, end.kind === 'complete' ? now : null, isFailed ? end.retryAt : end.kind === 'interrupted' ? now : null, isFailed ? end.problem : null, isFailed ? now : null]);
  }

  async standing(sources: readonly string[] | 'all', now: Date): Promise<ReadonlyMap<string, ReconciliationStanding>> {
    const rows = await this.dataSource.query<StandingRow[]>(`
      select r.source, r.read_up_to, r.last_success_at, r.problem, r.problem_at, r.found from reconciliation r join source s on s.source = r.source
      where ${IS_POLLED} and s.paused_at is null and ($1::text[] is null or r.source = any($1))`, [sources === 'all' ? null : [...sources]]);
    return new Map(rows.map((row) => [row.source, standingOf({ readUpTo: row.read_up_to, lastSuccessAt: row.last_success_at, problem: row.problem, problemAt: row.problem_at, found: Number(row.found) }, now)]));
  }

  async forget(): Promise<void> {
    await this.dataSource.query(`delete from reconciliation r using source s where s.source = r.source and not (${IS_POLLED})`);
  }
}
