import { randomBytes } from 'node:crypto';
import { FACT_NAMES } from '../../mapping/mapping.js';
import type { Adapter, SetupContext, SetupStep, Trust, WebhookRequest } from '../adapter.js';
import { NO_SETTINGS, readJson } from '../json-body.js';
import { headerOf, hmacSha256, isOneOf, requireFresh, signatureInvalid } from '../signature.js';
import { mapOwnFormat } from './own-format.js';

const PREFIX = 'whsec_';
const KEY_BYTES_MIN = 24;
const KEY_BYTES_MAX = 64;
const ID_CHARS_MAX = 256;
const EXPECTED = "the headers of Standard Webhooks: 'webhook-id' (without '.'), 'webhook-timestamp' (seconds) and 'webhook-signature' with 'v1,' and the HMAC-SHA256 of 'id.timestamp.body' in base64.";

/** Standard Webhooks 1.0 with our own ticket format, for systems that let one write the body: ServiceNow, scripts, automations. */
export const standardWebhooksAdapter: Adapter = {
  name: 'standard-webhooks',
  title: 'Standard Webhooks',
  defaultToleranceSeconds: 300,
  tells: new Set(FACT_NAMES),
  secret: {
    generate: () => `${PREFIX}${randomBytes(32).toString('base64')}`,
    problem: (secret) => (keyOf(secret) === null ? `A secret is '${PREFIX}' and the base64 of ${KEY_BYTES_MIN} to ${KEY_BYTES_MAX} bytes.` : null),
  },
  settings: NO_SETTINGS,
  verify,
  read: readJson,
  recognise: (request) => headerOf(request, 'webhook-id') ?? '',
  map: mapOwnFormat,
  setup,
};

function setup({ webhookUrl, secret }: SetupContext): readonly SetupStep[] {
  return [
    { text: "Let your system post each ticket as JSON in our own format, which POST /v1/tickets documents, signed by a library of Standard Webhooks.", snippet: { language: 'json', content: JSON.stringify({ externalId: 'T-1', subject: 'Sign-in fails', area: 'break-fix', asker: 'customer' }, null, 2) } },
    { text: 'URL:', snippet: { language: 'text', content: webhookUrl } },
    { text: 'Signing secret:', snippet: { language: 'text', content: secret } },
  ];
}

function verify(request: WebhookRequest, trust: Trust): void {
  const id = headerOf(request, 'webhook-id');
  const timestamp = headerOf(request, 'webhook-timestamp');
  const signatures = headerOf(request, 'webhook-signature');
  if (id === null || timestamp === null || signatures === null) throw signatureInvalid('A header of the signature is missing.', EXPECTED);
  // With a dot in the id, the same text could be signed for another id and timestamp.
  if (id.includes('.') || id.length > ID_CHARS_MAX || !/^\d{1,12}$/.test(timestamp)) throw signatureInvalid("'webhook-id' or 'webhook-timestamp' has a form that is not allowed.", EXPECTED);
  const expected = trust.secrets.map(keyOf).filter((key) => key !== null).map((key) => `v1,${hmacSha256(key, `${id}.${timestamp}.`, request.rawBody).toString('base64')}`);
  const isSigned = signatures.split(' ').reduce((found, given) => isOneOf(given, expected) || found, false);
  if (!isSigned) throw signatureInvalid('No signature in the list fits id, timestamp and body.', EXPECTED);
  requireFresh(Number(timestamp) * 1_000, "'webhook-timestamp'", trust);
}

/** The bytes of a secret; `null` where it has not the form that the standard asks for. Padding may be missing. */
function keyOf(secret: string): Buffer | null {
  if (!secret.startsWith(PREFIX) || !/^[A-Za-z0-9+/]+={0,2}$/.test(secret.slice(PREFIX.length))) return null;
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
  return key.length >= KEY_BYTES_MIN && key.length <= KEY_BYTES_MAX ? key : null;
}
