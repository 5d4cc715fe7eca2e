import { describeMessagingContract } from '../messaging.contract.js';
import { MemoryEventPublisher, MemoryLog, MemoryRecordConsumer } from './memory.log.js';

describeMessagingContract('memory', () => {
  const log = new MemoryLog();
  const groups = new Map<string, Map<string, bigint>>();
  let topics = 0;
  return Promise.resolve({
    publisher: new MemoryEventPublisher(log),
    createTopic: () => Promise.resolve(`topic-${(topics += 1)}`),
    consumer: (group) => {
      const committed = groups.get(group) ?? new Map<string, bigint>();
      groups.set(group, committed);
      return new MemoryRecordConsumer(log, committed);
    },
    close: () => Promise.resolve(),
  });
});
