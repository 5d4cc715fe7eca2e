import { MemorySourceStore } from '../sources/source.store.memory.js';
import { describeParkedDeliveryStoreContract } from './parked-delivery.store.contract.js';
import { MemoryParkedDeliveryStore } from './parked-delivery.store.memory.js';

describeParkedDeliveryStoreContract('memory', () => {
  const sources = new MemorySourceStore();
  return Promise.resolve({ sources, store: new MemoryParkedDeliveryStore(sources) });
});
