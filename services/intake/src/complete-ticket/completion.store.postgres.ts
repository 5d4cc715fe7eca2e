import type { Change, TicketFields } from '@handoff/contracts';
import { queryWithin } from '@handoff/persistence';
import type { DataSource } from 'typeorm';
import { askedTogether, type Completion, type CompletionAsk, type CompletionStanding, type FailedAttempt, ticketOf } from './completion.js';
import type { ClaimQuery, CompletionStore } from './completion.store.js';

interface Row {
  source: string;
  external_id: string;
  external_url: string | null;
  change: Change;
  occurred_at: Date;
  fields: TicketFields;
  traceparent: string;
  asked_at: Date;
  asks: string;
  claim: string;
  attempts: number;
}

interface StandingRow {
  source: string;
  waiting: number;
  oldest_asked_at: Date | null;
  last_problem: string | null;
  given_up: number;
  last_given_up: { externalId: string; at: string; problem: string } | null;
}

/** A webhook waits for it. */
const ASK_MS_MAX = 1_000;

export class PostgresCompletionStore implements CompletionStore {
  constructor(private readonly dataSource: DataSource) {}

  async ask(asks: readonly CompletionAsk[], { now, dueAt }: { now: Date; dueAt: Date }): Promise<void> {
    const byTicket = new Map<string, CompletionAsk>();
    for (const ask of asks) byTicket.set(ticketOf(ask), askedTogether(byTicket.get(ticketOf(ask)) ?? ask, ask));
    // In one order in all instances: they wait for each other, and never in a circle.
    const rows = [...byTicket.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { source, externalId, externalUrl, change, occurredAt, fields, traceparent }]) => ({ source, external_id: externalId, external_url: externalUrl, change, occurred_at: occurredAt, fields, traceparent }));
    await queryWithin(this.dataSource, ASK_MS_MAX, `
      insert into completion as c (source, external_id, external_url, change, occurred_at, fields, traceparent, asked_at, due_at)
      select n.source, n.external_id, n.external_url, n.change, n.occurred_at, n.fields, n.traceparent, $2, $3
      from jsonb_to_recordset($1::jsonb) as n(source text, external_id text, external_url text, change text, occurred_at timestamptz, fields jsonb, traceparent text)
      where exists (select 1 from source s where s.source = n.source for key share)
      on conflict (source, external_id) do update set asks = c.asks + 1, attempts = 0, traceparent = excluded.traceparent, fields = c.fields || excluded.fields, occurred_at = greatest(c.occurred_at, excluded.occurred_at),
        external_url = coalesce(excluded.external_url, c.external_url), change = case when c.change = 'created' then c.change else excluded.change end,
        asked_at = case when c.due_at is null then excluded.asked_at else c.asked_at end, due_at = coalesce(c.due_at, excluded.due_at), given_up_at = null`,
    [JSON.stringify(rows), now, dueAt]);
  }

  async claim({ now, until, count, except }: ClaimQuery): Promise<readonly Completion[]> {
    const [rows] = await this.dataSource.query<[Row[], number]>(`
      with chosen as (
        select c.source from completion c join source s on s.source = c.source
        where c.due_at <= $1 and s.paused_at is null and s.api is not null and c.source <> all($4::text[])
        order by c.due_at limit 1
      ), due as (
        select c.source, c.external_id from completion c
        where c.source = (select source from chosen) and c.due_at <= $1 order by c.due_at limit $3 for update skip locked
      )
      update completion c set due_at = $2, claim = c.claim + 1 from due
      where c.source = due.source and c.external_id = due.external_id
      returning c.source, c.external_id, c.external_url, c.change, c.occurred_at, c.fields, c.traceparent, c.asked_at, c.asks, c.claim, c.attempts`, [now, until, count, [...except]]);
    return rows.map(completionOf);
  }

  async done({ source, externalId, claim, asks }: Completion, now: Date): Promise<void> {
    const [removed] = await this.dataSource.query<[unknown[], number]>('delete from completion where source = $1 and external_id = $2 and claim = $3 and asks = $4 returning 1', [source, externalId, claim, asks]);
    if (removed.length > 0) return;
    await this.dataSource.query('update completion set due_at = $4, asked_at = $4, problem = null where source = $1 and external_id = $2 and claim = $3 and due_at is not null', [source, externalId, claim, now]);
  }

  async failed({ source, externalId, claim }: Completion, { attempts, dueAt, problem }: FailedAttempt, now: Date): Promise<void> {
    await this.dataSource.query('update completion set attempts = $4, due_at = $5, given_up_at = $6, problem = $7 where source = $1 and external_id = $2 and claim = $3', [source, externalId, claim, attempts, dueAt, dueAt === null ? now : null, problem]);
  }

  async reviveChanged(now: Date): Promise<number> {
    const [, revived] = await this.dataSource.query<[unknown[], number]>('update completion c set due_at = $1, asked_at = $1, attempts = 0, given_up_at = null from source s where s.source = c.source and c.given_up_at < s.updated_at', [now]);
    return revived;
  }

  async standing(sources: readonly string[] | 'all'): Promise<ReadonlyMap<string, CompletionStanding>> {
    const rows = await this.dataSource.query<StandingRow[]>(`
      select source, count(due_at)::integer as waiting, min(asked_at) filter (where due_at is not null) as oldest_asked_at,
        (array_agg(problem order by due_at) filter (where due_at is not null and problem is not null))[1] as last_problem, count(given_up_at)::integer as given_up,
        (array_agg(jsonb_build_object('externalId', external_id, 'at', given_up_at, 'problem', problem) order by given_up_at desc) filter (where given_up_at is not null))[1] as last_given_up
      from completion where $1::text[] is null or source = any($1) group by source`, [sources === 'all' ? null : [...sources]]);
    return new Map(rows.map((row) => [row.source, standingOf(row)]));
  }

  async forget(givenUpBefore: Date): Promise<void> {
    await this.dataSource.query('delete from completion c using source s where s.source = c.source and (c.given_up_at < $1 or s.api is null)', [givenUpBefore]);
  }
}

function completionOf(row: Row): Completion {
  return {
    source: row.source, externalId: row.external_id, externalUrl: row.external_url, change: row.change, occurredAt: row.occurred_at.toISOString(), fields: row.fields, traceparent: row.traceparent,
    askedAt: row.asked_at.toISOString(), attempts: row.attempts, claim: row.claim, asks: row.asks,
  };
}

function standingOf(row: StandingRow): CompletionStanding {
  const given = row.last_given_up;
  return {
    waiting: row.waiting, oldestAskedAt: row.oldest_asked_at?.toISOString() ?? null, lastProblem: row.last_problem, givenUp: row.given_up,
    lastGivenUp: given === null ? null : { ...given, at: new Date(given.at).toISOString() },
  };
}
