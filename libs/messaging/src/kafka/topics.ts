import { setTimeout as delay } from 'node:timers/promises';
import type { Topic } from '@handoff/contracts';
import type { Admin, Kafka } from 'kafkajs';
import kafkajs from 'kafkajs';

const { ConfigResourceTypes } = kafkajs;

const LEADERS_MS_MAX = 15_000;
const LEADERS_POLL_MS = 100;

export interface TopicSettings {
  readonly partitions: number;
  readonly replicationFactor: number;
}

/**
 * Creates the topics that are missing, and checks those that are there.
 * Partitions are never added to a topic with tickets in it: keys would move, and order by ticket would break.
 * @returns sentences about topics that differ from what was asked for.
 */
export async function ensureTopics(kafka: Kafka, topics: readonly Topic[], settings: TopicSettings): Promise<readonly string[]> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const existing = await admin.listTopics();
    // Services start together; whoever comes second finds the topics made.
    await admin.createTopics({
      topics: topics.filter(({ name }) => !existing.includes(name)).map(({ name, config }) => ({
        topic: name,
        numPartitions: settings.partitions,
        replicationFactor: settings.replicationFactor,
        configEntries: Object.entries(config).map(([key, value]) => ({ name: key, value })),
      })),
      waitForLeaders: false,
    });
    await leadersKnown(admin, topics.map(({ name }) => name));
    return await differences(admin, topics, settings);
  } finally {
    await admin.disconnect();
  }
}

/**
 * Waits until every partition has a leader. kafkajs's own wait gives up where a broker has not heard of a topic
 * that another has just made.
 */
async function leadersKnown(admin: Admin, names: readonly string[]): Promise<void> {
  const givesUpAt = Date.now() + LEADERS_MS_MAX;
  for (;;) {
    try {
      const { topics } = await admin.fetchTopicMetadata({ topics: [...names] });
      if (topics.every(({ partitions }) => partitions.length > 0 && partitions.every(({ leader }) => leader >= 0))) return;
    } catch (error) {
      const { type } = error as { type?: string };
      if (type !== 'UNKNOWN_TOPIC_OR_PARTITION' && type !== 'LEADER_NOT_AVAILABLE') throw error;
    }
    if (Date.now() > givesUpAt) throw new Error(`The topics ${names.join(', ')} have no leaders after ${LEADERS_MS_MAX} ms.`);
    await delay(LEADERS_POLL_MS);
  }
}

async function differences(admin: Admin, topics: readonly Topic[], settings: TopicSettings): Promise<string[]> {
  const names = topics.map(({ name }) => name);
  const { topics: found } = await admin.fetchTopicMetadata({ topics: names });
  const { resources } = await admin.describeConfigs({ includeSynonyms: false, resources: names.map((name) => ({ type: ConfigResourceTypes.TOPIC, name })) });
  return topics.flatMap(({ name, config }) => {
    const partitions = found.find((topic) => topic.name === name)?.partitions.length ?? 0;
    const entries = resources.find(({ resourceName }) => resourceName === name)?.configEntries ?? [];
    return [
      ...(partitions === settings.partitions ? [] : [`${name} has ${partitions} partitions, not ${settings.partitions}; it keeps them.`]),
      ...Object.entries(config).filter(([key, value]) => entries.some(({ configName, configValue }) => configName === key && configValue !== value)).map(([key, value]) => `${name} has another ${key} than ${value}; it keeps it.`),
    ];
  });
}
