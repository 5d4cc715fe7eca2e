import { createHash } from 'node:crypto';
import type { Adapter, SetupContext, SetupStep, TestTicket, WebhookRequest } from '../adapter.js';
import { readWrittenJson } from '../json-body.js';
import { itemsIn } from '../payload.js';
import { textSecret, verifySharedSecret } from '../shared-secret.js';
import { stateKey } from '../source-api.js';
import { TEST_REQUESTER, withSecretHeader } from '../test-webhook.js';
import { halopsaApi } from './halopsa.api.js';
import { mapHalopsa, SETTINGS, stateOf } from './halopsa.mapping.js';

/** The body of an integration method. HaloPSA puts the ticket in as JSON. */
export const TEMPLATE = '{\n  "ticket": <<ticket>>\n}';

/** HaloPSA: its webhooks, and integration methods whose body the customer writes. It signs nothing and names no event. */
export const halopsaAdapter: Adapter = {
  name: 'halopsa',
  title: 'HaloPSA',
  defaultToleranceSeconds: null,
  tells: new Set(['severity']),
  secret: textSecret('HaloPSA'),
  settings: SETTINGS,
  verify: (request, trust) => verifySharedSecret(request, trust),
  read: readTickets,
  recognise,
  map: mapHalopsa,
  api: halopsaApi,
  setup,
  testWebhook,
};

/** A ticket, or several: HaloPSA may send its webhooks in batches. */
function readTickets(request: WebhookRequest): readonly unknown[] {
  return itemsIn(readWrittenJson(request)[0], 'tickets');
}

/** The state of the ticket; where the body does not say when it was changed, the whole of it. */
function recognise(_request: WebhookRequest, payload: unknown): string {
  const state = stateOf(payload);
  return state === undefined ? `sha256:${createHash('sha256').update(JSON.stringify(payload)).digest('hex')}` : stateKey(state.externalId, state.updatedAt);
}

function setup({ webhookUrl, secret }: SetupContext): readonly SetupStep[] {
  return [
    { text: 'In HaloPSA, open Configuration, Integrations, Webhooks, and create one with the method POST and the content type application/json. Payload URL:', snippet: { language: 'text', content: webhookUrl } },
    { text: 'Authentication: Basic, with any user name and this password:', snippet: { language: 'text', content: secret } },
    { text: "Events: 'New Ticket Logged', 'Ticket Status Changed', 'Ticket Closed', and those for updates and actions that you want to hand over." },
    { text: "Or, where you use Runbooks: create a custom integration with this address and the same authentication, and a method POST whose body is JSON, as below; let a Runbook on the same events run it.", snippet: { language: 'text', content: TEMPLATE } },
    { text: "Give this source access to the API, so that what was lost is found: create an API application under Integrations, HaloPSA API, with the grant 'client credentials', an agent to log in as, and the permission to read tickets. The token comes from '/auth/token'. Statuses are your own: say in 'settings.closedStatusIds' which of them mean closed, if it is not 9 alone." },
  ];
}

function testWebhook(ticket: TestTicket): WebhookRequest {
  const time = ticket.now.toISOString();
  return withSecretHeader(ticket, {
    event: 'New Ticket Logged',
    ticket: { id: Number(`999${ticket.number}`), summary: ticket.subject, details: ticket.description, status_name: 'New', priority_id: 4, user_name: TEST_REQUESTER.name, user_email: TEST_REQUESTER.email, category_1: 'handoff-test', dateoccurred: time, last_update: time },
  });
}
