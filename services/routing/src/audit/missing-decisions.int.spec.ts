import { randomUUID } from 'node:crypto';
import type { IncomingRecord } from '@handoff/messaging';
import { createDataSource, MESSAGING_MIGRATIONS, prepareSchema } from '@handoff/persistence';
import { createTestDatabase, type TestDatabase } from '@handoff/testing';
import type { DataSource } from 'typeorm';
import { ROUTING_MIGRATIONS } from '../migrations/index.js';
import { missingDecisionsIn } from './missing-decisions.postgres.js';

const aRecord = (key: string, id: string, type = 'handoff.ticket.received.v1'): IncomingRecord => ({ topic: 'handoff.intake', partition: 0, offset: id, key, keyBytes: null, value: null, headers: { ce_type: type, ce_id: id }, timestampMs: '0' });

describe('events without a decision', () => {
  let database: TestDatabase;
  let dataSource: DataSource;

  beforeAll(async () => {
    database = await createTestDatabase();
    dataSource = await createDataSource({ url: database.url, schema: 'routing', connectionsMax: 2, migrations: [...MESSAGING_MIGRATIONS, ...ROUTING_MIGRATIONS] }).initialize();
    await prepareSchema(dataSource, { schema: 'routing', migrate: true });
  });
  afterAll(async () => {
    await dataSource?.destroy();
    await database?.drop();
  });

  it('are those of a ticket that no decision names; other types have none', async () => {
    const [first, second] = [randomUUID(), randomUUID()];
    await dataSource.query(`insert into decision (ticket_id, ticket_version, event_id, change, queue, decision, decided_at) values ($1, 1, 'a', 'created', 'triage', '{}', now())`, [first]);
    const news = randomUUID();
    await dataSource.query('insert into copy_event (event_id, copy_id, held_at) values ($1, $2, now())', [news, second]);
    const missing = await missingDecisionsIn(dataSource)([aRecord(first, 'a'), aRecord(first, 'b'), aRecord(second, 'a'), aRecord(second, news), aRecord('offer', 'c', 'handoff.health-notice.received.v1')]);
    expect(missing.map(({ key, offset }) => [key, offset])).toEqual([[first, 'b']]);
  });
});
