import { FACT_NAMES } from '../../mapping/mapping.js';
import type { Adapter, SetupContext, SetupStep, TestTicket, Trust, WebhookRequest } from '../adapter.js';
import { signatureInvalid } from '../signature.js';
import { eventKey } from '../event-key.js';
import { isPublicKey, isStandardSigned, standardOrTextSecret, verifyStandardOrSharedSecret } from '../standard-signature.js';
import { jsonWebhook } from '../test-webhook.js';
import { readCloudEvent, requireKnownMode } from './cloud-event.js';
import { mapCloudEvent, SETTINGS } from './cloudevents.mapping.js';
import { consentTo } from './handshake.js';

/** Where a sender can set no header; named so by "HTTP 1.1 Web Hooks for Event Delivery". */
const TOKEN_PARAMETER = 'access_token';

/**
 * CloudEvents 1.0 by their HTTP binding, one event a request. CloudEvents say nothing of trust: a sender sends the secret, as
 * the specification of their webhooks has it, or signs by Standard Webhooks.
 */
export const cloudEventsAdapter: Adapter = {
  name: 'cloudevents',
  title: 'CloudEvents',
  defaultToleranceSeconds: 300,
  tells: new Set(FACT_NAMES),
  secret: standardOrTextSecret('CloudEvents'),
  settings: SETTINGS,
  verify,
  read: readCloudEvent,
  recognise: (_request, event) => eventKey(event, ['source', 'id']),
  map: mapCloudEvent,
  consent: (request, { settings, ...terms }) => consentTo(request, SETTINGS.parse(settings).origins, terms),
  setup,
  testWebhook,
};

/** @throws also Problem 415 `unsupported-media-type`, once the sender is known. */
function verify(request: WebhookRequest, trust: Trust): void {
  verifyStandardOrSharedSecret(request, trust, { queryParameter: TOKEN_PARAMETER });
  const mode = requireKnownMode(request);
  // The signature covers the body alone: in binary mode anybody on the way could give the event another id, source or type.
  if (mode === 'binary' && isStandardSigned(request)) throw signatureInvalid('In binary mode the attributes of the event stand in headers, which the signature does not cover.', "the event in structured mode ('Content-Type: application/cloudevents+json'), or the secret itself instead of a signature.");
}

function setup({ webhookUrl, secret }: SetupContext): readonly SetupStep[] {
  const event = { specversion: '1.0', id: '7c1f0b52', source: '/desks/emea', type: 'com.example.ticket.created', subject: 'T-1', time: '2026-11-02T08:00:00Z', datacontenttype: 'application/json', data: { externalId: 'T-1', subject: 'Sign-in fails', area: 'break-fix', asker: 'customer' } };
  return [
    { text: 'Let your system post each event as a CloudEvent, in structured or in binary mode. The data is a ticket in our own format, which POST /v1/tickets documents.', snippet: { language: 'json', content: JSON.stringify(event, null, 2) } },
    { text: "Where the data is in a format of your own, say in 'settings.ticket' where the ticket stands in it, and in 'settings.changes' what the types of event mean.", snippet: { language: 'json', content: JSON.stringify({ ticket: { externalId: 'subject', subject: 'data.title', description: 'data.text', priority: 'data.priority' }, changes: { 'com.example.ticket.solved': 'closed', 'com.example.ticket.viewed': 'none' } }, null, 2) } },
    { text: 'URL:', snippet: { language: 'text', content: webhookUrl } },
    { text: `The secret, as 'Authorization: Bearer <secret>'. Where your system can set no header, put '?${TOKEN_PARAMETER}=<secret>' behind the URL; whoever sees the URL then has it. Or sign with a library of Standard Webhooks, in structured mode.`, snippet: { language: 'text', content: secret } },
    { text: "Where your system asks for consent before it delivers, as Azure Event Grid does, name it in 'settings.origins'.", snippet: { language: 'json', content: JSON.stringify({ origins: ['eventgrid.azure.net'] }, null, 2) } },
  ];
}

/** In the mode that every sender has, with the token of the specification. */
function testWebhook(ticket: TestTicket): WebhookRequest | null {
  if (isPublicKey(ticket.secret)) return null;
  const id = `handoff-test-${ticket.number}`;
  const attributes = { specversion: '1.0', id, source: '/handoff/test', type: 'handoff.test.created', subject: id, time: ticket.now.toISOString(), datacontenttype: 'application/json' };
  const { ticket: paths } = SETTINGS.parse(ticket.settings);
  const event = paths === undefined
    ? { ...attributes, data: { externalId: id, subject: ticket.subject, description: ticket.description, severity: 'C', labels: ['handoff-test'] } }
    : [[paths.externalId, id], [paths.subject, ticket.subject], [paths.description, ticket.description]].reduce((rest, [path, text]) => withTextAt(rest, path?.split('|')[0]?.split('.') ?? [], text ?? ''), attributes as object);
  return jsonWebhook(ticket, event, () => ({ authorization: `Bearer ${ticket.secret}`, 'content-type': 'application/cloudevents+json' }));
}

/** A copy with the text at this place; as it is where no place is given. */
function withTextAt(value: unknown, [key, ...keys]: readonly string[], text: string): object {
  const place = typeof value === 'object' && value !== null ? value : {};
  if (key === undefined) return place;
  return { ...place, [key]: keys.length === 0 ? text : withTextAt((place as Readonly<Record<string, unknown>>)[key], keys, text) };
}
