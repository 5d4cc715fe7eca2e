import { MemorySourceStore } from '../sources/source.store.memory.js';
import { describeCompletionStoreContract } from './completion.store.contract.js';
import { MemoryCompletionStore } from './completion.store.memory.js';

describeCompletionStoreContract('memory', () => {
  const sources = new MemorySourceStore();
  return Promise.resolve({ sources, store: new MemoryCompletionStore(sources) });
});
