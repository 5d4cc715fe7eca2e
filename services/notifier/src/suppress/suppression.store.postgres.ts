import type { Transaction } from '@handoff/messaging';
import { managerOf } from '@handoff/persistence';
import type { Letter } from '../letters/letter.js';
import { COLUMNS, notificationOf, type NotificationRow } from '../notification/notification.row.js';
import type { Told, UnsentReason } from '../notification/notification.js';
import { type HeldGroup, type Outcome, OVERTAKEN, summarisedDetail, type SuppressionPage, type SuppressionQuery, type SuppressionStore } from './suppression.store.js';
import type { Ended, Match, Suppression, SuppressionState } from './suppression.js';

interface Row {
  readonly id: string;
  readonly seq: string;
  readonly match: Match;
  readonly includes_severity_a: boolean;
  readonly reason: string;
  readonly author: string;
  readonly author_email: string | null;
  readonly from_at: Date;
  readonly until_at: Date;
  readonly created_at: Date;
  readonly ended_at: Date | null;
  readonly ended_by: string | null;
}

interface HeldRow extends NotificationRow {
  readonly facts: Told | Letter;
  readonly subject_line: string;
  readonly is_overtaken: boolean;
  readonly answered_code: string | null;
  readonly answered_detail: string | null;
}

const SHOWN = 'id, seq, match, includes_severity_a, reason, author, author_email, from_at, until_at, created_at, ended_at, ended_by';
const HELD = "n.state = 'suppressed' and n.code = 'held'";
/** With the time of now as $1. */
const STATE_IS: Readonly<Record<SuppressionState, string>> = { scheduled: 'ends_at > $1 and from_at > $1', 'in-force': 'ends_at > $1 and from_at <= $1', ended: 'ends_at <= $1' };

export class PostgresSuppressionStore implements SuppressionStore {
  async add(tx: Transaction, { suppressionId, match, includesSeverityA, reason, author, authorEmail, from, until, createdAt }: Suppression): Promise<void> {
    await managerOf(tx).query(
      'insert into suppression (id, match, includes_severity_a, reason, author, author_email, from_at, until_at, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
      [suppressionId, JSON.stringify(match), includesSeverityA, reason, author, authorEmail, from, until, createdAt]);
  }

  async find(tx: Transaction, suppressionId: string): Promise<Suppression | null> {
    const [row] = await managerOf(tx).query<Row[]>(`select ${SHOWN} from suppression where id = $1`, [suppressionId]);
    return row === undefined ? null : suppressionOf(row);
  }

  async list(tx: Transaction, { state, now, cursor, limit }: SuppressionQuery): Promise<SuppressionPage> {
    const rows = await managerOf(tx).query<Row[]>(
      `select ${SHOWN} from suppression where $1::timestamptz is not null and ($2::bigint is null or seq < $2)${state === null ? '' : ` and ${STATE_IS[state]}`} order by seq desc limit $3`, [now, cursor, limit + 1]);
    const page = rows.slice(0, limit);
    return { items: page.map(suppressionOf), next: rows.length > limit ? (page.at(-1)?.seq ?? null) : null };
  }

  async end(tx: Transaction, suppressionId: string, { at, by }: Ended): Promise<Suppression | null> {
    const [rows] = await managerOf(tx).query<[Row[], number]>(
      `update suppression set ended_at = $2, ended_by = $3 where id = $1 and ends_at > $2 returning ${SHOWN}`, [suppressionId, at, by]);
    return rows[0] === undefined ? null : suppressionOf(rows[0]);
  }

  async open(tx: Transaction, now: Date): Promise<readonly Suppression[]> {
    return (await managerOf(tx).query<Row[]>(`select ${SHOWN} from suppression where ends_at > $1`, [now])).map(suppressionOf);
  }

  async held(tx: Transaction, suppressionIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const rows = await managerOf(tx).query<{ id: string; held: string }[]>(
      `select i.id, (select count(*) from notification n where n.suppression_id = i.id and ${HELD}) as held from unnest($1::uuid[]) i (id)`, [[...suppressionIds]]);
    return new Map(rows.map(({ id, held }) => [id, Number(held)]));
  }

  async takeWarning(tx: Transaction, now: Date, warningMs: number): Promise<Suppression | null> {
    const [rows] = await managerOf(tx).query<[Row[], number]>(
      `update suppression set warned_at = $1 where id = (
         select id from suppression where ends_at > $1 and ends_at <= $2 and warned_at is null and until_at - from_at > $3 * interval '1 millisecond'
         order by ends_at limit 1 for update skip locked)
       returning ${SHOWN}`, [now, new Date(now.getTime() + warningMs), warningMs]);
    return rows[0] === undefined ? null : suppressionOf(rows[0]);
  }

  async takeEnded(tx: Transaction, now: Date, limit: number, passedOver: readonly string[] = []): Promise<HeldGroup | null> {
    // What was planned while it ended may be committed later than its end: whatever it still holds is looked for, not what it held then.
    const [row] = await managerOf(tx).query<Row[]>(
      `select ${SHOWN} from suppression s where ends_at <= $1 and id <> all($2::uuid[]) and exists (select 1 from notification n where n.suppression_id = s.id and ${HELD})
       order by ends_at limit 1 for update skip locked`, [now, [...passedOver]]);
    if (row === undefined) return null;
    const held = await managerOf(tx).query<HeldRow[]>(
      `select ${COLUMNS.map((column) => `n.${column}`).join(', ')}, r.facts, t.subject_line, exists (
         select 1 from notification later where later.ticket_id = n.ticket_id and later.lane = n.lane and later.ticket_version > n.ticket_version and later.state <> 'suppressed') as is_overtaken,
         case when r.facts ->> 'escalation' is not null and t.answered_version > n.ticket_version then t.answered_code end as answered_code, t.answered_detail
       from notification n join routed r using (ticket_id, ticket_version) join ticket t on t.id = n.ticket_id
       where n.suppression_id = $1 and ${HELD} and n.lane = (select n.lane from notification n where n.suppression_id = $1 and ${HELD} order by n.lane limit 1)
       order by n.seq limit $2`, [row.id, limit]);
    return { suppression: suppressionOf(row), held: held.map((one) => ({ notification: notificationOf(one), told: one.facts, subjectLine: one.subject_line, reasonAgainst: reasonAgainst(one) })) };
  }

  async heldInAll(tx: Transaction): Promise<number> {
    const [row] = await managerOf(tx).query<{ held: string }[]>(`select count(*) as held from notification n where ${HELD}`);
    return Number(row?.held ?? 0);
  }

  async settle(tx: Transaction, { released, summarised, suppressed }: Outcome, now: Date): Promise<void> {
    const manager = managerOf(tx);
    if (released.length > 0) {
      await manager.query(`update notification n set state = 'pending', code = null, detail = null, next_attempt_at = $2, finished_at = null where n.id = any($1::uuid[]) and ${HELD}`, [[...released], now]);
    }
    if (summarised !== null) {
      await manager.query(`update notification n set code = 'summarised', detail = $3, summary_id = $2 where n.id = any($1::uuid[]) and ${HELD}`,
        [[...summarised.notificationIds], summarised.summaryId, summarisedDetail(summarised.summaryId)]);
    }
    if (suppressed.length > 0) {
      await manager.query(
        `update notification n set code = o.code, detail = o.detail, suppression_id = coalesce(o.suppression_id, n.suppression_id)
         from json_to_recordset($1::json) as o (id uuid, code text, detail text, suppression_id uuid) where n.id = o.id and ${HELD}`,
        [JSON.stringify(suppressed.map(({ notificationId, suppressed: { code, detail, heldBy } }) => ({ id: notificationId, code, detail, suppression_id: heldBy?.suppressionId ?? null })))]);
    }
  }
}

function reasonAgainst({ is_overtaken, answered_code, answered_detail }: HeldRow): UnsentReason | null {
  if (is_overtaken) return OVERTAKEN;
  return answered_code === null ? null : { code: answered_code, detail: answered_detail ?? '' };
}

function suppressionOf(row: Row): Suppression {
  return {
    suppressionId: row.id, match: row.match, includesSeverityA: row.includes_severity_a, reason: row.reason, author: row.author, authorEmail: row.author_email,
    from: row.from_at.toISOString(), until: row.until_at.toISOString(), createdAt: row.created_at.toISOString(),
    ended: row.ended_at === null ? null : { at: row.ended_at.toISOString(), by: row.ended_by ?? '' },
  };
}
