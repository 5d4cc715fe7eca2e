import { MemoryDatabase, MemoryTransactions } from '@handoff/messaging';
import { describeForeignTicketStore } from './channels/ticketing/foreign-ticket.store.contract.js';
import { MemoryForeignTicketStore } from './channels/ticketing/foreign-ticket.store.memory.js';
import { describeChannelStore } from './manage-channels/channel.store.contract.js';
import { MemoryChannelStore } from './manage-channels/channel.store.memory.js';
import { describeNotificationStores } from './notification/notification.store.contract.js';
import { MemoryNotificationStore } from './notification/notification.store.memory.js';
import { describeSuppressionStore } from './suppress/suppression.store.contract.js';
import { MemorySuppressionStore } from './suppress/suppression.store.memory.js';

const handOff = { owner: '1', handOff: () => Promise.resolve() };

describeNotificationStores('memory', () => {
  const database = new MemoryDatabase();
  for (const owner of ['1', '2']) database.livingOwners.add(owner);
  const store = new MemoryNotificationStore(database);
  return Promise.resolve({
    transactions: new MemoryTransactions(database, handOff), plans: store, deliveries: store, notifications: store, reminders: store, owner: '1', other: '2',
    killOther: () => Promise.resolve(void database.livingOwners.delete('2')), close: () => Promise.resolve(),
  });
});

describeChannelStore('memory', () => Promise.resolve({ store: new MemoryChannelStore(), transactions: new MemoryTransactions(new MemoryDatabase(), handOff), close: () => Promise.resolve() }));

describeForeignTicketStore('memory', () => Promise.resolve({ store: new MemoryForeignTicketStore(), transactions: new MemoryTransactions(new MemoryDatabase(), handOff), close: () => Promise.resolve() }));
describeSuppressionStore('memory', () => {
  const database = new MemoryDatabase();
  database.livingOwners.add('1');
  const store = new MemoryNotificationStore(database);
  return Promise.resolve({
    transactions: new MemoryTransactions(database, handOff), suppressions: new MemorySuppressionStore(store), plans: store, deliveries: store, notifications: store, owner: '1', close: () => Promise.resolve(),
  });
});
