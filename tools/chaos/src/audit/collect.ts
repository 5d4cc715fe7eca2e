import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { decodeEvent, type HandoffEvent, TOPICS, UndecodableRecord } from '@handoff/contracts';
import { connectKafka, type IncomingRecord, KafkaRecordConsumer } from '@handoff/messaging';
import { POISON_HEADER } from '../faults/poisoner.js';
import type { Rig } from '../rig/rig.js';
import type { Decision, Evidence, Poison, Published, RoutedEvent, SetAside, StoredNotification } from './evidence.js';

/** What lies in topics and tables. */
export type Stored = Omit<Evidence, 'accepted' | 'arrivals' | 'faults'>;

interface Found {
  readonly topic: string;
  readonly place: string;
  /** `null`: it cannot be read. */
  readonly event: HandoffEvent | null;
  readonly isPoison: boolean;
}

const READ_MS_MAX = 120_000;
const POLL_MS = 50;

const DECISIONS = 'select ticket_id::text as "ticketId", ticket_version as "ticketVersion", event_id as "eventId" from routing.decision';
const NOTIFICATIONS = 'select id::text, ticket_id::text as "ticketId", ticket_version as "ticketVersion", destination, state, code, overtakes from notifier.notification';
const setAsideOf = (service: string): string => `
  select '${service}' as service, topic || '/' || partition || '/' || "offset" as place, code, detail,
    case when retry_at is null then 'dead' when code = 'behind-parked' then 'waiting' else 'retrying' end as state from ${service}.parked
  union all
  select '${service}', topic || '/' || partition || '/' || "offset", code, detail, outcome from ${service}.parked_settled`;

/** Rows that wait for something, by table. */
export const LEFTOVERS = `
  select 'intake.spool' as name, count(*)::integer as rows from intake.spool
  union all select 'intake.parked_delivery', count(*)::integer from intake.parked_delivery
  union all select 'intake.outbox', count(*)::integer from intake.outbox
  union all select 'routing.outbox', count(*)::integer from routing.outbox
  union all select 'notifier.outbox', count(*)::integer from notifier.outbox
  union all select 'routing.parked', count(*)::integer from routing.parked
  union all select 'notifier.parked', count(*)::integer from notifier.parked
  union all select 'routing.audit_finding', count(*)::integer from routing.audit_finding
  union all select 'notifier.audit_finding', count(*)::integer from notifier.audit_finding
  union all select 'notifier.notification, pending', count(*)::integer from notifier.notification where state = 'pending'`;

/** Reads everything that the audit needs, when nothing happens any more. */
export async function collect(rig: Rig): Promise<Stored> {
  const found = await recordsIn(rig.brokers, [TOPICS.intake.name, TOPICS.routing.name, TOPICS.notifications.name]);
  const eventIds = new Map(found.map(({ place, event }) => [place, event?.id ?? null]));
  const events = found.filter(({ isPoison }) => !isPoison);
  const parked = await rig.rows<Omit<SetAside, 'eventId'>>(`${setAsideOf('routing')} union all ${setAsideOf('notifier')}`);
  const leftovers = await rig.rows<{ name: string; rows: number }>(LEFTOVERS);
  return {
    received: events.filter(({ topic }) => topic === TOPICS.intake.name).flatMap(publishedOf),
    routed: events.filter(({ topic }) => topic === TOPICS.routing.name).flatMap(routedOf),
    notified: events.filter(({ topic }) => topic === TOPICS.notifications.name).flatMap(notifiedOf),
    decisions: await rig.rows<Decision>(DECISIONS),
    notifications: await rig.rows<StoredNotification>(NOTIFICATIONS),
    setAside: parked.map((letter) => ({ ...letter, eventId: eventIds.get(letter.place) ?? null })),
    poisons: found.filter(({ isPoison }) => isPoison).map(({ place, event }): Poison => ({ place, eventId: event?.id ?? null })),
    leftovers: Object.fromEntries(leftovers.map(({ name, rows }) => [name, rows])),
  };
}

/** All records of these topics, those of a partition in its order. */
async function recordsIn(brokers: readonly string[], topics: readonly string[]): Promise<readonly Found[]> {
  const kafka = connectKafka({ brokers, clientId: 'chaos', log: () => undefined });
  const total = await recordCount(kafka, topics);
  const found: Found[] = [];
  const consumer = new KafkaRecordConsumer({ kafka, groupId: `chaos-${randomUUID()}`, partitionsConcurrently: 1, fetchBytesMax: 2_097_152, onCrash: () => undefined });
  await consumer.start(topics, async (batch) => {
    for (const record of batch.records) found.push(foundOf(record));
    await batch.commit(batch.records.at(-1)?.offset ?? '0');
  });
  const givesUpAtMs = Date.now() + READ_MS_MAX;
  while (found.length < total && Date.now() < givesUpAtMs) await delay(POLL_MS);
  await consumer.stop();
  if (found.length < total) throw new Error(`Of ${total} records in ${topics.join(', ')} only ${found.length} could be read.`);
  return found;
}

async function recordCount(kafka: ReturnType<typeof connectKafka>, topics: readonly string[]): Promise<number> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const partitions = (await Promise.all(topics.map((topic) => admin.fetchTopicOffsets(topic)))).flat();
    return partitions.reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0);
  } finally {
    await admin.disconnect();
  }
}

function foundOf(record: IncomingRecord): Found {
  const place = `${record.topic}/${record.partition}/${record.offset}`;
  const isPoison = record.headers[POISON_HEADER] !== undefined;
  try {
    return { topic: record.topic, place, event: decodeEvent(record), isPoison };
  } catch (error) {
    if (!(error instanceof UndecodableRecord)) throw error;
    return { topic: record.topic, place, event: null, isPoison };
  }
}

function publishedOf({ event }: Found): Published[] {
  if (event === null) return [];
  return [{ id: event.id, ticketId: event.subject, digest: createHash('sha256').update(event.type).update(JSON.stringify(event.data)).digest('base64url') }];
}

function routedOf(found: Found): RoutedEvent[] {
  const { event } = found;
  if (event?.type !== 'handoff.ticket.routed.v1') return [];
  const destinations = [...new Set(event.data.recipients.map(({ destination }) => destination))];
  return publishedOf(found).map((published) => ({ ...published, ticketVersion: event.data.ticketVersion, destinations }));
}

function notifiedOf(found: Found): Evidence['notified'] {
  const { event } = found;
  if (event === null || !('notificationId' in event.data)) return [];
  const { notificationId } = event.data;
  return publishedOf(found).map((published) => ({ ...published, notificationId, type: event.type }));
}
