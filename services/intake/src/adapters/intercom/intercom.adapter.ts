import { createHash } from 'node:crypto';
import type { Adapter, SetupContext, SetupStep, TestTicket, WebhookRequest } from '../adapter.js';
import { expectedHubSignature, hubSignatureHeader, verifyHubSignature } from '../hub-signature.js';
import { readJson } from '../json-body.js';
import { CHARS_MAX, textAt, valueAt, wordOf } from '../payload.js';
import { textSecret } from '../shared-secret.js';
import { stateKey } from '../source-api.js';
import { jsonWebhook, TEST_REQUESTER } from '../test-webhook.js';
import { intercomApi } from './intercom.api.js';
import { isItem, mapIntercom, secondsAt, SETTINGS } from './intercom.mapping.js';

const EXPECTED = expectedHubSignature('sha1', "the app's client secret");

/** Intercom: notifications about tickets and conversations, signed with the client secret of an app. */
export const intercomAdapter: Adapter = {
  name: 'intercom',
  title: 'Intercom',
  defaultToleranceSeconds: null,
  tells: new Set(['severity']),
  secret: textSecret('Intercom'),
  settings: SETTINGS,
  verify: (request, trust) => verifyHubSignature(request, trust, { algorithm: 'sha1', expected: EXPECTED }),
  read: readJson,
  recognise,
  map: mapIntercom,
  api: intercomApi,
  setup,
  testWebhook,
};

/** A notification keeps its id through all tries. A ticket of the API is a state. */
function recognise({ rawBody }: WebhookRequest, payload: unknown): string {
  const updatedAt = isItem(payload) ? secondsAt(payload, 'updated_at') : undefined;
  if (updatedAt !== undefined) return stateKey(wordOf(valueAt(payload, 'id')), updatedAt);
  return textAt(payload, 'id', CHARS_MAX.name) ?? `sha256:${createHash('sha256').update(rawBody).digest('hex')}`;
}

function setup({ webhookUrl }: SetupContext): readonly SetupStep[] {
  return [
    { text: "In Intercom's Developer Hub, create an app for your workspace, and open Configure, Webhooks. Endpoint URL:", snippet: { language: 'text', content: webhookUrl } },
    { text: 'Topics: ticket.created, ticket.state.updated, ticket.closed, ticket.admin.replied, ticket.contact.replied, ticket.note.created and ticket.attribute.updated; for conversations without a ticket conversation.user.created, conversation.user.replied, conversation.admin.replied, conversation.admin.noted and conversation.admin.closed.' },
    { text: "Intercom signs with the app's client secret. Copy it from Configure, Basic information, and give it to this source by rotating its secret." },
    { text: "Tickets name who asks by an id alone. Give this source access to the API: https://api.intercom.io (api.eu.intercom.io, api.au.intercom.io), with the app's access token. For Europe or Australia, say so in 'settings.region'." },
  ];
}

function testWebhook(ticket: TestTicket): WebhookRequest {
  const [id, seconds] = [`999${ticket.number}`, Math.floor(ticket.now.getTime() / 1_000)];
  const item = {
    type: 'ticket', id, ticket_id: id, ticket_attributes: { _default_title_: ticket.subject, _default_description_: ticket.description, Priority: 'Low' }, ticket_state: { category: 'submitted', internal_label: 'Submitted' }, ticket_type: { name: 'handoff-test' },
    contacts: { contacts: [{ type: 'contact', id, ...TEST_REQUESTER }] }, ticket_parts: { ticket_parts: [] }, open: true, created_at: seconds, updated_at: seconds,
  };
  const payload = { type: 'notification_event', app_id: 'handoff-test', id: `handoff-test-${ticket.number}`, topic: 'ticket.created', data: { type: 'notification_event_data', item }, delivery_attempts: 1, first_sent_at: seconds, created_at: seconds };
  return jsonWebhook(ticket, payload, (rawBody) => hubSignatureHeader(rawBody, ticket.secret, 'sha1'));
}
