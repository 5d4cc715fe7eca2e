import { createHash } from 'node:crypto';
import type { Trust, WebhookRequest } from '../adapter.js';
import { headerOf, hmacSha256, isOneOf, requireFresh, signatureInvalid } from '../signature.js';

export const SIGNATURE_VERSIONS = ['v1', 'v2', 'v3'] as const;
export type SignatureVersion = (typeof SIGNATURE_VERSIONS)[number];

const EXPECTED = "the header 'X-HubSpot-Signature-v3' with the HMAC-SHA256 of method, address, raw body and timestamp in base64, keyed with the app's client secret, and 'X-HubSpot-Request-Timestamp' with that timestamp in milliseconds.";
type Signed = Pick<WebhookRequest, 'method' | 'url' | 'rawBody'>;

/** What HubSpot signs decoded, by its documentation; all else stays as it is written. */
const DECODED: Readonly<Record<string, string>> = { '%3A': ':', '%2F': '/', '%3F': '?', '%40': '@', '%21': '!', '%24': '$', '%27': "'", '%28': '(', '%29': ')', '%2A': '*', '%2C': ',', '%3B': ';' };

/**
 * A webhook with a signature of version 3 is judged by it alone. Versions 1 and 2 are hashes of the secret and the content,
 * without a time: they count only where the source asks for them, and no version 3 is there.
 * @throws Problem 401 `signature-invalid` or `timestamp-stale`.
 */
export function verifyHubspotSignature(request: WebhookRequest, trust: Trust, allowed: readonly SignatureVersion[]): void {
  if (request.headers['x-hubspot-signature-v3'] !== undefined) return verifyThird(request, trust);
  const given = headerOf(request, 'x-hubspot-signature');
  const version = allowed.find((candidate) => candidate !== 'v3' && candidate === (headerOf(request, 'x-hubspot-signature-version') ?? 'v1'));
  if (given === null || version === undefined) throw signatureInvalid('The signature is missing, or of a version that this source does not take.', EXPECTED);
  const parts = version === 'v1' ? [request.rawBody] : [request.method, request.url, request.rawBody];
  const expected = trust.secrets.map((secret) => parts.reduce((hash, part) => hash.update(part), createHash('sha256').update(secret)).digest('hex'));
  if (!isOneOf(given, expected)) throw signatureInvalid(`The signature of version ${version.slice(1)} does not fit.`, EXPECTED);
}

function verifyThird(request: WebhookRequest, trust: Trust): void {
  const given = headerOf(request, 'x-hubspot-signature-v3');
  const timestamp = headerOf(request, 'x-hubspot-request-timestamp');
  if (given === null || timestamp === null || !/^\d{1,15}$/.test(timestamp)) throw signatureInvalid('The signature or its timestamp is missing.', EXPECTED);
  const expected = trust.secrets.map((secret) => thirdSignature(request, secret, timestamp));
  if (!isOneOf(given, expected)) throw signatureInvalid('The signature does not fit method, address, body and timestamp. The address is the one that HubSpot posts to, as HANDOFF_PUBLIC_URL says.', EXPECTED);
  requireFresh(Number(timestamp), "'X-HubSpot-Request-Timestamp'", trust);
}

/** The headers with which HubSpot signs a webhook, by version 3. */
export function hubspotSignatureHeaders(request: Signed, { secret, now }: { readonly secret: string; readonly now: Date }): Readonly<Record<string, string>> {
  const timestamp = String(now.getTime());
  return { 'x-hubspot-signature-v3': thirdSignature(request, secret, timestamp), 'x-hubspot-request-timestamp': timestamp };
}

function thirdSignature({ method, url, rawBody }: Signed, secret: string, timestamp: string): string {
  return hmacSha256(secret, method, decodedUri(url), rawBody, timestamp).toString('base64');
}

function decodedUri(url: string): string {
  return url.replace(/%[0-9a-f]{2}/gi, (encoded) => DECODED[encoded.toUpperCase()] ?? encoded);
}
