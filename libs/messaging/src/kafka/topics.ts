import type { Topic } from '@handoff/contracts';
import type { Admin, Kafka } from 'kafkajs';
import kafkajs from 'kafkajs';

const { ConfigResourceTypes } = kafkajs;

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
    await admin.createTopics({
      // Services start together; whoever comes second finds the topics made.
      topics: topics.map(({ name, config }) => ({
        topic: name,
        numPartitions: settings.partitions,
        replicationFactor: settings.replicationFactor,
        configEntries: Object.entries(config).map(([key, value]) => ({ name: key, value })),
      })),
      waitForLeaders: true,
    });
    return await differences(admin, topics, settings);
  } finally {
    await admin.disconnect();
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
