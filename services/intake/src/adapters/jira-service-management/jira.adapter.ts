import { createHash } from 'node:crypto';
import type { Adapter, TestTicket, Trust, WebhookRequest } from '../adapter.js';
import { expectedHubSignature, HUB_SIGNATURE_HEADER, hubSignatureHeader, verifyHubSignature } from '../hub-signature.js';
import { jsonOf, NO_SETTINGS, readWrittenJson } from '../json-body.js';
import { valueAt } from '../payload.js';
import { textSecret, verifySharedSecret } from '../shared-secret.js';
import { headerOf, requireFreshIfAsked } from '../signature.js';
import { stateKey } from '../source-api.js';
import { jsonWebhook, TEST_REQUESTER } from '../test-webhook.js';
import { jiraApi } from './jira.api.js';
import { mapJira, stateOf } from './jira.mapping.js';
import { withServiceRequest } from './jira.request.js';
import { setup } from './jira.setup.js';

const EXPECTED = expectedHubSignature('sha256', "the webhook's secret");

/**
 * Jira Service Management, Cloud and Data Center: the signed webhooks of the Jira platform, and requests of its automation,
 * which cannot sign and send the secret instead. The scheme signs no time. Jira tries again for up to half an hour, so the
 * body's `timestamp` is checked only where a source asks for it.
 */
export const jiraAdapter: Adapter = {
  name: 'jira-service-management',
  title: 'Jira Service Management',
  defaultToleranceSeconds: null,
  tells: new Set(['severity']),
  secret: textSecret('Jira'),
  settings: NO_SETTINGS,
  verify,
  read: readEvent,
  recognise,
  map: mapJira,
  api: jiraApi,
  setup,
  testWebhook,
};

function verify(request: WebhookRequest, trust: Trust): void {
  if (request.headers[HUB_SIGNATURE_HEADER] === undefined) {
    verifySharedSecret(request, trust, { otherwise: EXPECTED });
    return;
  }
  verifyHubSignature(request, trust, { algorithm: 'sha256', expected: EXPECTED });
  const body = jsonOf(request.rawBody);
  // What is no JSON, the next step refuses with a better reason.
  if (body !== undefined) requireFreshIfAsked(valueAt(body, 'timestamp'), "the body's 'timestamp'", trust);
}

function readEvent(request: WebhookRequest): readonly unknown[] {
  const [body] = readWrittenJson(request);
  return [typeof body === 'object' && body !== null ? withServiceRequest(body) : body];
}

/**
 * Jira names a delivery the same at each try. Automations name none: there the state of the issue counts. Elsewhere the body
 * does; it has the time of the event in it.
 */
function recognise(request: WebhookRequest, payload: unknown): string {
  const delivery = headerOf(request, 'x-atlassian-webhook-identifier');
  if (delivery !== null) return delivery;
  const state = valueAt(payload, 'webhookEvent') === undefined ? stateOf(payload) : undefined;
  return state === undefined ? `sha256:${createHash('sha256').update(request.rawBody).digest('hex')}` : stateKey(state.externalId, state.updatedAt);
}

function testWebhook(ticket: TestTicket): WebhookRequest {
  const reporter = { displayName: TEST_REQUESTER.name, emailAddress: TEST_REQUESTER.email };
  const fields = { summary: ticket.subject, description: ticket.description, priority: { name: 'Low' }, status: { name: 'To Do', statusCategory: { key: 'new' } }, labels: ['handoff-test'], project: { key: 'TEST' }, reporter };
  const payload = { timestamp: ticket.now.getTime(), webhookEvent: 'jira:issue_created', issue_event_type_name: 'issue_created', user: reporter, issue: { id: ticket.number, key: `TEST-${ticket.number}`, fields } };
  return jsonWebhook(ticket, payload, (rawBody) => ({ ...hubSignatureHeader(rawBody, ticket.secret, 'sha256'), 'x-atlassian-webhook-identifier': `handoff-test-${ticket.number}` }));
}
