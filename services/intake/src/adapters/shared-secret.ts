import { randomBytes } from 'node:crypto';
import type { SecretForm, Trust, WebhookRequest } from './adapter.js';
import { headerOf, isOneOf, signatureInvalid } from './signature.js';

/** Our own header, for systems that can send any. */
export const SECRET_HEADER = 'x-handoff-secret';
const SECRET_CHARS_MIN = 16;
const SECRET_CHARS_MAX = 256;
const EXPECTED = `the source's secret in one place: 'Authorization: Bearer <secret>', 'Authorization: Basic' with it as the password of any user, or '${SECRET_HEADER}: <secret>'.`;

/** A secret that is any text: the key of an HMAC, a password, a token. */
export function textSecret(system: string, { charsMax = SECRET_CHARS_MAX }: { readonly charsMax?: number } = {}): SecretForm {
  return {
    generate: () => randomBytes(32).toString('hex').slice(0, charsMax),
    problem: (secret) => (secret.length >= SECRET_CHARS_MIN && secret.length <= charsMax ? null : `A secret for ${system} has ${SECRET_CHARS_MIN} to ${charsMax} characters.`),
  };
}

/**
 * For systems that sign nothing: the secret itself comes with each webhook. It proves who sends, and protects nothing of
 * the body, so that the address must be reached by TLS alone.
 * @param queryParameter where the system can put it nowhere else than into the address.
 * @param otherwise what the adapter takes in place of a secret, for the message.
 * @throws Problem 401 `signature-invalid`.
 */
export function verifySharedSecret(request: WebhookRequest, { secrets }: Trust, { queryParameter, otherwise }: { readonly queryParameter?: string; readonly otherwise?: string } = {}): void {
  const inQuery = queryParameter === undefined ? null : new URL(request.url).searchParams.get(queryParameter);
  const given = [headerOf(request, SECRET_HEADER), ...fromAuthorization(headerOf(request, 'authorization')), inQuery].filter((secret) => secret !== null && secret !== '');
  const inAddress = queryParameter === undefined ? EXPECTED : `${EXPECTED.slice(0, -1)}, or '${queryParameter}=<secret>' in the address.`;
  const expected = otherwise === undefined ? inAddress : `${inAddress} Or ${otherwise}`;
  const [secret] = given;
  if (secret === undefined || secret === null) throw signatureInvalid('The secret is missing.', expected);
  if (given.length > 1) throw signatureInvalid('The secret is given in several places.', expected);
  if (!isOneOf(secret, secrets)) throw signatureInvalid('The secret is not the one of this source.', expected);
}

function fromAuthorization(authorization: string | null): (string | null)[] {
  const [, scheme, value] = /^(\S+) +(\S+)$/.exec(authorization ?? '') ?? [];
  if (scheme?.toLowerCase() === 'bearer') return [value ?? null];
  if (scheme?.toLowerCase() !== 'basic') return [];
  const pair = Buffer.from(value ?? '', 'base64').toString('utf8');
  return pair.includes(':') ? [pair.slice(pair.indexOf(':') + 1)] : [];
}
