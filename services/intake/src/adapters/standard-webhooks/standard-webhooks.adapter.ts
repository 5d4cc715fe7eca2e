import { FACT_NAMES } from '../../mapping/mapping.js';
import type { Adapter, SetupContext, SetupStep, TestTicket, WebhookRequest } from '../adapter.js';
import { NO_SETTINGS, readJson } from '../json-body.js';
import { headerOf } from '../signature.js';
import { isPublicKey, standardHeaders, standardSecret, verifyStandardSignature } from '../standard-signature.js';
import { jsonWebhook } from '../test-webhook.js';
import { mapOwnFormat } from './own-format.js';

/** Standard Webhooks 1.0 with our own ticket format, for systems that let one write the body: ServiceNow, scripts, automations. */
export const standardWebhooksAdapter: Adapter = {
  name: 'standard-webhooks',
  title: 'Standard Webhooks',
  defaultToleranceSeconds: 300,
  tells: new Set(FACT_NAMES),
  secret: standardSecret,
  settings: NO_SETTINGS,
  verify: verifyStandardSignature,
  read: readJson,
  recognise: (request) => headerOf(request, 'webhook-id') ?? '',
  map: mapOwnFormat,
  setup,
  testWebhook,
};

function setup({ webhookUrl, secret }: SetupContext): readonly SetupStep[] {
  return [
    { text: "Let your system post each ticket as JSON in our own format, which POST /v1/tickets documents, signed by a library of Standard Webhooks.", snippet: { language: 'json', content: JSON.stringify({ externalId: 'T-1', subject: 'Sign-in fails', area: 'break-fix', asker: 'customer' }, null, 2) } },
    { text: 'URL:', snippet: { language: 'text', content: webhookUrl } },
    { text: 'Signing secret:', snippet: { language: 'text', content: secret } },
    { text: "Where your system signs with a private key of its own ('v1a'), give its public one in place of the secret: rotate the source's secret to it. Nobody else can sign then, so that no test webhook can be made from here." },
  ];
}

function testWebhook(ticket: TestTicket): WebhookRequest | null {
  if (isPublicKey(ticket.secret)) return null;
  const id = `handoff-test-${ticket.number}`;
  const payload = { externalId: id, change: 'created', occurredAt: ticket.now.toISOString(), subject: ticket.subject, description: ticket.description, severity: 'C', labels: ['handoff-test'] };
  return jsonWebhook(ticket, payload, (rawBody) => standardHeaders(rawBody, { id, secret: ticket.secret, now: ticket.now }));
}
