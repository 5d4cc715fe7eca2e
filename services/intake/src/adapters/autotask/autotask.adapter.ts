import { createHash } from 'node:crypto';
import type { Adapter, SetupContext, SetupStep, TestTicket, Trust, WebhookRequest } from '../adapter.js';
import { jsonOf, NO_SETTINGS, readJson } from '../json-body.js';
import { CHARS_MAX, textAt, valueAt } from '../payload.js';
import { textSecret } from '../shared-secret.js';
import { headerOf, hmacSha1, isOneOf, requireFreshIfAsked, signatureInvalid } from '../signature.js';
import { jsonWebhook } from '../test-webhook.js';
import { autotaskApi } from './autotask.api.js';
import { mapAutotask } from './autotask.mapping.js';

const SECRET_CHARS_MAX = 64;
const EXPECTED = "the header 'X-Hook-Signature' with 'sha1=' and the HMAC-SHA1 of the raw body in base64, keyed with the webhook's secret key.";
const ENVELOPE = ['Action', 'Guid', 'EntityType', 'Id', 'Fields', 'EventTime', 'SequenceNumber', 'PersonID'];

/**
 * Autotask PSA: webhooks for tickets and for their notes. A payload that nobody takes within two minutes is lost, so a source
 * needs its poll. The scheme signs no time beside the body's own.
 */
export const autotaskAdapter: Adapter = {
  name: 'autotask',
  title: 'Autotask PSA',
  defaultToleranceSeconds: null,
  tells: new Set(['severity']),
  secret: textSecret('Autotask', { charsMax: SECRET_CHARS_MAX }),
  settings: NO_SETTINGS,
  verify,
  read: (request) => readJson(request).map(withKnownNames),
  recognise,
  map: mapAutotask,
  api: autotaskApi,
  setup,
  testWebhook,
};

function verify(request: WebhookRequest, trust: Trust): void {
  const given = headerOf(request, 'x-hook-signature');
  if (given === null) throw signatureInvalid('The signature is missing.', EXPECTED);
  const expected = trust.secrets.map((secret) => `sha1=${hmacSha1(secret, request.rawBody).toString('base64')}`);
  if (!isOneOf(given, expected)) throw signatureInvalid('The signature does not fit the body.', EXPECTED);
  requireFreshIfAsked(valueAt(withKnownNames(jsonOf(request.rawBody)), 'EventTime'), "the body's 'EventTime'", trust);
}

/** Autotask spells its keys in several ways. Those of the ticket get the names that its REST interface has. */
function withKnownNames(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  const envelope = Object.entries(body).map(([key, value]) => [ENVELOPE.find((known) => known.toLowerCase() === key.toLowerCase()) ?? key, value] as const);
  return Object.fromEntries(envelope.map(([key, value]) => [key, key === 'Fields' ? fieldsOf(value) : value]));
}

/** Also from a list of names and values. */
function fieldsOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const entries = Array.isArray(value) ? value.map((item) => [valueAt(item, 'Name') ?? valueAt(item, 'name'), valueAt(item, 'Value') ?? valueAt(item, 'value')] as const) : Object.entries(value);
  return Object.fromEntries(entries.filter(([name]) => typeof name === 'string' && name !== '').map(([name, field]) => [`${String(name).charAt(0).toLowerCase()}${String(name).slice(1)}`, field]));
}

/** The number rises for each webhook alone, and with gaps. Without it the body is the key: it has the time of the event in it. */
function recognise(request: WebhookRequest, payload: unknown): string {
  const [guid, id, number] = ['Guid', 'Id', 'SequenceNumber'].map((path) => textAt(payload, path, CHARS_MAX.name));
  if (typeof id === 'string' && typeof number === 'string') return `${guid ?? ''}:${id}:${number}`;
  return `sha256:${createHash('sha256').update(request.rawBody).digest('hex')}`;
}

function setup({ webhookUrl, secret }: SetupContext): readonly SetupStep[] {
  const webhook = { name: 'Handoff', webhookUrl, deactivationUrl: webhookUrl, secretKey: secret, isActive: true, isReady: true, isSubscribedToCreateEvents: true, isSubscribedToUpdateEvents: true, isSubscribedToDeleteEvents: true, sendThresholdExceededNotification: true };
  return [
    { text: 'In Autotask, create an API user (system) with an integration code, and find the zone of your address, as webservices2.autotask.net.' },
    { text: 'As this user, create the webhook with POST /atservicesrest/v1.0/TicketWebhooks. Autotask does not take it without a deactivation URL; this one may be the same, and tells when Autotask has given up.', snippet: { language: 'json', content: JSON.stringify(webhook, null, 2) } },
    { text: 'Name what it reports with POST /TicketWebhooks/{id}/Fields, one call a field: at least title, description, status, priority and contactID. Those that are always displayed come with every update and save a call to the API.', snippet: { language: 'json', content: JSON.stringify({ fieldID: 0, isSubscribedField: true, isDisplayAlwaysField: true }, null, 2) } },
    { text: "With POST /TicketWebhooks/{id}/ExcludedResources, exclude the user by which Handoff writes, so that its own changes do not come back. For comments, create a TicketNoteWebhook in the same way." },
    { text: 'Give this source access to the API: its address with /atservicesrest/v1.0, and the headers UserName, Secret and ApiIntegrationCode. Autotask drops what it could not deliver for two minutes; the poll finds it.' },
  ];
}

function testWebhook(ticket: TestTicket): WebhookRequest {
  const payload = {
    Action: 'Create', Guid: '00000000-0000-0000-0000-000000000000', EntityType: 'Ticket', Id: `999${ticket.number}`, EventTime: ticket.now.toISOString(), SequenceNumber: 1, PersonID: 0,
    Fields: { Title: ticket.subject, Description: ticket.description, Status: 'New', Priority: 'Low' },
  };
  return jsonWebhook(ticket, payload, (rawBody) => ({ 'x-hook-signature': `sha1=${hmacSha1(ticket.secret, rawBody).toString('base64')}` }));
}
