import kafkajs from 'kafkajs';
import { testBrokers } from './database.js';
import { eventually } from './eventually.js';

const { Kafka, logLevel } = kafkajs;

/** The broker is that of the whole test run: what other suites published must not reach this one. */
export async function emptyTopics(): Promise<void> {
  const admin = new Kafka({ clientId: 'tests', brokers: testBrokers(), logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  try {
    const ours = async (): Promise<string[]> => (await admin.listTopics()).filter((topic) => topic.startsWith('handoff.'));
    // A member that was killed belongs to its group for some seconds more.
    await eventually(async () => {
      const groups = (await admin.listGroups()).groups.map(({ groupId }) => groupId).filter((groupId) => groupId.startsWith('handoff-'));
      if (groups.length > 0) await admin.deleteGroups(groups);
    });
    await admin.deleteTopics({ topics: await ours() });
    await eventually(async () => expect(await ours()).toEqual([]));
  } finally {
    await admin.disconnect();
  }
}
