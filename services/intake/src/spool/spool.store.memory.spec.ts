import { describeSpoolStoreContract } from './spool.store.contract.js';
import { MemorySpoolStore } from './spool.store.memory.js';

describeSpoolStoreContract('memory', () => Promise.resolve(new MemorySpoolStore()));
