import { MemoryDatabase, MemoryTransactions } from '@handoff/messaging';
import { describeDirectoryStoreContract } from './directory/directory.store.contract.js';
import { MemoryDirectoryStore } from './directory/directory.store.memory.js';
import { describeEntryStoreContract } from './directory/entry.store.contract.js';
import { MemoryEntryStore } from './directory/entry.store.memory.js';
import { describeTicketCopyStoreContract } from './copies/ticket-copy.store.contract.js';
import { MemoryTicketCopyStore } from './copies/ticket-copy.store.memory.js';
import { describeKeyConflictStoreContract } from './key-conflicts/key-conflict.store.contract.js';
import { MemoryKeyConflictStore } from './key-conflicts/key-conflict.store.memory.js';
import { describeMatrixStoreContract } from './matrix/matrix.store.contract.js';
import { MemoryMatrixStore } from './matrix/matrix.store.memory.js';
import { describeServiceRequestStoreContract } from './service-request/service-request.store.contract.js';
import { MemoryServiceRequestStore } from './service-request/service-request.store.memory.js';
import { describeTicketStoreContract } from './tickets/ticket.store.contract.js';
import { MemoryTicketStore } from './tickets/ticket.store.memory.js';

const inMemory = <S>(store: S) => Promise.resolve({ transactions: new MemoryTransactions(new MemoryDatabase(), { owner: '1', handOff: () => Promise.resolve() }), store, close: () => Promise.resolve() });

describeDirectoryStoreContract('memory', () => inMemory(new MemoryDirectoryStore()));
describeTicketStoreContract('memory', () => inMemory(new MemoryTicketStore()));
describeServiceRequestStoreContract('memory', () => inMemory(new MemoryServiceRequestStore()));
describeMatrixStoreContract('memory', () => inMemory(new MemoryMatrixStore()));
describeTicketCopyStoreContract('memory', () => inMemory(new MemoryTicketCopyStore()));
describeKeyConflictStoreContract('memory', () => inMemory(new MemoryKeyConflictStore()));
describeEntryStoreContract('memory', () => {
  const entries = new MemoryEntryStore();
  return inMemory({ entries, directory: new MemoryDirectoryStore(entries) });
});
