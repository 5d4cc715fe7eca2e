import { createHmac } from 'node:crypto';
import { SOURCE, type Ticket } from './tickets.js';

export interface WebhookPlan {
  readonly secret: string;
  readonly count: number;
  readonly ticketOf: (number: number) => Ticket;
}

const BYTES_A_REQUEST_MAX = 4_096;

/**
 * Signed requests made beforehand: signing them while a service is measured would take its time. They lie in one piece of memory,
 * where the garbage collector has nothing to do with them.
 */
export class Webhooks {
  private readonly bytes: Buffer;
  private readonly ends: Uint32Array;

  constructor(plan: WebhookPlan) {
    this.bytes = Buffer.allocUnsafeSlow(plan.count * BYTES_A_REQUEST_MAX);
    this.ends = new Uint32Array(plan.count + 1);
    const key = Buffer.from(plan.secret.replace('whsec_', ''), 'base64');
    const timestamp = String(Math.floor(Date.now() / 1_000));
    for (let number = 0, end = 0; number < plan.count; number += 1) {
      end += this.bytes.write(requestFor(plan.ticketOf(number), key, timestamp), end);
      this.ends[number + 1] = end;
    }
  }

  get count(): number {
    return this.ends.length - 1;
  }

  /** The whole request, as it goes onto the connection. */
  request(number: number): Buffer {
    return this.bytes.subarray(this.ends[number], this.ends[number + 1]);
  }
}

/** By Standard Webhooks: the HMAC-SHA256 of `id.timestamp.body`. */
function requestFor(ticket: Ticket, key: Buffer, timestamp: string): string {
  const body = JSON.stringify(ticket);
  const id = `msg_${ticket.externalId}`;
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return [
    `POST /v1/sources/${SOURCE}/webhooks HTTP/1.1`, 'host: 127.0.0.1', 'user-agent: bench', 'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`, `webhook-id: ${id}`, `webhook-timestamp: ${timestamp}`, `webhook-signature: v1,${signature}`, '', body,
  ].join('\r\n');
}

