import { type EventPublisher, MemoryDatabase, MemoryOutboxStore, MemoryTransactions, OutboxPublisher } from '@handoff/messaging';
import { describeTransactionsContract } from './transactions.contract.js';

describeTransactionsContract('memory', () => {
  const database = new MemoryDatabase();
  const opened: (() => Promise<void>)[] = [];
  let owners = 0;
  return Promise.resolve({
    instance: async (publish) => {
      const publisher: EventPublisher = { publish, check: () => Promise.resolve(), close: () => Promise.resolve() };
      const store = new MemoryOutboxStore(database, `owner-${(owners += 1)}`);
      const outbox = new OutboxPublisher({ store, publisher, sweepIntervalMs: 3_600_000, onError: () => undefined });
      await outbox.start();
      opened.push(() => outbox.close(0));
      return { transactions: new MemoryTransactions(database, outbox), outbox, die: () => store.close() };
    },
    outboxSize: () => Promise.resolve(database.tables.outbox.size),
    close: async () => {
      for (const close of opened.splice(0)) await close();
    },
  });
});
