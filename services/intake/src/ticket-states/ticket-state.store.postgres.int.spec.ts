import { KeyRing } from '@handoff/secrets';
import { TEST_KEYS } from '@handoff/testing';
import { intakeDatabase } from '../intake-database.fixture.js';
import { aSource } from '../sources/source.store.contract.js';
import { PostgresSourceStore } from '../sources/source.store.postgres.js';
import { describeTicketStateStoreContract } from './ticket-state.store.contract.js';
import { PostgresTicketStateStore } from './ticket-state.store.postgres.js';

const opened = intakeDatabase();

describeTicketStateStoreContract('PostgreSQL', async () => {
  await opened.dataSource.query('truncate source cascade');
  const sources = new PostgresSourceStore(opened.dataSource, KeyRing.parse(TEST_KEYS));
  const api = { baseUrl: 'https://api.example', auth: 'bearer' } as const;
  await sources.add(aSource({ api, reconcileEverySeconds: 300 }), null);
  await sources.add(aSource({ source: 'other', api }), null);
  await opened.dataSource.query("insert into reconciliation (source, read_up_to) values ('desk', 'epoch')");
  return {
    store: new PostgresTicketStateStore(opened.dataSource),
    readUpTo: async (time: string) => void (await opened.dataSource.query("update reconciliation set read_up_to = $1 where source = 'desk'", [time])),
  };
});
