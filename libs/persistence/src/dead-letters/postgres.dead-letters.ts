import { retriesLeft, type Transaction, type Transactions } from '@handoff/messaging';
import type { EntityManager } from 'typeorm';
import { type KeptRecordRow, keptRecordOf, settle } from '../postgres/postgres.parking.js';
import { managerOf } from '../postgres/postgres.transactions.js';
import type { Asked, DeadLetter, DeadLetterCause, DeadLetterQuery, DeadLetterRefusal, DeadLetterState, DeadLetterSummary } from './dead-letter.js';
import { HISTORY_ADDED, type HistoryEntry, historyJson } from './history.js';

interface SummaryRow {
  seq: string; id: string; state: DeadLetterState; topic: string; partition: number; offset: string; key: string | null; type: string | null; event_id: string | null;
  code: string; detail: string; error_name: string | null; attempts: number; parked_at: Date; dead_at: Date | null; retry_at: Date | null;
  waits_for: string | null; behind: string; is_edited: boolean; settled_at: Date | null; settled_by: string | null; note: string | null;
}

interface LetterRow extends SummaryRow, KeptRecordRow {
  edited_value: Buffer | null;
  history: HistoryEntry[];
}

/** One retry of all by reason asks for so many at most; the next call asks for more. */
export const RETRIED_AT_ONCE_MAX = 10_000;
const CAUSES_MAX = 500;

const LISTED = `seq, id, topic, partition, "offset", key, headers ->> 'ce_type' as type, headers ->> 'ce_id' as event_id,
  code, detail, error_name, attempts, parked_at, dead_at, retry_at, edited_value is not null as is_edited`;
const WHOLE = 'key_bytes, value, headers, header_pairs, timestamp_ms, edited_value, history';

/** Everything that is or was set aside, with its state and its place among the events of its ticket. */
const lettersWith = (columns: string): string => `
  select l.*, case when outcome is not null then outcome when waits_for is not null then 'waiting' when retry_at is null then 'dead' else 'retrying' end as state
  from (
    select p.*, (select e.id from parked e where e.key = p.key and e.seq < p.seq order by e.seq limit 1) as waits_for, (select count(*) from parked b where b.key = p.key and b.seq > p.seq) as behind
    from (select ${columns}, null::text as outcome, null::timestamptz as settled_at, null::text as settled_by, null::text as note from parked) p
    union all
    select s.*, null as waits_for, 0 as behind from (select ${columns}, outcome, settled_at, settled_by, note from parked_settled) s
  ) l`;

/** The events that a service set aside, for the people who look after them. */
export class PostgresDeadLetters {
  constructor(private readonly transactions: Transactions) {}

  /** The latest first. `position` is where a further page begins. */
  async list({ state, reason, topic, type, ticketId, before, limit }: DeadLetterQuery): Promise<readonly { readonly position: string; readonly summary: DeadLetterSummary }[]> {
    const rows = await this.query<SummaryRow>(
      `select * from (${lettersWith(LISTED)}) found
       where ($1::text is null or state = $1) and ($2::text is null or code = $2) and ($3::text is null or topic = $3)
         and ($4::text is null or type = $4) and ($5::text is null or key = $5) and ($6::bigint is null or seq < $6)
       order by seq desc limit $7`, [state, reason, topic, type, ticketId, before, limit]);
    return rows.map((row) => ({ position: row.seq, summary: summaryOf(row) }));
  }

  async find(id: string): Promise<DeadLetter | null> {
    const [row] = await this.query<LetterRow>(`select * from (${lettersWith(`${LISTED}, ${WHOLE}`)}) found where id = $1`, [id]);
    return row === undefined ? null : { ...summaryOf(row), record: keptRecordOf(row), editedValue: row.edited_value, history: row.history };
  }

  /** Has it tried at once, with this value where one is given. The value as it came is kept. */
  retry(id: string, { editedValue, ...asked }: Asked & { readonly editedValue: Buffer | null }, now: Date): Promise<DeadLetterRefusal | null> {
    return this.transactions.run(async (tx) => {
      const found = await this.locked(id, tx);
      if ('refused' in found) return found;
      if (found.waits_for !== null) return { refused: 'waits', waitsFor: found.waits_for };
      const entry = entryOf(editedValue === null ? 'retry-asked' : 'edited', asked, now);
      await managerOf(tx).query(`update parked set retry_at = $2, edited_value = coalesce($3, edited_value), history = ${HISTORY_ADDED('$4')} where seq = $1`, [found.seq, now, editedValue, historyJson(entry)]);
      return null;
    });
  }

  /** Has all of a reason tried at once, except what waits behind others: that follows by itself. With `since` those that were set aside from then on. */
  async retryAll({ reason, since }: { readonly reason: string; readonly since: Date | null }, asked: Asked, now: Date): Promise<{ readonly retrying: number; readonly hasMore: boolean }> {
    return this.transactions.run(async (tx) => {
      const [rows] = await managerOf(tx).query<[{ seq: string }[], number]>(
        `update parked set retry_at = $2, history = ${HISTORY_ADDED('$3')}
         where seq in (select seq from parked where code = $1 and (retry_at is null or retry_at > $2) and ($5::timestamptz is null or parked_at >= $5) order by seq limit $4 for update skip locked) returning seq`,
        [reason, now, historyJson(entryOf('retry-asked', asked, now)), RETRIED_AT_ONCE_MAX, since]);
      return { retrying: rows.length, hasMore: rows.length === RETRIED_AT_ONCE_MAX };
    });
  }

  /** Gives it up for good. Later events of its ticket go on, and should it be delivered again it is not handled. */
  discard(id: string, asked: Asked): Promise<DeadLetterRefusal | null> {
    return this.transactions.run(async (tx) => {
      const found = await this.locked(id, tx);
      if ('refused' in found) return found;
      if (found.event_id !== null) await tx.inbox.accept([found.event_id]);
      await settle(managerOf(tx), found.seq, { outcome: 'discarded', ...asked });
      return null;
    });
  }

  /** How many are set aside, by state. */
  async counts(): Promise<Readonly<Record<'retrying' | 'waiting' | 'dead', number>>> {
    const [row] = await this.query<Record<'retrying' | 'waiting' | 'dead', string>>(
      `select count(*) filter (where code = 'behind-parked') as waiting, count(*) filter (where code <> 'behind-parked' and retry_at is not null) as retrying,
         count(*) filter (where retry_at is null) as dead from parked`, []);
    return { retrying: Number(row?.retrying ?? 0), waiting: Number(row?.waiting ?? 0), dead: Number(row?.dead ?? 0) };
  }

  /** What is set aside, since then if a time is given, by why; the most frequent first. */
  async causes(since: Date | null): Promise<readonly DeadLetterCause[]> {
    const rows = await this.query<{ code: string; state: DeadLetterCause['state']; type: string | null; records: string; detail: string; first_at: Date; last_at: Date; retry_at: Date | null }>(
      `select code, state, type, count(*) as records, (array_agg(detail order by seq desc))[1] as detail, min(parked_at) as first_at, max(parked_at) as last_at, min(retry_at) filter (where state = 'retrying') as retry_at
       from (select *, headers ->> 'ce_type' as type, case when code = 'behind-parked' then 'waiting' when retry_at is null then 'dead' else 'retrying' end as state from parked where $1::timestamptz is null or parked_at >= $1) p
       group by code, state, type order by count(*) desc, code, state, type limit ${CAUSES_MAX}`, [since]);
    return rows.map((row) => ({
      reason: row.code, state: row.state, type: row.type, records: Number(row.records), detail: row.detail, firstAt: row.first_at.toISOString(), lastAt: row.last_at.toISOString(), nextRetryAt: row.retry_at?.toISOString() ?? null,
    }));
  }

  /** Deletes what was settled before then. */
  async forgetSettled(before: Date): Promise<void> {
    await this.query('delete from parked_settled where settled_at < $1', [before]);
  }

  private async locked(id: string, tx: Transaction): Promise<{ readonly seq: string; readonly event_id: string | null; readonly waits_for: string | null } | DeadLetterRefusal> {
    const manager: EntityManager = managerOf(tx);
    const [row] = await manager.query<{ seq: string; event_id: string | null; waits_for: string | null }[]>(
      `select seq, headers ->> 'ce_id' as event_id, (select e.id from parked e where e.key = p.key and e.seq < p.seq order by e.seq limit 1) as waits_for
       from parked p where id = $1 for update skip locked`, [id]);
    if (row !== undefined) return row;
    const [settled] = await manager.query<{ outcome: 'retried' | 'discarded' }[]>('select outcome from parked_settled where id = $1', [id]);
    if (settled !== undefined) return { refused: 'settled', state: settled.outcome };
    const [busy] = await manager.query<unknown[]>('select 1 from parked where id = $1', [id]);
    return { refused: busy === undefined ? 'unknown' : 'busy' };
  }

  private query<Row>(sql: string, parameters: readonly unknown[]): Promise<Row[]> {
    return this.transactions.run((tx) => managerOf(tx).query<Row[]>(sql, parameters.map((parameter) => parameter ?? null)));
  }
}

function entryOf(what: HistoryEntry['what'], { by, note }: Asked, now: Date): HistoryEntry {
  return { at: now.toISOString(), what, ...(by === null ? {} : { by }), ...(note === null ? {} : { note }) };
}

function summaryOf(row: SummaryRow): DeadLetterSummary {
  return {
    id: row.id, state: row.state, reason: row.code, detail: row.detail, errorName: row.error_name, topic: row.topic, partition: row.partition, offset: row.offset,
    ticketId: row.key, type: row.type, eventId: row.event_id, attempts: row.attempts, attemptsLeft: row.state === 'retrying' && row.retry_at !== null ? retriesLeft(row.attempts) : 0, setAsideAt: row.parked_at.toISOString(), deadAt: row.dead_at?.toISOString() ?? null,
    nextRetryAt: row.state === 'retrying' ? (row.retry_at?.toISOString() ?? null) : null, waitsFor: row.waits_for, behind: Number(row.behind), isEdited: row.is_edited,
    settled: row.settled_at === null ? null : { at: row.settled_at.toISOString(), by: row.settled_by, note: row.note },
  };
}
