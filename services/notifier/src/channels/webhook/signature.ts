import { createHmac, createPrivateKey, createPublicKey, createSecretKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { keptKeys } from '@handoff/secrets';

const SECRET_PREFIX = 'whsec_';
const SECRET_BYTES = 32;
const SECRET_BYTES_MIN = 24;
const SECRET_BYTES_MAX = 64;
const PRIVATE_KEY_PREFIX = 'whsk_';
const PUBLIC_KEY_PREFIX = 'whpk_';
const PRIVATE_KEY_BYTES = 32;
/** The DER that stands before the 32 bytes of an Ed25519 private key (RFC 8410 section 7). */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');

export interface SignedParts {
  readonly id: string;
  /** Seconds since the epoch. */
  readonly timestampSeconds: number;
  readonly body: string;
}

/** How webhooks are signed: with a secret that both sides have, or with a private key, of which the receiver needs the public half alone. */
export const SIGNATURES = ['v1', 'v1a'] as const;
export type SignatureVersion = (typeof SIGNATURES)[number];

/** The `webhook-signature` header by Standard Webhooks, with one signature for each secret: the receiver believes any. */
export function signatureHeaderOf(parts: SignedParts, secrets: readonly string[]): string {
  return secrets.map((secret) => signatureOf(parts, secret)).join(' ');
}

/** `v1,` and HMAC-SHA256, or `v1a,` and Ed25519, over `id.timestamp.body`; in base64. */
export function signatureOf({ id, timestampSeconds, body }: SignedParts, secret: string): string {
  const content = `${id}.${timestampSeconds}.${body}`;
  if (isPrivateKey(secret)) return `v1a,${sign(null, Buffer.from(content), keyFor(secret)).toString('base64')}`;
  return `v1,${createHmac('sha256', keyFor(secret)).update(content).digest('base64')}`;
}

export function newSecret(version: SignatureVersion = 'v1'): string {
  if (version === 'v1') return `${SECRET_PREFIX}${randomBytes(SECRET_BYTES).toString('base64')}`;
  const { privateKey } = generateKeyPairSync('ed25519');
  return `${PRIVATE_KEY_PREFIX}${privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(PKCS8_HEAD.length).toString('base64')}`;
}

/** What the receiver of `v1a` signatures verifies with: `whpk_` and base64. `null` for a secret that both sides have. */
export function publicKeyOf(secret: string): string | null {
  if (!isPrivateKey(secret)) return null;
  const { x = '' } = createPublicKey(keyFor(secret)).export({ format: 'jwk' });
  return `${PUBLIC_KEY_PREFIX}${Buffer.from(x, 'base64url').toString('base64')}`;
}

/** `whsec_` and the base64 of 24 to 64 bytes. Private keys are made here, and never taken from others. */
export function isSecret(text: string): boolean {
  if (!text.startsWith(SECRET_PREFIX) || !/^[A-Za-z0-9+/]+={0,2}$/.test(text.slice(SECRET_PREFIX.length))) return false;
  const { length } = bytesOf(text);
  return length >= SECRET_BYTES_MIN && length <= SECRET_BYTES_MAX;
}

function isPrivateKey(secret: string): boolean {
  return secret.startsWith(PRIVATE_KEY_PREFIX);
}

const keyFor = keptKeys((secret): KeyObject => (isPrivateKey(secret)
  ? createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, bytesOf(secret).subarray(0, PRIVATE_KEY_BYTES)]), format: 'der', type: 'pkcs8' })
  : createSecretKey(bytesOf(secret))));

function bytesOf(text: string): Buffer {
  return Buffer.from(text.slice(text.indexOf('_') + 1), 'base64');
}
