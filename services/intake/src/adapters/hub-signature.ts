import type { Trust, WebhookRequest } from './adapter.js';
import { headerOf, hmacSha1, hmacSha256, isOneOf, signatureInvalid } from './signature.js';

export const HUB_SIGNATURE_HEADER = 'x-hub-signature';
const HMACS = { sha1: hmacSha1, sha256: hmacSha256 } as const;

/** How the header of WebSub is described to who sets the system up. `key` is what the system calls the secret. */
export function expectedHubSignature(algorithm: keyof typeof HMACS, key: string): string {
  return `the header 'X-Hub-Signature' with '${algorithm}=' and the HMAC-${algorithm.toUpperCase()} of the raw body in lower-case hex, keyed with ${key}.`;
}

/**
 * The signature of WebSub, which several systems use: the algorithm, `=`, and the HMAC of the raw body in lower-case hex.
 * Only the algorithm of the system is believed.
 * @throws Problem 401 `signature-invalid`.
 */
export function verifyHubSignature(request: WebhookRequest, { secrets }: Trust, { algorithm, expected }: { readonly algorithm: keyof typeof HMACS; readonly expected: string }): void {
  const given = headerOf(request, HUB_SIGNATURE_HEADER);
  if (given === null) throw signatureInvalid('The signature is missing.', expected);
  const signatures = secrets.map((secret) => hubSignature(request.rawBody, secret, algorithm));
  if (!isOneOf(given, signatures)) throw signatureInvalid('The signature does not fit the body.', expected);
}

/** The header with which a system signs a body so. */
export function hubSignatureHeader(rawBody: Buffer, secret: string, algorithm: keyof typeof HMACS): Readonly<Record<string, string>> {
  return { [HUB_SIGNATURE_HEADER]: hubSignature(rawBody, secret, algorithm) };
}

function hubSignature(rawBody: Buffer, secret: string, algorithm: keyof typeof HMACS): string {
  return `${algorithm}=${HMACS[algorithm](secret, rawBody).toString('hex')}`;
}
