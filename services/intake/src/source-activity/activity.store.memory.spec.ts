import { describeActivityStoreContract } from './activity.store.contract.js';
import { MemoryActivityStore } from './activity.store.memory.js';

describeActivityStoreContract('memory', () => Promise.resolve(new MemoryActivityStore((source) => ['desk', 'other'].includes(source))));
