import { describeRateStoreContract } from './rate.store.contract.js';
import { MemoryRateStore } from './rate.store.memory.js';

describeRateStoreContract('memory', () => {
  let nowMs = 0;
  const store = new MemoryRateStore(() => nowMs);
  return Promise.resolve({ store, pass: (seconds) => Promise.resolve(void (nowMs += seconds * 1_000)), size: () => Promise.resolve(store.size) });
});
