import { setTimeout as delay } from 'node:timers/promises';
import { TOPICS } from '@handoff/contracts';
import { connectKafka } from '@handoff/messaging';
import type { Accepted } from './evidence.js';
import { POISON_HEADER } from '../faults/poisoner.js';
import { LEFTOVERS } from './collect.js';
import type { Rig } from '../rig/rig.js';

export interface Settling {
  readonly rig: Rig;
  readonly accepted: readonly Accepted[];
  readonly note: (line: string) => void;
  readonly stop: AbortSignal;
}

export interface Settled {
  readonly tookMs: number;
  /** `null`: everything came to its end. */
  readonly problem: string | null;
}

/** What waits may be much, and the machine slow: it is given up when nothing moves for so long, and at last in any case. */
const STANDSTILL_MS_MAX = 240_000;
const SETTLE_MS_MAX = 1_800_000;
const POLL_MS = 1_000;
/** For so long nothing may move, so that what is repeated late is seen as well. */
const QUIET_POLLS = 3;
/** Groups of the services' audit, and what they read. */
const AUDITED = [['handoff-routing-audit', TOPICS.intake.name], ['handoff-routing-audit', TOPICS.notifications.name], ['handoff-notifier-audit', TOPICS.routing.name]] as const;
const SERVICES_WITH_LETTERS = ['routing', 'notifier'] as const;

/**
 * Waits until everything that was taken came to its end. What waits for a later time is told that the time has come, and
 * poison that was given up is discarded, as a person would: its tickets go on.
 */
export async function settle({ rig, accepted, note, stop }: Settling): Promise<Settled> {
  const startedAtMs = Date.now();
  const events = new Set(accepted.flatMap(({ eventId }) => eventId ?? []));
  const kafka = connectKafka({ brokers: rig.brokers, clientId: 'chaos', log: () => undefined });
  let last = '';
  let movedAtMs = startedAtMs;
  for (let quiet = 0; Date.now() - movedAtMs < STANDSTILL_MS_MAX && Date.now() - startedAtMs < SETTLE_MS_MAX && !stop.aborted; await delay(POLL_MS)) {
    const problem = await untold(rig, events).then((found) => found ?? unaudited(kafka)).catch((error: Error) => error.message);
    quiet = problem === null ? quiet + 1 : 0;
    if (quiet >= QUIET_POLLS) return { tookMs: Date.now() - startedAtMs, problem: null };
    if (problem !== null && problem !== last) note(`        ${problem}`);
    if (problem !== last) movedAtMs = Date.now();
    last = problem ?? last;
    await letTimePass(rig).catch(() => undefined);
    await discardPoison(rig).catch(() => undefined);
  }
  return { tookMs: Date.now() - startedAtMs, problem: last };
}

/** What is missing to the end; `null`: nothing. */
async function untold(rig: Rig, events: ReadonlySet<string>): Promise<string | null> {
  const decided = await rig.rows<{ event_id: string }>('select event_id from routing.decision');
  const missing = new Set(events);
  for (const { event_id } of decided) missing.delete(event_id);
  const waiting = (await rig.rows<{ name: string; rows: number }>(LEFTOVERS)).filter(({ rows }) => rows > 0);
  const [behind] = await rig.rows<{ rows: number }>(`
    select count(*)::integer as rows from routing.decision d
    where not exists (select 1 from notifier.ticket t where t.id = d.ticket_id and t.planned_version >= d.ticket_version)`);
  const parts = [...(missing.size > 0 ? [`${missing.size} events without a decision`] : []), ...((behind?.rows ?? 0) > 0 ? [`${behind?.rows} decisions that the notifier has not seen`] : []), ...waiting.map(({ name, rows }) => `${rows} in ${name}`)];
  return parts.length === 0 ? null : parts.join(', ');
}

/** What the services' own audit has not looked at; `null`: it has seen everything. */
async function unaudited(kafka: ReturnType<typeof connectKafka>): Promise<string | null> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const behind = await Promise.all(AUDITED.map(async ([groupId, topic]) => {
      const ends = await admin.fetchTopicOffsets(topic);
      const [committed] = await admin.fetchOffsets({ groupId, topics: [topic] });
      const done = new Map(committed?.partitions.map(({ partition, offset }) => [partition, Math.max(0, Number(offset))]));
      return ends.reduce((sum, { partition, high }) => sum + Number(high) - (done.get(partition) ?? 0), 0);
    }));
    const left = behind.reduce((sum, one) => sum + one, 0);
    return left === 0 ? null : `${left} records that the audit of the services has not looked at`;
  } finally {
    await admin.disconnect();
  }
}

/** The schedules of retries reach over hours. */
async function letTimePass(rig: Rig): Promise<void> {
  await rig.rows("update notifier.notification set next_attempt_at = now() where state = 'pending' and owner is null and next_attempt_at > now()");
  for (const service of SERVICES_WITH_LETTERS) await rig.rows(`update ${service}.parked set retry_at = now() where retry_at > now()`);
}

async function discardPoison(rig: Rig): Promise<void> {
  for (const service of SERVICES_WITH_LETTERS) {
    const dead = await rig.rows<{ id: string }>(`select id::text from ${service}.parked where retry_at is null and headers ? $1`, [POISON_HEADER]);
    for (const { id } of dead) await rig.handoff.ask(service, 'POST', `/v1/dead-letters/${id}/discard`, { by: 'chaos', note: 'Poison of the run.' });
  }
}
