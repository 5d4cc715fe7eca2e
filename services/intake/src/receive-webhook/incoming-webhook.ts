import type { FastifyRequest } from 'fastify';
import { traceParentOf } from '../accept/trace-parent.js';
import type { WebhookRequest } from '../adapters/adapter.js';
import type { TestMark } from '../test-source/test-mark.js';
import { clientAddressOf } from './client-address.decision.js';

export interface IncomingWebhook extends WebhookRequest {
  readonly source: string;
  readonly traceparent: string;
  /** Where it came from, as far as that can be believed. */
  readonly address: string;
  /** This process posted it to itself, to test the source. */
  readonly isOwnTest: boolean;
}

export interface IncomingWebhooksParts {
  /** Without a slash at its end. */
  readonly publicUrl: string;
  readonly trustedProxies: readonly string[];
  readonly mark: TestMark;
}

/** Reads requests as webhooks of sources. */
export class IncomingWebhooks {
  constructor(private readonly parts: IncomingWebhooksParts) {}

  of(source: string, { method, url, headers, body, socket }: FastifyRequest): IncomingWebhook {
    const { publicUrl, trustedProxies, mark } = this.parts;
    return {
      source, method, url: `${publicUrl}${url}`, headers, rawBody: Buffer.isBuffer(body) ? body : Buffer.alloc(0), traceparent: traceParentOf(headers['traceparent']),
      address: clientAddressOf({ peer: socket.remoteAddress ?? '', forwardedFor: headers['x-forwarded-for'], trustedProxies }), isOwnTest: mark.isOn(headers),
    };
  }
}
