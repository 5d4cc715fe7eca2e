import type { Accounts, IncomingRecord } from '@handoff/messaging';
import type { DataSource } from 'typeorm';

/** Something that is not at its end yet: what, and since when the oldest of it. */
export interface OpenItem {
  readonly item: string;
  readonly count: number;
  /** `null`: there is none. */
  readonly oldestAt: Date | null;
}

/** Those of these records, all handled, whose effect is missing. A service says what the effect of an event is. */
export type MissingEffects = (records: readonly IncomingRecord[]) => Promise<readonly IncomingRecord[]>;

export interface AuditOptions {
  readonly dataSource: DataSource;
  /** Types that the service leaves alone on purpose. */
  readonly ignoredTypes: ReadonlySet<string>;
  readonly missingEffects: MissingEffects;
  /** Further items of the service, as `select item, count, oldest_at`. */
  readonly openItemsSql?: string;
}

interface StandingRow {
  readonly is_handled: boolean;
  readonly is_set_aside: boolean;
}

/** How it stands with each record: in the inbox, which is written together with what came of it; set aside, or settled by a person. */
const STANDING = `
  select exists (select 1 from inbox i where i.event_id = r.id) as is_handled,
    exists (select 1 from parked p where p.topic = r.topic and p.partition = r.partition and p."offset" = r."offset")
      -- what a person discarded is discarded wherever it was delivered again
      or exists (select 1 from parked_settled p where (p.topic = r.topic and p.partition = r.partition and p."offset" = r."offset") or (p.outcome = 'discarded' and p.headers->>'ce_id' = r.id)) as is_set_aside
  from unnest($1::text[], $2::integer[], $3::bigint[], $4::text[]) with ordinality as r (topic, partition, "offset", id, n) order by n`;

const OPEN_ITEMS = `
  select 'outgoing' as item, count(*)::integer as count, min(created_at) as oldest_at from outbox
  union all select 'set-aside', count(*)::integer, min(parked_at) from parked
  union all select 'unaccounted', count(*)::integer, min(appended_at) from audit_finding`;

/** Answers for a service, by its own tables. */
export class PostgresAudit implements Accounts {
  private beganAtMs: number | undefined;

  constructor(private readonly options: AuditOptions) {}

  async unaccounted(records: readonly IncomingRecord[]): Promise<readonly IncomingRecord[]> {
    const beganAtMs = await this.began();
    const asked = records.filter((record) => Number(record.timestampMs) >= beganAtMs && !this.options.ignoredTypes.has(headerOf(record, 'ce_type') ?? ''));
    if (asked.length === 0) return [];
    const standing = await this.options.dataSource.query<StandingRow[]>(STANDING, [asked.map(({ topic }) => topic), asked.map(({ partition }) => partition), asked.map(({ offset }) => offset), asked.map((record) => headerOf(record, 'ce_id'))]);
    const notSetAside = asked.flatMap((record, index) => (standing[index]?.is_set_aside === true ? [] : [{ record, isHandled: standing[index]?.is_handled === true }]));
    const handled = notSetAside.filter(({ isHandled }) => isHandled).map(({ record }) => record);
    const withoutEffect = new Set(handled.length === 0 ? [] : await this.options.missingEffects(handled));
    return notSetAside.filter(({ record, isHandled }) => !isHandled || withoutEffect.has(record)).map(({ record }) => record);
  }

  async keep(records: readonly IncomingRecord[]): Promise<void> {
    await this.options.dataSource.query(
      `insert into audit_finding (topic, partition, "offset", event_id, key, appended_at)
       select topic, partition, "offset", id, key, to_timestamp(ms / 1000.0) from unnest($1::text[], $2::integer[], $3::bigint[], $4::text[], $5::text[], $6::bigint[]) as r (topic, partition, "offset", id, key, ms)
       on conflict do nothing`,
      [records.map(({ topic }) => topic), records.map(({ partition }) => partition), records.map(({ offset }) => offset), records.map((record) => headerOf(record, 'ce_id')), records.map(({ key }) => key?.replaceAll('\0', '') ?? null), records.map(({ timestampMs }) => timestampMs)]);
  }

  /** What is open now. What was found and has been handled since is forgotten first. */
  async openItems(): Promise<readonly OpenItem[]> {
    const { dataSource, openItemsSql } = this.options;
    await dataSource.query('delete from audit_finding f using inbox i where i.event_id = f.event_id and i.accepted_at > f.found_at');
    const rows = await dataSource.query<{ item: string; count: number; oldest_at: Date | null }[]>(openItemsSql === undefined ? OPEN_ITEMS : `${OPEN_ITEMS} union all ${openItemsSql}`);
    return rows.map(({ item, count, oldest_at: oldestAt }) => ({ item, count, oldestAt }));
  }

  private async began(): Promise<number> {
    if (this.beganAtMs !== undefined) return this.beganAtMs;
    const [row] = await this.options.dataSource.query<{ began_at: Date }[]>('select began_at from audit_begin');
    this.beganAtMs = row?.began_at.getTime() ?? 0;
    return this.beganAtMs;
  }
}

function headerOf({ headers }: IncomingRecord, name: string): string | null {
  const value = headers[name];
  // PostgreSQL takes no text with a zero in it; nor has any of ours one.
  return (Array.isArray(value) ? value[0] : value)?.toString().replaceAll('\0', '') ?? null;
}
