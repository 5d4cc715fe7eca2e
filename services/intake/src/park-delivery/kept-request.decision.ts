import { createHash } from 'node:crypto';
import { nameBasedId } from '@handoff/contracts';
import type { WebhookRequest } from '../adapters/adapter.js';
import type { FailedEvent } from '../receive-webhook/delivery.js';

/** Names of headers that prove a sender, or may. */
const PROVING_HEADER = /secret|token|signature|authori[sz]ation|authentication|cookie|password|credential|api-?key|hmac|jwt/i;
const REDACTED = '[secret]';

/** What may be kept of a verified request: whoever reads it later must not be able to sign or to sign in with it. */
export function keptRequest({ method, url, headers, rawBody }: WebhookRequest, secrets: readonly string[]): WebhookRequest {
  const redact = (text: string): string => secrets.reduce((rest, secret) => rest.replaceAll(secret, REDACTED), text);
  const kept = Object.entries(headers).flatMap(([name, value]) => {
    if (value === undefined || PROVING_HEADER.test(name)) return [];
    return [[name, typeof value === 'string' ? redact(value) : value.map(redact)] as const];
  });
  return { method, url: withoutSecrets(url, secrets), headers: Object.fromEntries(kept), rawBody };
}

/** A query's values have several spellings, so they are compared as they are read. */
function withoutSecrets(url: string, secrets: readonly string[]): string {
  const [address = '', query] = url.split('?', 2);
  if (query === undefined) return address;
  const kept = query.split('&').map((pair) => {
    const read = [...new URLSearchParams(pair)].flat().join('=');
    return secrets.some((secret) => read.includes(secret)) ? `${pair.split('=', 1)[0] ?? ''}=${REDACTED}` : pair;
  });
  return `${address}?${kept.join('&')}`;
}

/** The same for a delivery that comes again: by the keys of the events that failed, or where they have none, by the bytes. */
export function parkedIdOf(source: string, { rawBody }: WebhookRequest, failed: readonly FailedEvent[]): string {
  const keys = failed.map(({ key }) => key);
  const name = keys.includes(null) ? createHash('sha256').update(rawBody).digest('hex') : JSON.stringify(keys);
  return nameBasedId('parked-delivery', source, name.replaceAll('\u0000', ''));
}
