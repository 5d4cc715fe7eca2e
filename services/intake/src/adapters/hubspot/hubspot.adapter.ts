import { createHash } from 'node:crypto';
import type { Adapter, SetupContext, SetupStep, TestTicket, WebhookRequest } from '../adapter.js';
import { payloadKey } from '../event-key.js';
import { eventsIn, readJson } from '../json-body.js';
import { CHARS_MAX, textAt, valueAt } from '../payload.js';
import { textSecret } from '../shared-secret.js';
import { jsonWebhook } from '../test-webhook.js';
import { hubspotApi } from './hubspot.api.js';
import { mapHubspot, SETTINGS } from './hubspot.mapping.js';
import { hubspotSignatureHeaders, verifyHubspotSignature } from './hubspot.signature.js';

/** HubSpot: a list of thin events on tickets, which its app posts for every account that installed it. */
export const hubspotAdapter: Adapter = {
  name: 'hubspot',
  title: 'HubSpot Service Hub',
  defaultToleranceSeconds: 300,
  tells: new Set(['severity']),
  secret: textSecret('HubSpot'),
  settings: SETTINGS,
  verify: (request, trust) => verifyHubspotSignature(request, trust, SETTINGS.parse(trust.settings).signatures),
  read: (request) => eventsIn(readJson(request)[0]).flatMap(eventsOf),
  recognise,
  map: mapHubspot,
  api: hubspotApi,
  setup,
  testWebhook,
};

/** Where two tickets become one, something happened to each. What an event says of a property stands in `ticket`. */
function eventsOf(event: unknown): readonly unknown[] {
  if (typeof event !== 'object' || event === null || Array.isArray(event)) return [event];
  const name = textAt(event, 'propertyName', CHARS_MAX.name);
  const said = typeof name === 'string' ? { ...event, ticket: { [name]: valueAt(event, 'propertyValue') } } : event;
  const merged = valueAt(event, 'mergedObjectIds');
  if (!Array.isArray(merged)) return [said];
  return [...(merged as unknown[]).map((objectId) => ({ ...said, objectId, isMerged: true })), { ...said, objectId: valueAt(event, 'newObjectId') ?? valueAt(event, 'primaryObjectId') }];
}

/** HubSpot does not promise that an event's id is of that event alone; with what it is about, it is. The number of the attempt stays out. */
function recognise(_request: WebhookRequest, payload: unknown): string {
  const parts = ['eventId', 'portalId', 'subscriptionId', 'objectId', 'fromObjectId', 'toObjectId', 'propertyName', 'occurredAt'].map((path) => textAt(payload, path, CHARS_MAX.name) ?? '');
  if (parts.every((part) => part === '')) return payloadKey(payload);
  return `sha256:${createHash('sha256').update(JSON.stringify(parts)).digest('hex')}`;
}

function setup({ webhookUrl }: SetupContext): readonly SetupStep[] {
  return [
    { text: 'In HubSpot, create a private app with the scopes tickets and crm.objects.contacts.read. Give this source its client secret by rotating the secret, for HubSpot signs with it.' },
    { text: 'On the tab Webhooks of the app, enter the target URL. HubSpot signs the address as well: it must be the one that HANDOFF_PUBLIC_URL says.', snippet: { language: 'text', content: webhookUrl } },
    { text: 'Subscribe to tickets: created, deleted, restored, merged, association changed, and property changed for subject, content, hs_ticket_priority, hs_pipeline_stage and closed_date.' },
    { text: "An event has little more than the ticket's id. Give this source access to the API: https://api.hubapi.com, with the app's access token." },
    { text: "Where the app is installed in several accounts, name yours in 'settings.portalId'. Further properties of tickets, for the mapping, go into 'settings.properties'." },
  ];
}

function testWebhook(ticket: TestTicket): WebhookRequest {
  const { portalId = 0 } = SETTINGS.parse(ticket.settings);
  const event = { eventId: Number(ticket.number), subscriptionId: 0, portalId, appId: 0, occurredAt: ticket.now.getTime(), subscriptionType: 'ticket.creation', attemptNumber: 0, objectId: Number(`999${ticket.number}`), changeFlag: 'CREATED', changeSource: 'HANDOFF_TEST' };
  return jsonWebhook(ticket, [event], (rawBody) => hubspotSignatureHeaders({ method: 'POST', url: ticket.webhookUrl, rawBody }, ticket));
}
