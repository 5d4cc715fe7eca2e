import { createHmac } from 'node:crypto';

/** How the ticketing systems sign what they post. */
export const SIGNING_SCHEMES = ['jira', 'zendesk', 'standard-webhooks'] as const;
export type SigningScheme = (typeof SIGNING_SCHEMES)[number];

export interface Delivery {
  readonly scheme: SigningScheme;
  readonly secret: string;
  /** The exact bytes that are posted. */
  readonly body: Buffer;
  /** When it is posted, in epoch ms. */
  readonly atMs: number;
  /** Names the delivery; repeats of one delivery carry the same. */
  readonly deliveryId: string;
}

/** A secret that cannot sign anything; the message says what one looks like. */
export class UnusableSecret extends Error {
  override readonly name = 'UnusableSecret';
}

/**
 * The headers with which the source's system would post this body.
 * @throws UnusableSecret
 */
export function signedHeaders(delivery: Delivery): Record<string, string> {
  if (delivery.secret === '') throw new UnusableSecret('The signing secret is empty.');
  switch (delivery.scheme) {
    case 'jira': return jiraHeaders(delivery);
    case 'zendesk': return zendeskHeaders(delivery);
    case 'standard-webhooks': return standardHeaders(delivery);
  }
}

/** Atlassian: hex HMAC-SHA256 of the body, in the header form of WebSub. */
function jiraHeaders({ secret, body, deliveryId }: Delivery): Record<string, string> {
  return {
    'x-hub-signature': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
    'x-atlassian-webhook-identifier': deliveryId,
    'x-atlassian-webhook-flow': 'Primary',
  };
}

/** Zendesk: base64 HMAC-SHA256 of the time stamp's text followed at once by the body. */
function zendeskHeaders({ secret, body, atMs, deliveryId }: Delivery): Record<string, string> {
  const timestamp = new Date(atMs).toISOString().replace(/\.\d{3}Z$/, 'Z');
  return {
    'x-zendesk-webhook-signature': createHmac('sha256', secret).update(timestamp).update(body).digest('base64'),
    'x-zendesk-webhook-signature-timestamp': timestamp,
    'x-zendesk-webhook-invocation-id': deliveryId,
  };
}

/** Standard Webhooks 1.0, version v1: base64 HMAC-SHA256 of `id.seconds.body` under the decoded secret. */
function standardHeaders({ secret, body, atMs, deliveryId }: Delivery): Record<string, string> {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  if (key.length === 0) throw new UnusableSecret('The signing secret is not usable: Standard Webhooks expects whsec_ followed by base64.');
  const seconds = String(Math.floor(atMs / 1_000));
  const signature = createHmac('sha256', key).update(`${deliveryId}.${seconds}.`).update(body).digest('base64');
  return { 'webhook-id': deliveryId, 'webhook-timestamp': seconds, 'webhook-signature': `v1,${signature}` };
}

/** The scheme that a source's adapter verifies; `null` where this command cannot sign for it. */
export function schemeOfAdapter(adapter: string): SigningScheme | null {
  return SIGNING_SCHEMES.find((scheme) => adapter === scheme || adapter.startsWith(`${scheme}-`)) ?? null;
}
