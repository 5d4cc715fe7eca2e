import { setTimeout as delay } from 'node:timers/promises';
import { StartupError } from '@handoff/engines';
import { type Topic, TOPICS } from '@handoff/contracts';
import { connectKafka, ensureTopics, type OutgoingRecord, KafkaEventPublisher } from '@handoff/messaging';

type Admin = ReturnType<ReturnType<typeof connectKafka>['admin']>;

/** What the floors write, beside the topics of the product. */
export const FLOOR_TOPICS = { received: 'bench.received', routed: 'bench.routed' } as const;

const PARTITIONS = 12;
const POLL_MS = 50;
const GONE_MS_MAX = 30_000;
const RECORDS_A_PUBLISH = 500;
const OURS = /^(handoff|bench)\./;
const OUR_GROUPS = /^(handoff|bench)-/;

/** The topics of product and floors, and how far they have been filled. */
export class BenchTopics {
  private constructor(private readonly kafka: ReturnType<typeof connectKafka>, private readonly admin: Admin) {}

  /** @throws StartupError where the topics are in use: a benchmark would delete them, and with them somebody's tickets. */
  static async open(brokers: readonly string[]): Promise<BenchTopics> {
    const kafka = connectKafka({ brokers, clientId: 'bench', log: () => undefined });
    const admin = kafka.admin();
    await admin.connect();
    const found = (await admin.listTopics()).filter((name) => OURS.test(name));
    if (found.length === 0) return new BenchTopics(kafka, admin);
    await admin.disconnect();
    throw new StartupError(`This Kafka has topics already that a benchmark would delete (${found.join(', ')}): let KAFKA_BROKERS name one without, or none.`);
  }

  /** All topics new and empty, and no group with a memory of the former. Nothing may be connected to them. */
  async renew(): Promise<void> {
    await this.remove();
    const floors = Object.values(FLOOR_TOPICS).map((name): Topic => ({ name, types: [], config: TOPICS.intake.config }));
    const topics = [...Object.values(TOPICS), ...floors];
    await ensureTopics(this.kafka, topics, { partitions: PARTITIONS, replicationFactor: 1 });
    // A leader is known before it knows of its office itself; then it refuses.
    await within(GONE_MS_MAX, async () => (await Promise.all(topics.map(({ name }) => this.recordsIn(name)))).every((records) => records === 0));
  }

  /** Consumers begin at the beginning again. */
  async forgetGroups(): Promise<void> {
    await within(GONE_MS_MAX, async () => {
      const groups = (await this.admin.listGroups()).groups.map(({ groupId }) => groupId).filter((id) => OUR_GROUPS.test(id));
      if (groups.length > 0) await this.admin.deleteGroups(groups);
      return true;
    });
  }

  /** How many records a topic holds. */
  async recordsIn(topic: string): Promise<number> {
    const partitions = await this.admin.fetchTopicOffsets(topic);
    return partitions.reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0);
  }

  /** How many records of a topic a group has not committed yet. */
  async behind(groupId: string, topic: string): Promise<number> {
    const [committed] = await this.admin.fetchOffsets({ groupId, topics: [topic] });
    const done = (committed?.partitions ?? []).reduce((sum, { offset }) => sum + Math.max(0, Number(offset)), 0);
    return (await this.recordsIn(topic)) - done;
  }

  /** Writes a backlog. */
  async fill(records: Iterable<OutgoingRecord>): Promise<void> {
    const publisher = new KafkaEventPublisher(this.kafka);
    try {
      let batch: OutgoingRecord[] = [];
      for (const record of records) {
        batch.push(record);
        if (batch.length < RECORDS_A_PUBLISH) continue;
        await publisher.publish(batch);
        batch = [];
      }
      await publisher.publish(batch);
    } finally {
      await publisher.close();
    }
  }

  async close(): Promise<void> {
    await this.remove();
    await this.admin.disconnect();
  }

  private async remove(): Promise<void> {
    await this.forgetGroups();
    const ours = async (): Promise<string[]> => (await this.admin.listTopics()).filter((name) => OURS.test(name));
    const topics = await ours();
    if (topics.length === 0) return;
    await this.admin.deleteTopics({ topics });
    await within(GONE_MS_MAX, async () => (await ours()).length === 0);
  }
}

async function within(ms: number, attempt: () => Promise<boolean>): Promise<void> {
  const givesUpAt = Date.now() + ms;
  for (let failure: unknown = new Error(`It did not happen within ${ms} ms.`); ; await delay(POLL_MS)) {
    try {
      if (await attempt()) return;
    } catch (error) {
      failure = error;
    }
    if (Date.now() > givesUpAt) throw failure;
  }
}
