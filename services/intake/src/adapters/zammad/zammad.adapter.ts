import { createHash } from 'node:crypto';
import type { Adapter, SetupContext, SetupStep, TestTicket, Trust, WebhookRequest } from '../adapter.js';
import { expectedHubSignature, HUB_SIGNATURE_HEADER, hubSignatureHeader, verifyHubSignature } from '../hub-signature.js';
import { NO_SETTINGS, readJson } from '../json-body.js';
import { textSecret, verifySharedSecret } from '../shared-secret.js';
import { headerOf } from '../signature.js';
import { stateKey } from '../source-api.js';
import { jsonWebhook, TEST_REQUESTER } from '../test-webhook.js';
import { zammadApi } from './zammad.api.js';
import { mapZammad, stateOf } from './zammad.mapping.js';

const EXPECTED = expectedHubSignature('sha1', "the webhook's signature token");

/** Zammad: webhooks of triggers and schedulers, signed by their token, or with the secret as Bearer token or password. */
export const zammadAdapter: Adapter = {
  name: 'zammad',
  title: 'Zammad',
  defaultToleranceSeconds: null,
  tells: new Set(['severity']),
  secret: textSecret('Zammad'),
  settings: NO_SETTINGS,
  verify,
  read: readJson,
  recognise,
  map: mapZammad,
  api: zammadApi,
  setup,
  testWebhook,
};

function verify(request: WebhookRequest, trust: Trust): void {
  if (request.headers[HUB_SIGNATURE_HEADER] === undefined) verifySharedSecret(request, trust, { otherwise: EXPECTED });
  else verifyHubSignature(request, trust, { algorithm: 'sha1', expected: EXPECTED });
}

/** Zammad names a delivery the same at each try; where something took its header away, the state of the ticket counts, else the body. */
function recognise(request: WebhookRequest, payload: unknown): string {
  const delivery = headerOf(request, 'x-zammad-delivery');
  if (delivery !== null) return `delivery:${delivery}`;
  const state = stateOf(payload);
  return state === undefined ? `sha256:${createHash('sha256').update(request.rawBody).digest('hex')}` : stateKey(state.externalId, state.updatedAt);
}

function setup({ webhookUrl, secret }: SetupContext): readonly SetupStep[] {
  return [
    { text: 'In Zammad, open Manage, Webhook, and create one with the request method POST and no custom payload. Endpoint:', snippet: { language: 'text', content: webhookUrl } },
    { text: 'HMAC SHA1 Signature Token:', snippet: { language: 'text', content: secret } },
    { text: "Open Manage, Trigger. Create one for 'Action is created' and one for 'Action is updated', both with the execution 'always', and with the action 'Webhook' and this webhook. Leave out changes by the user of Handoff." },
    { text: "Give this source access to the API, so that what was lost is found: the address of your Zammad, and an access token with the permission 'ticket.agent'. Polling needs Zammad's Elasticsearch." },
  ];
}

function testWebhook(ticket: TestTicket): WebhookRequest {
  const time = ticket.now.toISOString();
  const payload = {
    ticket: { id: Number(`999${ticket.number}`), number: `999${ticket.number}`, title: ticket.subject, state: 'new', priority: { name: '1 low' }, customer: { firstname: TEST_REQUESTER.name, email: TEST_REQUESTER.email }, article_count: 1, created_at: time, updated_at: time },
    article: { id: Number(`999${ticket.number}`), body: ticket.description, content_type: 'text/plain', internal: false, sender: 'Customer', type: 'web', created_at: time },
  };
  return jsonWebhook(ticket, payload, (rawBody) => ({ ...hubSignatureHeader(rawBody, ticket.secret, 'sha1'), 'x-zammad-delivery': `handoff-test-${ticket.number}` }));
}
