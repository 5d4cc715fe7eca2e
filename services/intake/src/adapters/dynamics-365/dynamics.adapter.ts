import { createHash } from 'node:crypto';
import type { Adapter, SetupContext, SetupStep, TestTicket, Trust, WebhookRequest } from '../adapter.js';
import { jsonOf, NO_SETTINGS, readJson } from '../json-body.js';
import { CHARS_MAX, textAt, valueAt } from '../payload.js';
import { SECRET_HEADER, textSecret, verifySharedSecret } from '../shared-secret.js';
import { headerOf, requireFreshIfAsked } from '../signature.js';
import { withSecretHeader } from '../test-webhook.js';
import { dynamicsApi } from './dynamics.api.js';
import { mapDynamics } from './dynamics.mapping.js';
import { plainValue, incidentOfContext } from './incident.js';

/** The key of a webhook in the address, which the registration tool calls WebhookKey. */
const KEY_PARAMETER = 'code';
const NO_OPERATION = '00000000-0000-0000-0000-000000000000';
const ENVELOPE = ['MessageName', 'PrimaryEntityName', 'PrimaryEntityId', 'OperationId', 'OperationCreatedOn', 'InitiatingUserId', 'CorrelationId', 'OrganizationId', 'OrganizationName', 'Depth', 'Stage'];

/**
 * Dynamics 365 Customer Service: webhooks that a step on the table `incident` posts, with the execution context. They are not
 * signed. An update has what changed, and the rest only where the step has a post image.
 */
export const dynamicsAdapter: Adapter = {
  name: 'dynamics-365',
  title: 'Dynamics 365 Customer Service',
  defaultToleranceSeconds: null,
  tells: new Set(['severity']),
  secret: textSecret('Dynamics 365'),
  settings: NO_SETTINGS,
  verify,
  read: (request) => readJson(request).map((context) => payloadOf(context, request)),
  recognise,
  map: mapDynamics,
  api: dynamicsApi,
  setup,
  testWebhook,
};

function verify(request: WebhookRequest, trust: Trust): void {
  verifySharedSecret(request, trust, { queryParameter: KEY_PARAMETER });
  requireFreshIfAsked(plainValue(valueAt(jsonOf(request.rawBody), 'OperationCreatedOn'), null), "the body's 'OperationCreatedOn'", trust);
}

/** The context without its lists of keys and values: the incident stands in `incident` as its columns. */
function payloadOf(context: unknown, request: WebhookRequest): unknown {
  if (typeof context !== 'object' || context === null || Array.isArray(context)) return context;
  const envelope = ENVELOPE.filter((name) => Object.hasOwn(context, name)).map((name) => [name, plainValue(valueAt(context, name), null)] as const);
  return { ...Object.fromEntries(envelope), environment: headerOf(request, 'x-ms-dynamics-organization'), incident: incidentOfContext(context) };
}

/** An operation may send about several tickets, and in several steps. Synchronous steps have no operation, and are not repeated. */
function recognise(request: WebhookRequest, payload: unknown): string {
  const [operation, id, message] = ['OperationId', 'PrimaryEntityId', 'MessageName'].map((path) => textAt(payload, path, CHARS_MAX.name));
  if (typeof operation === 'string' && operation !== NO_OPERATION) return `${operation}:${id ?? ''}:${message ?? ''}`;
  return `sha256:${createHash('sha256').update(request.rawBody).digest('hex')}`;
}

function setup({ webhookUrl, secret }: SetupContext): readonly SetupStep[] {
  return [
    { text: "With the Plug-in Registration Tool, register a new Web Hook. Authentication: HttpHeader, with this key and value (or WebhookKey, with the value alone).", snippet: { language: 'text', content: `${SECRET_HEADER}: ${secret}` } },
    { text: 'Endpoint URL:', snippet: { language: 'text', content: webhookUrl } },
    { text: "Register a step of it for the message Create and one for Update, each with the primary entity 'incident', asynchronous, in the stage PostOperation: a synchronous step would hold up whoever saves a case. Add Delete where cases are deleted." },
    { text: "Register a post image on the step for Update, with: title, description, prioritycode, statuscode, statecode, customerid, primarycontactid, emailaddress, subjectid, casetypecode, modifiedon. Without it an update says only what changed." },
    { text: 'For cases that are too large for a webhook (256 KB), and for those whose webhook was lost, give this source access to the Web API: https://<organisation>.crm.dynamics.com/api/data/v9.2, by an application user with read access to cases.' },
  ];
}

function testWebhook(ticket: TestTicket): WebhookRequest {
  const [id, time] = [`00000000-0000-4000-8000-${ticket.number}`, `/Date(${ticket.now.getTime()})/`];
  const columns = { title: ticket.subject, description: ticket.description, ticketnumber: `TEST-${ticket.number}`, modifiedon: time };
  const target = { LogicalName: 'incident', Id: id, Attributes: Object.entries(columns).map(([key, value]) => ({ key, value })), FormattedValues: [] };
  return withSecretHeader(ticket, {
    MessageName: 'Create', PrimaryEntityName: 'incident', PrimaryEntityId: id, OperationId: id, OperationCreatedOn: time, InputParameters: [{ key: 'Target', value: target }], PreEntityImages: [], PostEntityImages: [],
  });
}
