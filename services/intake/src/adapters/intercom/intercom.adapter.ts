import { createHash } from 'node:crypto';
import type { Adapter, SetupContext, SetupStep, WebhookRequest } from '../adapter.js';
import { expectedHubSignature, verifyHubSignature } from '../hub-signature.js';
import { readJson } from '../json-body.js';
import { CHARS_MAX, textAt, valueAt } from '../payload.js';
import { textSecret } from '../shared-secret.js';
import { stateKey } from '../source-api.js';
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
};

/** A notification keeps its id through all tries. A ticket of the API is a state. */
function recognise({ rawBody }: WebhookRequest, payload: unknown): string {
  const updatedAt = isItem(payload) ? secondsAt(payload, 'updated_at') : undefined;
  if (updatedAt !== undefined) return stateKey(String(valueAt(payload, 'id')), updatedAt);
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
