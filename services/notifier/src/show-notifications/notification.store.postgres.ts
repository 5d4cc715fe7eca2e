import type { DataSource } from 'typeorm';
import { attemptsLeftAfter } from '../deliver/disposition.decision.js';
import type { Letter } from '../letters/letter.js';
import { COLUMNS, notificationOf, type NotificationRow } from '../notification/notification.row.js';
import { CHANNEL_DISABLED } from '../notification/notification.js';
import type { Attempt, MessageFacts, State, Target, Told } from '../notification/notification.js';
import { isResendable, type NotificationCause, type NotificationFilter, type NotificationRecord, type NotificationStore, UNDELIVERED_CODES } from './notification.store.js';

interface RecordRow extends NotificationRow {
  readonly seq: string;
  readonly state: State;
  readonly code: string | null;
  readonly detail: string | null;
  readonly receipt: string | null;
  readonly overtakes: boolean;
  readonly suppression_id: string | null;
  readonly summary_id: string | null;
  readonly step: number;
  readonly next_attempt_at: Date;
  readonly created_at: Date;
  readonly finished_at: Date | null;
  readonly tries: readonly Attempt[] | null;
}

interface CauseRow extends Pick<NotificationCause, 'state' | 'code' | 'channel' | 'destination' | 'notifications' | 'detail'> {
  readonly first_at: Date;
  readonly last_at: Date;
  readonly next_attempt_at: Date | null;
}

const CAUSES_MAX = 500;

const SELECT = `
  select ${COLUMNS.map((column) => `n.${column}`).join(', ')}, n.seq, n.state, n.code, n.detail, n.receipt, n.overtakes, n.suppression_id, n.summary_id, n.step, n.next_attempt_at, n.created_at, n.finished_at, a.tries
  from notification n left join lateral (
    select json_agg(json_build_object('attempt', attempt, 'at', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'durationMs', duration_ms, 'outcome', outcome, 'code', code, 'detail', detail) order by attempt) as tries
    from attempt where notification_id = n.id
  ) a on true`;

/** As the index has it. */
const UNDELIVERED = `(n.state in ('pending', 'failed') or n.code in (${UNDELIVERED_CODES.map((code) => `'${code}'`).join(', ')}))`;

export class PostgresNotificationStore implements NotificationStore {
  constructor(private readonly dataSource: DataSource) {}

  async list({ ticketId, state, undelivered, destination, suppressionId, code, finishedSince, cursor, limit }: NotificationFilter): Promise<{ readonly items: readonly NotificationRecord[]; readonly next: string | null }> {
    const conditions: string[] = [];
    const parameters: unknown[] = [limit + 1];
    const where = (condition: string, value: unknown): void => {
      if (value != null) conditions.push(condition.replace('?', `$${parameters.push(value)}`));
    };
    where('n.ticket_id = ?', ticketId);
    where('n.state = ?', state);
    where('n.destination = ?', destination);
    where('n.suppression_id = ?', suppressionId);
    where('n.code = ?', code);
    where('n.finished_at >= ?', finishedSince);
    where('n.seq < ?', cursor);
    if (undelivered === true) conditions.push(UNDELIVERED);
    const filter = conditions.length === 0 ? '' : ` where ${conditions.join(' and ')}`;
    const rows = await this.dataSource.query<RecordRow[]>(`${SELECT}${filter} order by n.seq desc limit $1`, parameters);
    const page = rows.slice(0, limit);
    return { items: page.map(recordOf), next: rows.length > limit ? (page.at(-1)?.seq ?? null) : null };
  }

  async causes(since: Date | null): Promise<readonly NotificationCause[]> {
    const rows = await this.dataSource.query<CauseRow[]>(
      `select n.state, n.code, n.channel, n.destination, count(*)::integer as notifications, (array_agg(n.detail order by n.seq desc))[1] as detail,
         min(n.created_at) as first_at, max(n.created_at) as last_at, min(n.next_attempt_at) filter (where n.state = 'pending') as next_attempt_at
       from notification n where ${UNDELIVERED} and n.code is not null and ($1::timestamptz is null or n.finished_at >= $1)
       group by 1, 2, 3, 4 order by 5 desc, 1, 2, 3, 4 limit ${CAUSES_MAX}`, [since]);
    return rows.map(({ first_at, last_at, next_attempt_at, ...row }) => ({
      ...row, firstAt: first_at.toISOString(), lastAt: last_at.toISOString(), nextAttemptAt: next_attempt_at?.toISOString() ?? null, isResendable: isResendable(row),
    }));
  }

  async get(notificationId: string): Promise<NotificationRecord | null> {
    const [row] = await this.dataSource.query<RecordRow[]>(`${SELECT} where n.id = $1`, [notificationId]);
    return row === undefined ? null : recordOf(row);
  }

  async messageFacts(notificationId: string): Promise<MessageFacts | null> {
    const [row] = await this.dataSource.query<(NotificationRow & { readonly facts: Told | Letter; readonly subject_line: string })[]>(
      `select ${COLUMNS.map((column) => `n.${column}`).join(', ')}, r.facts, t.subject_line
       from notification n join routed r using (ticket_id, ticket_version) join ticket t on t.id = n.ticket_id where n.id = $1`, [notificationId]);
    return row === undefined ? null : { notification: notificationOf(row), routed: row.facts, subjectLine: row.subject_line };
  }

  async retry(notificationId: string, { channel, channelId, address }: Target, now: Date): Promise<boolean> {
    const [, count] = await this.dataSource.query<[unknown, number]>(
      `update notification set state = 'pending', step = 0, next_attempt_at = $2, finished_at = null, channel = $3, channel_id = $4, address = $5
       where id = $1 and (state = 'failed' or (state = 'suppressed' and code = '${CHANNEL_DISABLED}'))`, [notificationId, now, channel, channelId, address]);
    return count === 1;
  }
}

function recordOf(row: RecordRow): NotificationRecord {
  return {
    ...notificationOf(row), state: row.state, code: row.code, detail: row.detail, receipt: row.receipt, overtakes: row.overtakes, suppressionId: row.suppression_id, summaryId: row.summary_id,
    nextAttemptAt: row.state === 'pending' ? row.next_attempt_at.toISOString() : null,
    attemptsLeft: row.state === 'pending' ? attemptsLeftAfter(row.step) : 0, createdAt: row.created_at.toISOString(), finishedAt: row.finished_at?.toISOString() ?? null, attempts: row.tries ?? [],
  };
}
