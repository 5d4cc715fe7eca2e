import { randomBytes } from 'node:crypto';
import type { SecretForm, Trust, WebhookRequest } from './adapter.js';
import { verifySharedSecret } from './shared-secret.js';
import { headerOf, hmacSha256, isOneOf, requireFresh, signatureInvalid } from './signature.js';

const STANDARD_SIGNATURE_HEADER = 'webhook-signature';
const PREFIX = 'whsec_';
const KEY_BYTES_MIN = 24;
const KEY_BYTES_MAX = 64;
const ID_CHARS_MAX = 256;
const EXPECTED = "the headers of Standard Webhooks: 'webhook-id' (without '.'), 'webhook-timestamp' (seconds) and 'webhook-signature' with 'v1,' and the HMAC-SHA256 of 'id.timestamp.body' in base64.";

/** A symmetric secret of Standard Webhooks 1.0. */
export const standardSecret: SecretForm = {
  generate: () => `${PREFIX}${randomBytes(32).toString('base64')}`,
  problem: (secret) => (keyOf(secret) === null ? `A secret is '${PREFIX}' and the base64 of ${KEY_BYTES_MIN} to ${KEY_BYTES_MAX} bytes.` : null),
};

/** @throws Problem 401 `signature-invalid` or `timestamp-stale`. */
export function verifyStandardSignature(request: WebhookRequest, trust: Trust): void {
  const id = headerOf(request, 'webhook-id');
  const timestamp = headerOf(request, 'webhook-timestamp');
  const signatures = headerOf(request, STANDARD_SIGNATURE_HEADER);
  if (id === null || timestamp === null || signatures === null) throw signatureInvalid('A header of the signature is missing.', EXPECTED);
  // With a dot in the id, the same text could be signed for another id and timestamp.
  if (id.includes('.') || id.length > ID_CHARS_MAX || !/^\d{1,12}$/.test(timestamp)) throw signatureInvalid("'webhook-id' or 'webhook-timestamp' has a form that is not allowed.", EXPECTED);
  const expected = trust.secrets.map(keyOf).filter((key) => key !== null).map((key) => `v1,${hmacSha256(key, `${id}.${timestamp}.`, request.rawBody).toString('base64')}`);
  const isSigned = signatures.split(' ').reduce((found, given) => isOneOf(given, expected) || found, false);
  if (!isSigned) throw signatureInvalid('No signature in the list fits id, timestamp and body.', EXPECTED);
  requireFresh(Number(timestamp) * 1_000, "'webhook-timestamp'", trust);
}

/**
 * For systems whose scripts can sign, or at least send the secret.
 * @throws Problem 401 `signature-invalid` or `timestamp-stale`.
 */
export function verifyStandardOrSharedSecret(request: WebhookRequest, trust: Trust): void {
  if (request.headers[STANDARD_SIGNATURE_HEADER] === undefined) verifySharedSecret(request, trust, { otherwise: EXPECTED });
  else verifyStandardSignature(request, trust);
}

/** The headers with which Standard Webhooks signs a body. */
export function standardHeaders(rawBody: Buffer, { id, secret, now }: { readonly id: string; readonly secret: string; readonly now: Date }): Record<string, string> {
  const timestamp = String(Math.floor(now.getTime() / 1_000));
  const signature = hmacSha256(keyOf(secret) ?? '', `${id}.${timestamp}.`, rawBody).toString('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, [STANDARD_SIGNATURE_HEADER]: `v1,${signature}` };
}

/** The bytes of a secret; `null` where it has not the form that the standard asks for. Padding may be missing. */
function keyOf(secret: string): Buffer | null {
  if (!secret.startsWith(PREFIX) || !/^[A-Za-z0-9+/]+={0,2}$/.test(secret.slice(PREFIX.length))) return null;
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
  return key.length >= KEY_BYTES_MIN && key.length <= KEY_BYTES_MAX ? key : null;
}
