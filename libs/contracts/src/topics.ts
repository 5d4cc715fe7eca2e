import type { EventType } from './events.js';

const DAY_MS = 86_400_000;

export interface Topic {
  readonly name: string;
  /** Event types that appear in it. */
  readonly types: readonly EventType[];
  readonly config: Readonly<Record<string, string>>;
}

const log = {
  'cleanup.policy': 'delete',
  'retention.ms': String(14 * DAY_MS),
  'max.message.bytes': '1048576',
  'compression.type': 'producer',
  'min.insync.replicas': '1',
} as const;

/** Every topic, what is in it and its settings. Partition count and replication come from the environment. */
export const TOPICS = {
  intake: { name: 'handoff.intake', types: ['handoff.ticket.received.v1', 'handoff.health-notice.received.v1'], config: log },
  routing: { name: 'handoff.routing', types: ['handoff.ticket.routed.v1', 'handoff.ticket.attached.v1', 'handoff.ticket.detached.v1', 'handoff.ticket.acknowledged.v1', 'handoff.ticket.escalated.v1', 'handoff.ticket.reassigned.v1', 'handoff.ticket.resolved.v1', 'handoff.health-notice.affected.v1'], config: log },
  notifications: { name: 'handoff.notifications', types: ['handoff.notification.delivered.v1', 'handoff.notification.failed.v1', 'handoff.notification.suppressed.v1', 'handoff.notification.acknowledged.v1', 'handoff.notification.replied.v1', 'handoff.health-notice.told.v1'], config: log },
  /** Copies of events that could not be handled. Larger than others: a copy has headers beside those of a record of full size. */
  deadLetters: { name: 'handoff.dead-letters', types: [], config: { ...log, 'retention.ms': String(90 * DAY_MS), 'max.message.bytes': '2097152' } },
} as const satisfies Record<string, Topic>;

/** The topic that carries events of this type. */
export function topicOf(type: EventType): string {
  for (const topic of Object.values<Topic>(TOPICS)) if (topic.types.includes(type)) return topic.name;
  throw new Error(`No topic carries '${type}'. Add it to TOPICS.`);
}
