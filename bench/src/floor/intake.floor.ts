// The least that takes signed webhooks durably: plain node:http and kafkajs. Verify, parse, append in batches with acks=all, answer 202.
import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { floorKafka, floorProducer, send } from './kafka.js';
import { sayReady, startArgument } from '../process/answering.js';

export interface IntakeFloorPlan {
  readonly brokers: readonly string[];
  readonly topic: string;
  readonly secret: string;
}

interface Waiting {
  readonly key: string;
  readonly value: string;
  readonly response: ServerResponse;
}

const BATCH_RECORDS_MAX = 500;
const plan = startArgument<IntakeFloorPlan>();
const key = createSecretKey(Buffer.from(plan.secret.replace('whsec_', ''), 'base64'));
const producer = await floorProducer(floorKafka(plan.brokers, 'bench-floor-intake'));
const waiting: Waiting[] = [];
let isSending = false;

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => take(request, Buffer.concat(chunks), response));
});
server.listen(0, '127.0.0.1', () => sayReady({ port: (server.address() as AddressInfo).port }));

function take(request: IncomingMessage, body: Buffer, response: ServerResponse): void {
  if (!isSigned(request, body)) {
    response.writeHead(401).end();
    return;
  }
  const { externalId, externalUrl, occurredAt, ...ticket } = JSON.parse(body.toString()) as Record<string, string>;
  const ticketId = `bench/${externalId}`;
  waiting.push({ key: ticketId, value: JSON.stringify({ ticketId, source: 'bench', externalId, externalUrl, change: 'created', occurredAt, ticket }), response });
  if (!isSending) void append();
}

function isSigned({ headers }: IncomingMessage, body: Buffer): boolean {
  const expected = Buffer.from(`v1,${createHmac('sha256', key).update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.`).update(body).digest('base64')}`);
  const given = Buffer.from(String(headers['webhook-signature']));
  return given.length === expected.length && timingSafeEqual(given, expected) && Math.abs(Date.now() / 1_000 - Number(headers['webhook-timestamp'])) <= 300;
}

/** While one batch is under way the next gathers. */
async function append(): Promise<void> {
  isSending = true;
  while (waiting.length > 0) {
    const batch = waiting.splice(0, BATCH_RECORDS_MAX);
    const status = await send(producer, plan.topic, batch.map(({ key, value }) => ({ key, value }))).then(() => 202, () => 503);
    for (const { key: ticketId, response } of batch) {
      const body = JSON.stringify({ ticketId });
      response.writeHead(status, { 'content-type': 'application/json', 'content-length': body.length }).end(body);
    }
  }
  isSending = false;
}
