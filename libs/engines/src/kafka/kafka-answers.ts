import { Kafka, logLevel } from 'kafkajs';
import { engineProblem } from '../engine-answers.js';
import { calmKafkajs } from './calm-kafkajs.js';

export interface KafkaQuestion {
  readonly brokers: readonly string[];
  readonly timeoutMs: number;
  /** Ends the wait early, with the reason: the broker's process has ended. */
  readonly ended?: () => string | undefined;
}

/** Waits until a broker tells its cluster's metadata. Answers undefined then, and the reason when it never did. */
export async function kafkaProblem(question: KafkaQuestion): Promise<string | undefined> {
  calmKafkajs();
  return engineProblem(() => askMetadata([...question.brokers]), {
    ...question,
    intervalMs: 150,
    describe: (error) => (error instanceof Error ? error.message : String(error)),
    isFinal: () => false,
  });
}

async function askMetadata(brokers: string[]): Promise<void> {
  const kafka = new Kafka({
    clientId: 'handoff-start',
    brokers,
    logLevel: logLevel.NOTHING,
    connectionTimeout: 2_000,
    requestTimeout: 5_000,
    retry: { retries: 0 },
  });
  const admin = kafka.admin();
  try {
    await admin.connect();
    const cluster = await admin.describeCluster();
    if (cluster.brokers.length === 0) throw new Error('the cluster has no broker yet');
    await admin.listTopics();
  } finally {
    await admin.disconnect();
  }
}
