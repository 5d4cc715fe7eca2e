import { randomUUID } from 'node:crypto';
import type { IncomingRecord } from '@handoff/messaging';
import { createDataSource, MESSAGING_MIGRATIONS, prepareSchema } from '@handoff/persistence';
import { createTestDatabase, type TestDatabase } from '@handoff/testing';
import type { DataSource } from 'typeorm';
import { NOTIFIER_MIGRATIONS } from '../migrations/index.js';
import { missingNotificationsIn, OPEN_NOTIFICATIONS } from './missing-notifications.postgres.js';

const aRecord = (ticketId: string, ticketVersion: number, recipients: readonly object[], type = 'handoff.ticket.routed.v1'): IncomingRecord => ({ topic: 'handoff.routing', partition: 0, offset: '0', key: ticketId, keyBytes: null, value: Buffer.from(JSON.stringify({ ticketId, ticketVersion, recipients })), headers: { ce_type: type, ce_id: 'x' }, timestampMs: '0' });

describe('decisions without a notification', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  const ticketId = randomUUID();

  beforeAll(async () => {
    database = await createTestDatabase();
    dataSource = await createDataSource({ url: database.url, schema: 'notifier', connectionsMax: 2, migrations: [...MESSAGING_MIGRATIONS, ...NOTIFIER_MIGRATIONS] }).initialize();
    await prepareSchema(dataSource, { schema: 'notifier', migrate: true });
    await dataSource.query(`insert into notification (id, ticket_id, ticket_version, destination, purpose, channel, lane, addressee, state, next_attempt_at, created_at)
      values (gen_random_uuid(), $1, 1, 'isv/contoso', 'act', 'mail', 'l', '{}', 'pending', now(), '2026-11-02T08:00:00Z')`, [ticketId]);
  });
  afterAll(async () => {
    await dataSource?.destroy();
    await database?.drop();
  });

  it('are those that name somebody and have none; who names nobody wants none', async () => {
    const records = [aRecord(ticketId, 1, [{}]), aRecord(ticketId, 2, [{}]), aRecord(ticketId, 3, []), aRecord(ticketId, 4, [{}], 'handoff.ticket.acknowledged.v1')];
    expect(await missingNotificationsIn(dataSource)(records)).toEqual([records[1]]);
  });

  it('are told from those that wait, which are open since they were planned', async () => {
    expect(await dataSource.query(OPEN_NOTIFICATIONS)).toEqual([expect.objectContaining({ count: 1, min: new Date('2026-11-02T08:00:00Z') })]);
  });
});
