import { createPublicKey, createSecretKey, type KeyObject, randomBytes, verify as verifySignature } from 'node:crypto';
import { keptKeys } from '@handoff/secrets';
import type { SecretForm, Trust, WebhookRequest } from './adapter.js';
import { textSecret, verifySharedSecret } from './shared-secret.js';
import { headerOf, hmacSha256, isOneOf, requireFresh, signatureInvalid } from './signature.js';

const STANDARD_SIGNATURE_HEADER = 'webhook-signature';
const SECRET_PREFIX = 'whsec_';
const PUBLIC_KEY_PREFIX = 'whpk_';
const PRIVATE_KEY_PREFIX = 'whsk_';
const SECRET_BYTES_MIN = 24;
const SECRET_BYTES_MAX = 64;
const PUBLIC_KEY_BYTES = 32;
/** 64 bytes in base64. */
const ED25519_SIGNATURE = /^[A-Za-z0-9+/]{86}==$/;
/** Checking one takes a hundred times as long as an HMAC; a sender has as many as keys that hold at once. */
const ED25519_SIGNATURES_MAX = 10;
const ID_CHARS_MAX = 256;

/** What the headers of Standard Webhooks hold, for whoever sets a system up. */
export const STANDARD_EXPECTED = "the headers of Standard Webhooks: 'webhook-id' (without '.'), 'webhook-timestamp' (seconds) and 'webhook-signature' with 'v1,' and the HMAC-SHA256 of 'id.timestamp.body' in base64, or 'v1a,' and its Ed25519 signature.";

/** A symmetric secret of Standard Webhooks 1.0, or the public key of a sender that signs with a private one. */
export const standardSecret: SecretForm = {
  generate: () => `${SECRET_PREFIX}${randomBytes(32).toString('base64')}`,
  problem: (secret) => (secretBytesOf(secret) === null ? publicKeyProblem(secret, `A secret is '${SECRET_PREFIX}' and the base64 of ${SECRET_BYTES_MIN} to ${SECRET_BYTES_MAX} bytes, or a public key: '${PUBLIC_KEY_PREFIX}' and the base64 of ${PUBLIC_KEY_BYTES} bytes.`) : null),
};

/** For systems that sign by Standard Webhooks or send the secret: then it may be any text. */
export function standardOrTextSecret(system: string): SecretForm {
  const text = textSecret(system);
  return { generate: () => standardSecret.generate(), problem: (secret) => publicKeyProblem(secret, text.problem(secret)) };
}

/** @param otherwise what holds of a secret that is no key. */
function publicKeyProblem(secret: string, otherwise: string | null): string | null {
  if (secret.startsWith(PRIVATE_KEY_PREFIX)) return `A key that begins with '${PRIVATE_KEY_PREFIX}' is private and stays with the sender; give the public one, which begins with '${PUBLIC_KEY_PREFIX}'.`;
  if (!isPublicKey(secret)) return otherwise;
  return publicKeyOf(secret) === null ? `A public key is '${PUBLIC_KEY_PREFIX}' and the base64 of the ${PUBLIC_KEY_BYTES} bytes of an Ed25519 key.` : null;
}

/** Whether this only verifies: everybody may know it, and nobody can sign with it. */
export function isPublicKey(secret: string): boolean {
  return secret.startsWith(PUBLIC_KEY_PREFIX);
}

/** Whether a request claims to be signed by Standard Webhooks. */
export function isStandardSigned(request: WebhookRequest): boolean {
  return request.headers[STANDARD_SIGNATURE_HEADER] !== undefined;
}

/**
 * One signature of the list must fit one key that holds, each by its own version; other versions are skipped.
 * @throws Problem 401 `signature-invalid` or `timestamp-stale`.
 */
export function verifyStandardSignature(request: WebhookRequest, trust: Trust): void {
  const id = headerOf(request, 'webhook-id');
  const timestamp = headerOf(request, 'webhook-timestamp');
  const signatures = headerOf(request, STANDARD_SIGNATURE_HEADER);
  if (id === null || timestamp === null || signatures === null) throw signatureInvalid('A header of the signature is missing.', STANDARD_EXPECTED);
  // With a dot in the id, the same text could be signed for another id and timestamp.
  if (id.includes('.') || id.length > ID_CHARS_MAX || !/^\d{1,12}$/.test(timestamp)) throw signatureInvalid("'webhook-id' or 'webhook-timestamp' has a form that is not allowed.", STANDARD_EXPECTED);
  const prefix = `${id}.${timestamp}.`;
  const given = signatures.split(' ');
  if (!hasHmac(given, prefix, request.rawBody, trust) && !hasEd25519(given, prefix, request.rawBody, trust)) throw signatureInvalid('No signature in the list fits id, timestamp and body.', STANDARD_EXPECTED);
  requireFresh(Number(timestamp) * 1_000, "'webhook-timestamp'", trust);
}

function hasHmac(given: readonly string[], prefix: string, rawBody: Buffer, { secrets }: Trust): boolean {
  const expected: string[] = [];
  for (const secret of secrets) {
    const key = hmacKeyOf(secret);
    if (key !== null) expected.push(`v1,${hmacSha256(key, prefix, rawBody).toString('base64')}`);
  }
  let found = false;
  for (const signature of given) found = isOneOf(signature, expected) || found;
  return found;
}

function hasEd25519(given: readonly string[], prefix: string, rawBody: Buffer, { secrets }: Trust): boolean {
  const keys = secrets.map(publicKeyOf).filter((key) => key !== null);
  if (keys.length === 0) return false;
  const signatures = given.flatMap((each) => (each.startsWith('v1a,') ? [ed25519SignatureOf(each.slice('v1a,'.length))] : [])).filter((signature) => signature !== null);
  const signed = Buffer.concat([Buffer.from(prefix), rawBody]);
  return signatures.slice(0, ED25519_SIGNATURES_MAX).some((signature) => keys.some((key) => verifySignature(null, signed, key, signature)));
}

/** `null` for another spelling of the same bytes: only one was sent. */
function ed25519SignatureOf(base64: string): Buffer | null {
  const signature = Buffer.from(base64, 'base64');
  return ED25519_SIGNATURE.test(base64) && signature.toString('base64') === base64 ? signature : null;
}

/**
 * For systems whose scripts can sign, or at least send the secret. A public key is no secret: whoever sends it proves nothing.
 * @throws Problem 401 `signature-invalid` or `timestamp-stale`.
 */
export function verifyStandardOrSharedSecret(request: WebhookRequest, trust: Trust, { queryParameter }: { readonly queryParameter?: string } = {}): void {
  if (isStandardSigned(request)) verifyStandardSignature(request, trust);
  else verifySharedSecret(request, { ...trust, secrets: trust.secrets.filter((secret) => !isPublicKey(secret)) }, { otherwise: STANDARD_EXPECTED, ...(queryParameter === undefined ? {} : { queryParameter }) });
}

/** The headers with which Standard Webhooks signs a body. */
export function standardHeaders(rawBody: Buffer, { id, secret, now }: { readonly id: string; readonly secret: string; readonly now: Date }): Record<string, string> {
  const timestamp = String(Math.floor(now.getTime() / 1_000));
  const signature = hmacSha256(secretBytesOf(secret) ?? '', `${id}.${timestamp}.`, rawBody).toString('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, [STANDARD_SIGNATURE_HEADER]: `v1,${signature}` };
}

/** The key that a secret is; `null` where it has not the form that the standard asks for. */
const hmacKeyOf = keptKeys((secret): KeyObject | null => {
  const bytes = secretBytesOf(secret);
  return bytes === null ? null : createSecretKey(bytes);
});

/** The bytes of a secret; `null` where it has not the form that the standard asks for. Padding may be missing. */
function secretBytesOf(secret: string): Buffer | null {
  const key = bytesAfter(SECRET_PREFIX, secret);
  return key !== null && key.length >= SECRET_BYTES_MIN && key.length <= SECRET_BYTES_MAX ? key : null;
}

/** `null` for anything but a public key. */
function publicKeyOf(secret: string): KeyObject | null {
  const key = bytesAfter(PUBLIC_KEY_PREFIX, secret);
  if (key?.length !== PUBLIC_KEY_BYTES) return null;
  return createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: key.toString('base64url') } });
}

function bytesAfter(prefix: string, secret: string): Buffer | null {
  if (!secret.startsWith(prefix) || !/^[A-Za-z0-9+/]+={0,2}$/.test(secret.slice(prefix.length))) return null;
  return Buffer.from(secret.slice(prefix.length), 'base64');
}
