// The least that delivers durably: kafkajs, undici and pg. Signed POST, record the attempt, commit.
import { createHmac, createSecretKey } from 'node:crypto';
import pg from 'pg';
import { Pool } from 'undici';
import { nameBasedId } from '@handoff/contracts';
import { sayReady, startArgument } from '../process/answering.js';
import { eachChunk, floorKafka } from './kafka.js';

export interface NotifierFloorPlan {
  readonly brokers: readonly string[];
  readonly databaseUrl: string;
  readonly from: string;
  readonly sinkUrl: string;
}

interface Routed {
  readonly ticketId: string;
  readonly decidedAt: string;
  readonly ticket: unknown;
  readonly decision: unknown;
  readonly recipients: readonly { readonly destination: string }[];
}

interface Attempt {
  readonly notificationId: string;
  readonly ticketId: string;
  readonly destination: string;
  readonly at: string;
  readonly durationMs: number;
  readonly status: number;
}

/** As many at once as the product sends. */
const CONNECTIONS = 32;
const plan = startArgument<NotifierFloorPlan>();
const key = createSecretKey(Buffer.from('a signing secret of 32 bytes, ok'));
const sink = new Pool(plan.sinkUrl, { connections: CONNECTIONS });
const pool = new pg.Pool({ connectionString: plan.databaseUrl });
await pool.query('create table if not exists attempt (notification_id uuid primary key, ticket_id text not null, destination text not null, at timestamptz not null, duration_ms integer not null, status integer not null)');
await eachChunk({ kafka: floorKafka(plan.brokers, 'bench-floor-notifier'), groupId: 'bench-floor-notifier', topic: plan.from }, deliver);
sayReady();

async function deliver(values: readonly string[]): Promise<void> {
  const attempts = await Promise.all(values.flatMap((value) => {
    const routed = JSON.parse(value) as Routed;
    return routed.recipients.map(({ destination }) => post(routed, destination));
  }));
  await pool.query(
    'insert into attempt select * from unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[], $5::int[], $6::int[]) on conflict do nothing',
    [attempts.map((a) => a.notificationId), attempts.map((a) => a.ticketId), attempts.map((a) => a.destination), attempts.map((a) => a.at), attempts.map((a) => a.durationMs), attempts.map((a) => a.status)]);
}

async function post({ ticketId, decidedAt, ticket, decision }: Routed, destination: string): Promise<Attempt> {
  const startedAt = Date.now();
  const notificationId = nameBasedId('notification', ticketId, destination);
  const body = JSON.stringify({ type: 'handoff.notification.v1', timestamp: decidedAt, data: { notificationId, ticketId, destination, ticket, decision } });
  const timestamp = Math.floor(startedAt / 1_000);
  const signature = createHmac('sha256', key).update(`${notificationId}.${timestamp}.${body}`).digest('base64');
  const response = await sink.request({
    method: 'POST', path: `/${destination}`, body,
    headers: { 'content-type': 'application/json', 'webhook-id': notificationId, 'webhook-timestamp': String(timestamp), 'webhook-signature': `v1,${signature}` },
  });
  await response.body.dump();
  return { notificationId, ticketId, destination, at: new Date(startedAt).toISOString(), durationMs: Date.now() - startedAt, status: response.statusCode };
}
