import { describeTicketStateStoreContract } from './ticket-state.store.contract.js';
import { MemoryTicketStateStore } from './ticket-state.store.memory.js';

describeTicketStateStoreContract('memory', () => {
  const readUpTo = new Map<string, Date | null>([['desk', new Date(0)], ['other', null]]);
  return Promise.resolve({
    store: new MemoryTicketStateStore((source) => Promise.resolve(readUpTo.get(source))),
    readUpTo: (time: string) => Promise.resolve(void readUpTo.set('desk', new Date(time))),
  });
});
