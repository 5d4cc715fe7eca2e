import { MemorySourceStore } from '../sources/source.store.memory.js';
import { describeReconciliationStoreContract } from './reconciliation.store.contract.js';
import { MemoryReconciliationStore } from './reconciliation.store.memory.js';

describeReconciliationStoreContract('memory', () => {
  const sources = new MemorySourceStore();
  return Promise.resolve({ sources, store: new MemoryReconciliationStore(sources) });
});
