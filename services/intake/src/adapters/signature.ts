import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import { Problem } from '@handoff/platform';
import { keptKeys } from '@handoff/secrets';
import type { Trust, WebhookRequest } from './adapter.js';

const KEY_RETRY_AFTER_SECONDS = 30;
const keyOfBytes = keptKeys((latin1) => createSecretKey(Buffer.from(latin1, 'latin1')));

/** HMAC-SHA256 over the parts, one after the other. */
export function hmacSha256(key: string | Buffer | KeyObject, ...parts: readonly (string | Buffer)[]): Buffer {
  return hmac('sha256', key, parts);
}

/** HMAC-SHA1, for systems that have nothing newer; its weakness to collisions does not touch an HMAC. */
export function hmacSha1(key: string | Buffer, ...parts: readonly (string | Buffer)[]): Buffer {
  return hmac('sha1', key, parts);
}

function hmac(algorithm: string, key: string | Buffer | KeyObject, parts: readonly (string | Buffer)[]): Buffer {
  const hmac = createHmac(algorithm, typeof key === 'string' || Buffer.isBuffer(key) ? keyOfBytes(Buffer.from(key).toString('latin1')) : key);
  for (const part of parts) hmac.update(part);
  return hmac.digest();
}

/**
 * Whether the two texts are the same, without telling by the time taken where they differ. Texts, not decoded bytes:
 * decoders of hex and base64 take several spellings for one value, and only one of them was signed.
 */
export function sameSignature(given: string, expected: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Compares with every expected signature, without stopping at the first that fits. */
export function isOneOf(given: string, expected: readonly string[]): boolean {
  let found = false;
  for (const signature of expected) found = sameSignature(given, signature) || found;
  return found;
}

/** The header's value; `null` when it is missing, empty or given more than once. */
export function headerOf(request: WebhookRequest, name: string): string | null {
  const value = request.headers[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

/** `expected` says which headers hold what, so that whoever sets the system up can compare. */
export function signatureInvalid(found: string, expected: string): Problem {
  return new Problem(401, 'signature-invalid', `${found} Expected: ${expected}`);
}

/** A key that cannot be had says nothing about the signature: the system must send again. */
export function signingKeyUnavailable(cause: unknown): Problem {
  return new Problem(503, 'signing-key-unavailable', 'The key or certificate that the signature names cannot be had now, so the webhook cannot be judged; send it again.', { retryAfterSeconds: KEY_RETRY_AFTER_SECONDS, cause });
}

/**
 * For schemes that sign no time of their own: where the source asks for it, the time in the body counts, and a body without one is stale.
 * @param sentAt ISO 8601, or milliseconds.
 * @throws Problem 401 `timestamp-stale`.
 */
export function requireFreshIfAsked(sentAt: unknown, place: string, trust: Trust): void {
  if (trust.toleranceSeconds === null) return;
  const sentAtMs = typeof sentAt === 'string' ? Date.parse(sentAt) : sentAt;
  requireFresh(typeof sentAtMs === 'number' && Number.isFinite(sentAtMs) ? sentAtMs : 0, place, trust);
}

/** @throws Problem 401 `timestamp-stale` when the sender's time is too far from ours. `place` names where it was read. */
export function requireFresh(sentAtMs: number, place: string, trust: Trust): void {
  if (trust.toleranceSeconds === null) return;
  const distanceMs = Math.abs(trust.now.getTime() - sentAtMs);
  if (distanceMs > trust.toleranceSeconds * 1_000) throw timestampStale(`The time in ${place} is more than ${trust.toleranceSeconds} seconds away from ours`, trust);
}

/** @param found what was found of the sender's time, as the beginning of a sentence. */
export function timestampStale(found: string, { now }: Pick<Trust, 'now'>): Problem {
  return new Problem(401, 'timestamp-stale', `${found} (${now.toISOString()}). Send the event anew, and check both clocks.`);
}
