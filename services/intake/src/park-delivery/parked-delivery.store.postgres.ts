import { type Page, pageOf, readCursor } from '@handoff/platform';
import { queryWithin } from '@handoff/persistence';
import type { DataSource, EntityManager } from 'typeorm';
import type { WebhookRequest } from '../adapters/adapter.js';
import type { Failure } from '../receive-webhook/delivery.js';
import type { ParkedDelivery, ParkedRecord } from './parked-delivery.js';
import type { ParkedCause, ParkedDeliveryStore, ParkedChoice, ParkedQuery, Trial } from './parked-delivery.store.js';

interface Row {
  id: string;
  seq: string;
  source: string;
  source_updated_at: Date;
  method: string;
  url: string;
  headers: WebhookRequest['headers'];
  raw_body: Buffer;
  traceparent: string;
  failures: Failure[];
  received_at: Date;
  deliveries: number;
  attempts: number;
  discarded_at: Date | null;
  note: string | null;
}

const COLUMNS = ['id', 'seq', 'source', 'source_updated_at', 'method', 'url', 'headers', 'raw_body', 'traceparent', 'failures', 'received_at', 'deliveries', 'attempts', 'discarded_at', 'note'].map((column) => `p.${column}`).join(', ');
/** A webhook waits for it. */
const PARK_MS_MAX = 2_000;
const CAUSES_MAX = 500;

export class PostgresParkedDeliveryStore implements ParkedDeliveryStore {
  constructor(private readonly dataSource: DataSource) {}

  async park({ id, source, sourceUpdatedAt, request, traceparent, failures, receivedAt }: ParkedDelivery): Promise<void> {
    await queryWithin(this.dataSource, PARK_MS_MAX, `
      insert into parked_delivery as p (id, source, source_updated_at, method, url, headers, raw_body, traceparent, failures, received_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
      on conflict (id) do update set deliveries = p.deliveries + 1, discarded_at = null, note = null, raw_body = excluded.raw_body,
        failures = excluded.failures, source_updated_at = excluded.source_updated_at`,
    [id, source, sourceUpdatedAt, request.method, request.url, JSON.stringify(request.headers), request.rawBody, traceparent, JSON.stringify(failures), receivedAt]);
  }

  async find(id: string): Promise<ParkedRecord | null> {
    const [row] = await this.dataSource.query<Row[]>(`select ${COLUMNS} from parked_delivery p where id = $1`, [id]);
    return row === undefined ? null : recordOf(row);
  }

  async list({ source, code, isDiscarded, cursor, limit }: ParkedQuery): Promise<Page<ParkedRecord>> {
    const [before] = cursor === undefined ? [null] : readCursor(cursor, isSeq);
    const rows = await this.dataSource.query<Row[]>(`
      select ${COLUMNS} from parked_delivery p
      where ($1::text is null or source = $1) and ($2::jsonb is null or failures @> $2) and (discarded_at is not null) = $3 and ($4::bigint is null or seq < $4)
      order by seq desc limit $5`, [source ?? null, failedBy(code), isDiscarded, before, limit + 1]);
    return pageOf(rows.map(recordOf), limit, ({ seq }) => [seq]);
  }

  async counts(): Promise<ReadonlyMap<string, number>> {
    const rows = await this.dataSource.query<{ source: string; parked: number }[]>('select source, count(*)::integer as parked from parked_delivery where discarded_at is null group by source');
    return new Map(rows.map(({ source, parked }) => [source, parked]));
  }

  async causes(since: Date | null): Promise<readonly ParkedCause[]> {
    const rows = await this.dataSource.query<{ source: string; code: string; deliveries: number; detail: string; first_at: Date; last_at: Date }[]>(
      `select source, failures -> 0 ->> 'code' as code, count(*)::integer as deliveries, (array_agg(failures -> 0 ->> 'detail' order by seq desc))[1] as detail, min(received_at) as first_at, max(received_at) as last_at
       from parked_delivery where discarded_at is null and ($1::timestamptz is null or received_at >= $1) group by 1, 2 order by 3 desc, 1, 2 limit ${CAUSES_MAX}`, [since]);
    return rows.map(({ first_at, last_at, ...row }) => ({ ...row, firstAt: first_at.toISOString(), lastAt: last_at.toISOString() }));
  }

  async tryOne(choice: ParkedChoice, trial: (delivery: ParkedRecord) => Promise<Trial>): Promise<ParkedRecord | null> {
    return this.dataSource.transaction(async (manager) => {
      const row = await lockedRow(manager, choice);
      if (row === null) return null;
      const { failures, sourceUpdatedAt } = await trial(recordOf(row));
      if (failures.length === 0) await manager.query('delete from parked_delivery where id = $1', [row.id]);
      else await manager.query('update parked_delivery set failures = $2, source_updated_at = $3, attempts = attempts + 1 where id = $1', [row.id, JSON.stringify(failures), sourceUpdatedAt]);
      return recordOf(row);
    });
  }

  async discard(id: string, note: string, now: Date): Promise<boolean> {
    const [rows] = await this.dataSource.query<[unknown[], number]>("update parked_delivery set discarded_at = $2, note = $3, raw_body = '' where id = $1 and discarded_at is null returning id", [id, now, note]);
    return rows.length > 0;
  }

  async forgetDiscarded(before: Date): Promise<void> {
    await this.dataSource.query('delete from parked_delivery where discarded_at < $1', [before]);
  }
}

async function lockedRow(manager: EntityManager, choice: ParkedChoice): Promise<Row | null> {
  if (choice.by === 'changed-source') {
    const [lock] = await manager.query<{ is_ours: boolean }[]>("select pg_try_advisory_xact_lock(hashtextextended('handoff-parked-' || current_schema(), 0)) as is_ours");
    if (lock?.is_ours !== true) return null;
  }
  const { join = '', where, parameters } = conditionOf(choice);
  const [row] = await manager.query<Row[]>(`select ${COLUMNS} from parked_delivery p ${join} where p.discarded_at is null and ${where} order by p.seq limit 1 for update of p skip locked`, parameters);
  return row ?? null;
}

function conditionOf(choice: ParkedChoice): { readonly join?: string; readonly where: string; readonly parameters: unknown[] } {
  switch (choice.by) {
    case 'id': return { where: 'p.id = $1', parameters: [choice.id] };
    case 'source': return { where: 'p.source = $1 and ($2::jsonb is null or p.failures @> $2) and p.seq > $3 and ($4::timestamptz is null or p.received_at >= $4)', parameters: [choice.source, failedBy(choice.code ?? undefined), choice.afterSeq, choice.since] };
    case 'changed-source': return { join: 'join source s on s.source = p.source', where: 's.updated_at <> p.source_updated_at', parameters: [] };
  }
}

function failedBy(code: string | undefined): string | null {
  return code === undefined ? null : JSON.stringify([{ code }]);
}

function isSeq(parts: readonly unknown[]): parts is readonly [string] {
  return parts.length === 1 && typeof parts[0] === 'string' && /^\d{1,18}$/.test(parts[0]);
}

function recordOf(row: Row): ParkedRecord {
  return {
    id: row.id, seq: row.seq, source: row.source, sourceUpdatedAt: row.source_updated_at.toISOString(),
    request: { method: row.method, url: row.url, headers: row.headers, rawBody: row.raw_body },
    traceparent: row.traceparent, failures: row.failures, receivedAt: row.received_at.toISOString(), deliveries: row.deliveries, attempts: row.attempts,
    discarded: row.discarded_at === null ? null : { at: row.discarded_at.toISOString(), note: row.note ?? '' },
  };
}
