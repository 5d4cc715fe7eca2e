import { describeSourceStoreContract } from './source.store.contract.js';
import { MemorySourceStore } from './source.store.memory.js';

describeSourceStoreContract('memory', () => Promise.resolve(new MemorySourceStore()));
