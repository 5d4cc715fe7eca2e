import { createHash, randomBytes } from 'node:crypto';
import type { Adapter, SetupContext, SetupStep, TestTicket, Trust, WebhookRequest } from '../adapter.js';
import { NO_SETTINGS, readJson } from '../json-body.js';
import { CHARS_MAX, instantAt, itemsIn, textAt, valueAt, wordOf } from '../payload.js';
import { headerOf, hmacSha256, isOneOf, requireFresh, signatureInvalid } from '../signature.js';
import { stateKey } from '../source-api.js';
import { jsonWebhook, TEST_REQUESTER } from '../test-webhook.js';
import { zendeskApi } from './zendesk.api.js';
import { isEventSubscription, isRecord, mapZendesk } from './zendesk.mapping.js';

/** Zendesk signs test deliveries of webhooks that do not exist yet with this secret, which everybody can read in its documentation. */
const PUBLISHED_TEST_SECRET = 'dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ==';
const SECRET_CHARS_MIN = 16;
const SECRET_CHARS_MAX = 256;
const EXPECTED = "the header 'X-Zendesk-Webhook-Signature' with the HMAC-SHA256 of timestamp and raw body in base64, keyed with the webhook's signing secret, and 'X-Zendesk-Webhook-Signature-Timestamp' with that timestamp in ISO 8601.";

/** Zendesk Support: event subscriptions, and triggers or automations with a body of the customer's own making. */
export const zendeskAdapter: Adapter = {
  name: 'zendesk',
  title: 'Zendesk Support',
  defaultToleranceSeconds: 300,
  tells: new Set(['severity']),
  secret: { generate: () => randomBytes(32).toString('base64'), problem: secretProblem },
  settings: NO_SETTINGS,
  verify,
  read: (request) => itemsIn(readJson(request)[0], 'tickets'),
  recognise,
  map: mapZendesk,
  api: zendeskApi,
  setup,
  testWebhook,
};

/** The body of a trigger. `change` is `created` in a trigger on new tickets, and `updated` in one on others. */
export const TEMPLATE = {
  change: 'updated', ticket_id: '{{ticket.id}}', ticket_title: '{{ticket.title}}', ticket_description: '{{ticket.description}}', ticket_url: 'https://{{ticket.url}}', ticket_status: '{{ticket.status}}', ticket_priority: '{{ticket.priority}}', tags: '{{ticket.tags}}',
  requester_full_name: '{{ticket.requester.name}}', requester_email: '{{ticket.requester.email}}', organization: '{{ticket.organization.name}}', ticket_latest_comment: '{{ticket.latest_comment}}', ticket_latest_comment_is_public: '{{ticket.latest_comment.is_public}}',
  updated_at: '{{ticket.updated_at_with_timestamp}}', actor_id: '{{current_user.id}}',
};

function setup({ webhookUrl }: SetupContext): readonly SetupStep[] {
  return [
    { text: 'In the Admin Center, open Apps and integrations, Webhooks, and create a webhook for Zendesk events. Choose the ticket events.' },
    { text: 'Endpoint URL, with the method POST and the format JSON:', snippet: { language: 'text', content: webhookUrl } },
    { text: "Zendesk makes the signing secret. Show it on the webhook's page, and give it to this source by rotating its secret." },
    { text: "Or connect the webhook to triggers: one for 'Ticket is created', one for 'Ticket is updated' by others than the user of Handoff. Each has the action 'Notify active webhook' and this body, the first with \"change\": \"created\".", snippet: { language: 'json', content: JSON.stringify(TEMPLATE, null, 2) } },
    { text: "Give this source access to the API, so that requesters are known and nothing is lost: your address under zendesk.com, the user '<e-mail address>/token', and an API token as password." },
  ];
}

function secretProblem(secret: string): string | null {
  if (secret === PUBLISHED_TEST_SECRET) return "This is Zendesk's published test secret; anybody could sign with it. Take the signing secret that Zendesk shows for the webhook.";
  return secret.length >= SECRET_CHARS_MIN && secret.length <= SECRET_CHARS_MAX ? null : `A signing secret of Zendesk has ${SECRET_CHARS_MIN} to ${SECRET_CHARS_MAX} characters.`;
}

function verify(request: WebhookRequest, trust: Trust): void {
  const given = headerOf(request, 'x-zendesk-webhook-signature');
  const timestamp = headerOf(request, 'x-zendesk-webhook-signature-timestamp');
  if (given === null || timestamp === null) throw signatureInvalid('The signature or its timestamp is missing.', EXPECTED);
  const expected = trust.secrets
    .filter((secret) => secret !== PUBLISHED_TEST_SECRET)
    .map((secret) => hmacSha256(secret, timestamp, request.rawBody).toString('base64'));
  if (!isOneOf(given, expected)) throw signatureInvalid('The signature does not fit timestamp and body.', EXPECTED);
  const sentAtMs = Date.parse(timestamp);
  if (Number.isNaN(sentAtMs)) throw signatureInvalid('The timestamp is not a time.', EXPECTED);
  requireFresh(sentAtMs, "'X-Zendesk-Webhook-Signature-Timestamp'", trust);
}

/**
 * An event subscription has an id in its body. Bodies of triggers have none of Zendesk's (an `id` there is what the customer
 * wrote, as the ticket's), so the invocation counts; without it, body and time of signing. A record of the API is a state.
 */
function recognise(request: WebhookRequest, payload: unknown): string {
  const id = isEventSubscription(payload) ? textAt(payload, 'id', CHARS_MAX.name) : null;
  if (typeof id === 'string') return id;
  if (isRecord(payload)) return stateKey(wordOf(valueAt(payload, 'id')), instantAt(valueAt(payload, 'updated_at')) ?? '');
  const invocation = headerOf(request, 'x-zendesk-webhook-invocation-id');
  if (invocation !== null) return `invocation:${invocation}`;
  const timestamp = headerOf(request, 'x-zendesk-webhook-signature-timestamp') ?? '';
  return `sha256:${createHash('sha256').update(timestamp).update('\n').update(request.rawBody).digest('hex')}`;
}

/** A trigger's, which says who asks; an event subscription does not. */
function testWebhook(ticket: TestTicket): WebhookRequest {
  const time = ticket.now.toISOString();
  const payload = {
    change: 'created', ticket_id: `999${ticket.number}`, ticket_title: ticket.subject, ticket_description: ticket.description, ticket_status: 'New', ticket_priority: 'Low', tags: 'handoff_test',
    requester_full_name: TEST_REQUESTER.name, requester_email: TEST_REQUESTER.email, updated_at: time,
  };
  return jsonWebhook(ticket, payload, (rawBody) => ({
    'x-zendesk-webhook-signature': hmacSha256(ticket.secret, time, rawBody).toString('base64'), 'x-zendesk-webhook-signature-timestamp': time, 'x-zendesk-webhook-invocation-id': `handoff-test-${ticket.number}`,
  }));
}
