// A bad day: Kafka is killed for twenty seconds, and intake in the middle of that. Senders go on.
import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { decodeEvent, type EventOf, type HandoffEvent } from '@handoff/contracts';
import { connectKafka, KafkaRecordConsumer } from '@handoff/messaging';
import { eventually } from '@handoff/testing';
import { KillableKafka } from './killable-kafka.js';
import { type RunningHandoff, startHandoff } from './running-handoff.js';

const TICKETS = 2_000;
const EVENTS_A_TICKET = 5;
const WEBHOOKS = TICKETS * EVENTS_A_TICKET;
const SENDERS = 40;
/** So that they are sent before, during and after: some forty seconds. */
const WEBHOOKS_A_SECOND = 250;
const KAFKA_AWAY_MS = 20_000;
const STEPS = Array.from({ length: EVENTS_A_TICKET }, (_, step) => `step-${step}`);

let kafka: KillableKafka;
let handoff: RunningHandoff;

beforeAll(async () => {
  kafka = await KillableKafka.start();
  handoff = await startHandoff({ KAFKA_BROKERS: kafka.brokers });
}, 200_000);
afterAll(async () => {
  await handoff?.stop();
  await kafka?.stop();
}, 90_000);

interface Progress {
  accepted: number;
  /** Attempts without an answer, or answered with 503. */
  repeated: number;
  /** Event ids by ticket, in the order in which they were accepted. */
  readonly eventIds: Map<string, string[]>;
}

/** Posts one webhook until it is taken, under one id, as a system does that wants to lose nothing. */
async function deliver(externalId: string, step: number, progress: Progress): Promise<string> {
  const id = randomUUID();
  const body = JSON.stringify({ externalId, subject: `Ticket ${externalId}`, area: 'break-fix', offerId: 'contoso-crm', change: step === 0 ? 'created' : 'updated', status: STEPS[step], occurredAt: new Date().toISOString() });
  for (;;) {
    const answer = await fetch(`${handoff.urls.intake}/v1/sources/webhooks-demo/webhooks`, { method: 'POST', body, headers: signed(id, body) })
      .then(async (response) => ({ status: response.status, body: (await response.json()) as { eventId?: string; code?: string } }), () => null);
    if (answer?.status === 202) return answer.body.eventId ?? `no event: ${JSON.stringify(answer.body)}`;
    if (answer !== null && answer.status !== 503) throw new Error(`A webhook was refused with ${answer.status} ${answer.body.code ?? ''}.`);
    progress.repeated += 1;
    await delay(200);
  }
}

function signed(id: string, body: string): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const key = Buffer.from((handoff.secrets['webhooks-demo'] ?? '').replace('whsec_', ''), 'base64');
  return { 'content-type': 'application/json', 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}` };
}

/** Each sender has tickets of its own and tells of them step by step: the next event of a ticket follows the 202 of the one before. */
async function sendAll(progress: Progress): Promise<void> {
  const startedAt = performance.now();
  let begun = 0;
  await Promise.all(Array.from({ length: SENDERS }, async (_sender, sender) => {
    for (let step = 0; step < EVENTS_A_TICKET; step += 1) {
      for (let ticket = sender; ticket < TICKETS; ticket += SENDERS) {
        await delay(Math.max(0, startedAt + (1_000 * begun++) / WEBHOOKS_A_SECOND - performance.now()));
        const externalId = `T-${ticket}`;
        const eventId = await deliver(externalId, step, progress);
        progress.eventIds.set(externalId, [...(progress.eventIds.get(externalId) ?? []), eventId]);
        progress.accepted += 1;
      }
    }
  }));
}

/** All of a topic, once it has what is waited for: as a consumer sees it, which drops ids that it has seen. */
async function eventsIn(topic: string, isWhole: (count: number) => boolean): Promise<readonly HandoffEvent[]> {
  const found = new Map<string, HandoffEvent>();
  const consumer = new KafkaRecordConsumer({ kafka: connectKafka({ brokers: kafka.brokers.split(','), clientId: 'e2e', log: () => undefined }), groupId: `e2e-${randomUUID()}`, partitionsConcurrently: 1, fetchBytesMax: 2_097_152, onCrash: () => undefined });
  await consumer.start([topic], async (batch) => {
    for (const event of batch.records.map((record) => decodeEvent(record))) if (!found.has(event.id)) found.set(event.id, event);
    await batch.commit(batch.records.at(-1)?.offset ?? '0');
  });
  try {
    await eventually(() => expect([topic, isWhole(found.size), found.size]).toEqual([topic, true, expect.any(Number)]), { withinMs: 90_000, everyMs: 200 });
  } finally {
    await consumer.stop();
  }
  return [...found.values()];
}

function byTicket<T>(events: readonly HandoffEvent[], told: (event: HandoffEvent) => T): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const event of events) groups.set(event.subject, [...(groups.get(event.subject) ?? []), told(event)]);
  return groups;
}

describe('10,000 webhooks while Kafka is killed for 20 s and intake is killed', () => {
  const progress: Progress = { accepted: 0, repeated: 0, eventIds: new Map() };

  it('are all taken, and all that was taken arrives at routing, in order and once', async () => {
    const sending = sendAll(progress);
    await eventually(() => expect(progress.accepted).toBeGreaterThan(WEBHOOKS / 8), { withinMs: 60_000 });
    await kafka.kill();
    const killedAt = performance.now();
    await eventually(() => expect(progress.accepted).toBeGreaterThan(WEBHOOKS / 4), { withinMs: 60_000 });
    await handoff.kill('intake');
    await delay(Math.max(0, killedAt + KAFKA_AWAY_MS - performance.now()));
    await kafka.startAgain();
    await sending;
    expect([progress.accepted, progress.eventIds.size]).toEqual([WEBHOOKS, TICKETS]);
    // The kill was felt, or it proved nothing.
    expect(progress.repeated).toBeGreaterThan(0);

    const received = byTicket(await eventsIn('handoff.intake', (count) => count >= WEBHOOKS), ({ id }) => id);
    expect(new Map([...received.values()].map((ids) => [ids.length, 0]))).toEqual(new Map([[EVENTS_A_TICKET, 0]]));
    expect([...received.values()].map((ids) => ids.join()).sort()).toEqual([...progress.eventIds.values()].map((ids) => ids.join()).sort());

    const routed = (await eventsIn('handoff.routing', (count) => count >= WEBHOOKS)) as readonly EventOf<'handoff.ticket.routed.v1'>[];
    const told = byTicket(routed, (event) => `${(event as EventOf<'handoff.ticket.routed.v1'>).data.ticketVersion} ${String((event as EventOf<'handoff.ticket.routed.v1'>).data.ticket.status)}`);
    expect(told.size).toBe(TICKETS);
    // One decision for each event, each told once, in the order in which the system told them.
    expect([...new Set([...told.values()].map((versions) => versions.join()))]).toEqual([STEPS.map((status, index) => `${index + 1} ${status}`).join()]);
  }, 240_000);

  it('leave nothing behind: the spool is empty, nothing is parked, and every service is well', async () => {
    await handoff.ready();
    await eventually(async () => expect(await metric('handoff_spool_records')).toBe(0));
    const { body } = await handoff.request(`${handoff.urls.intake}/v1/parked-deliveries`);
    expect(body['items']).toEqual([]);
  });
});

async function metric(name: string): Promise<number> {
  const text = await (await fetch(`${handoff.urls.intake}/metrics`, { headers: { authorization: `Bearer ${handoff.token}` } })).text();
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
}
