import type { IncomingRecord } from '@handoff/messaging';
import { createTestDatabase, type TestDatabase } from '@handoff/testing';
import type { DataSource } from 'typeorm';
import { createDataSource } from '../postgres/data-source.js';
import { MESSAGING_MIGRATIONS } from '../postgres/messaging.migration.js';
import { prepareSchema } from '../postgres/migrate.js';
import { type AuditOptions, PostgresAudit } from './postgres.audit.js';

const SCHEMA = 'audited';
const IN_AN_HOUR_MS = Date.now() + 3_600_000;

const aRecord = (offset: number, parts: { type?: string; timestampMs?: number; id?: string | null } = {}): IncomingRecord => {
  const { type = 'handoff.ticket.received.v1', timestampMs = IN_AN_HOUR_MS, id = `event-${offset}` } = parts;
  return { topic: 'handoff.intake', partition: 3, offset: String(offset), key: 'k', keyBytes: Buffer.from('k'), value: Buffer.from('{}'), headers: { ce_type: type, ...(id === null ? {} : { ce_id: Buffer.from(id) }) }, timestampMs: String(timestampMs) };
};

describe('what a service has to show for its records', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  const audit = (options: Partial<AuditOptions> = {}): PostgresAudit => new PostgresAudit({ dataSource, ignoredTypes: new Set(['ignored']), missingEffects: () => Promise.resolve([]), ...options });
  const offsetsOf = (records: readonly IncomingRecord[]): string[] => records.map(({ offset }) => offset);

  beforeAll(async () => {
    database = await createTestDatabase();
    dataSource = await createDataSource({ url: database.url, schema: SCHEMA, connectionsMax: 2, migrations: MESSAGING_MIGRATIONS }).initialize();
    await prepareSchema(dataSource, { schema: SCHEMA, migrate: true });
  });
  beforeEach(() => dataSource.query('truncate inbox, parked, parked_settled, audit_finding'));
  afterAll(async () => {
    await dataSource?.destroy();
    await database?.drop();
  });

  const park = (offset: number, settled = false): Promise<unknown> =>
    dataSource.query(settled
      ? `insert into parked_settled (seq, topic, partition, "offset", headers, code, detail, outcome) values ($1::bigint, 'handoff.intake', 3, $1::bigint, json_build_object('ce_id', 'event-' || $1::bigint), 'c', 'd', 'discarded')`
      : `insert into parked (topic, partition, "offset", headers, code, detail) values ('handoff.intake', 3, $1, '{}', 'c', 'd')`, [offset]);

  it('is the inbox, or a reason why not: everything else is unaccounted for', async () => {
    await dataSource.query("insert into inbox (event_id) values ('event-1')");
    await park(2);
    await park(3, true);
    const records = [aRecord(1), aRecord(2), aRecord(3), aRecord(4), aRecord(5, { type: 'ignored' }), aRecord(6, { id: null })];
    expect(offsetsOf(await audit().unaccounted(records))).toEqual(['4', '6']);
  });

  it('is nothing for records from before there was an audit', async () => {
    expect(await audit().unaccounted([aRecord(1, { timestampMs: Date.now() - 86_400_000 })])).toEqual([]);
  });

  it('is not enough where a handled event has no effect, unless it was discarded', async () => {
    await dataSource.query("insert into inbox (event_id) values ('event-1'), ('event-2'), ('event-3')");
    await park(3, true);
    const without = audit({ missingEffects: (records) => Promise.resolve(records.filter(({ offset }) => offset !== '1')) });
    expect(offsetsOf(await without.unaccounted([aRecord(1), aRecord(2), aRecord(3), aRecord(9, { id: 'event-3' })]))).toEqual(['2']);
  });

  it('is kept as lost once, and open until the event is handled after all', async () => {
    const open = async () => Object.fromEntries((await audit().openItems()).map(({ item, count, oldestAt }) => [item, [count, oldestAt?.getTime() ?? null]]));
    await audit().keep([aRecord(7), aRecord(8)]);
    await audit().keep([aRecord(7)]);
    await park(9);
    expect(await open()).toMatchObject({ unaccounted: [2, IN_AN_HOUR_MS], 'set-aside': [1, expect.any(Number)], outgoing: [0, null] });
    await dataSource.query("insert into inbox (event_id) values ('event-7')");
    expect(await open()).toMatchObject({ unaccounted: [1, IN_AN_HOUR_MS] });
  });
});
