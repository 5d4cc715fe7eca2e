import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Adapter, SetupContext, SetupStep, Trust, WebhookRequest } from '../adapter.js';
import { jsonOf, readJson } from '../json-body.js';
import { CHARS_MAX, requiredText, requireShallow, textAt, valueAt } from '../payload.js';
import { headerOf, hmacSha256, requireFreshIfAsked, sameSignature, signatureInvalid, signingKeyUnavailable } from '../signature.js';
import { connectwiseApi } from './connectwise.api.js';
import { mapConnectwise } from './connectwise.mapping.js';

const ENTITY_LEVELS_MAX = 62;
const CLOUD_HOSTS = /^([a-z0-9-]+\.)+myconnectwise\.net$/;
const HOST = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
const EXPECTED = "the header 'x-content-signature' with the HMAC-SHA256 of the raw body in base64, keyed with the SHA-256 of the signing key that the body's 'Metadata.key_url' leads to.";

const SETTINGS = z.strictObject({
  /** The company of the login: the name that `key_url` must carry, for anybody with a ConnectWise of his own can sign. */
  company: z.string().min(1).max(128),
  /** Where ConnectWise runs on a server of the partner's own; only its keys are believed then. */
  host: z.string().regex(HOST, 'must be the name of a host, as connectwise.partner.example').optional(),
  /** Sent with the request for the signing key. */
  clientId: z.string().min(1).max(128).optional(),
});
type Settings = z.output<typeof SETTINGS>;

/**
 * ConnectWise PSA (Manage): its callbacks. Each names the place of its signing key, in a body that nobody has verified yet;
 * it is fetched from the partner's own ConnectWise alone. The scheme signs no time.
 */
export const connectwiseAdapter: Adapter = {
  name: 'connectwise-psa',
  title: 'ConnectWise PSA',
  defaultToleranceSeconds: null,
  tells: new Set(['severity']),
  secret: null,
  settings: SETTINGS,
  verify,
  read: readCallback,
  recognise: (_request, payload) => requiredText(payload, 'MessageId', CHARS_MAX.name),
  map: mapConnectwise,
  api: connectwiseApi,
  setup,
};

async function verify(request: WebhookRequest, trust: Trust): Promise<void> {
  const given = headerOf(request, 'x-content-signature');
  if (given === null) throw signatureInvalid('The signature is missing.', EXPECTED);
  const body = jsonOf(request.rawBody);
  const settings = SETTINGS.parse(trust.settings);
  const keyUrl = trustedKeyUrl(textAt(body, 'Metadata.key_url', CHARS_MAX.url), settings);
  const answer = await trust.download(keyUrl, settings.clientId === undefined ? {} : { clientId: settings.clientId });
  const expected = hmacSha256(createHash('sha256').update(signingKeyOf(answer)).digest(), request.rawBody).toString('base64');
  if (!sameSignature(given, expected)) throw signatureInvalid('The signature does not fit the body.', EXPECTED);
  requireFreshIfAsked(valueAt(jsonOf(textAt(body, 'Entity', Number.POSITIVE_INFINITY) ?? ''), '_info.lastUpdated'), "'Entity._info.lastUpdated'", trust);
}

/** @throws Problem 401 `signature-invalid` for any place but the partner's own ConnectWise. */
function trustedKeyUrl(text: string | null | undefined, { company, host }: Settings): string {
  const url = typeof text === 'string' ? URL.parse(text) : null;
  if (url === null) throw signatureInvalid("The body names no 'Metadata.key_url'.", EXPECTED);
  const isPlain = url.protocol === 'https:' && url.port === '' && url.username === '' && url.password === '' && url.hash === '';
  const isHost = host === undefined ? CLOUD_HOSTS.test(url.hostname) : url.hostname === host;
  if (!isPlain || !isHost) throw signatureInvalid(`'Metadata.key_url' leads elsewhere than to ${host ?? '*.myconnectwise.net'} by https.`, EXPECTED);
  if (!/callbackkey/i.test(url.pathname)) throw signatureInvalid("'Metadata.key_url' does not lead to a callback key.", EXPECTED);
  const companies = [...url.searchParams].filter(([name]) => name.toLowerCase() === 'companyname').map(([, value]) => value.toLowerCase());
  // On a server of the partner's own there is no other company.
  const isCompany = companies.length === 0 ? host !== undefined : companies.length === 1 && companies[0] === company.toLowerCase();
  if (!isCompany) throw signatureInvalid(`'Metadata.key_url' is not that of the company '${company}'.`, EXPECTED);
  return url.href;
}

/** @throws Problem 503 `signing-key-unavailable`: a page of maintenance is no key, and no proof of a forgery. */
function signingKeyOf(answer: Buffer): string {
  const key = textAt(jsonOf(answer), 'signing_key', CHARS_MAX.url);
  if (typeof key !== 'string') throw signingKeyUnavailable(new Error("The answer of 'Metadata.key_url' has no 'signing_key'."));
  return key;
}

/** The ticket travels as JSON in a string. Where it cannot be read, the callback is as one without it. */
function readCallback(request: WebhookRequest): readonly unknown[] {
  const [body] = readJson(request);
  const entity = valueAt(body, 'Entity');
  if (typeof entity !== 'string') return [body];
  const parsed = jsonOf(entity);
  requireShallow(parsed, ENTITY_LEVELS_MAX);
  return [{ ...(body as object), Entity: parsed ?? null }];
}

function setup({ webhookUrl }: SetupContext): readonly SetupStep[] {
  const callback = { id: 0, description: 'Handoff', url: `${webhookUrl}?recordId=`, objectId: 1, type: 'ticket', level: 'owner', payloadVersion: '3.0.0', inactiveFlag: false, isSelfSuppressedFlag: true };
  return [
    { text: "In ConnectWise PSA, create an API member with the right to read service tickets, and keys for it. 'isSelfSuppressedFlag' keeps what this member writes itself from coming back." },
    { text: "As this member, register the callback with POST /v4_6_release/apis/3.0/system/callbacks. 'level' owner with 'objectId' 1 means every ticket; take 'board' with the id of a board for less.", snippet: { language: 'json', content: JSON.stringify(callback, null, 2) } },
    { text: "Give this source your company, as you type it at the login, in 'settings.company'; and your server's name in 'settings.host' where ConnectWise runs on your own." },
    { text: "For descriptions, and for tickets whose callback was lost, give this source access to the API: its address with '/v4_6_release/apis/3.0', the user '<company>+<public key>', the private key as password, and your 'clientId'." },
  ];
}
