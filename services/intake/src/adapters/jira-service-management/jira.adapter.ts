import { createHash } from 'node:crypto';
import type { Adapter, SetupContext, SetupStep, Trust, WebhookRequest } from '../adapter.js';
import { jsonOf, NO_SETTINGS, readJson } from '../json-body.js';
import { valueAt } from '../payload.js';
import { textSecret } from '../shared-secret.js';
import { headerOf, hmacSha256, isOneOf, requireFreshIfAsked, signatureInvalid } from '../signature.js';
import { mapJira } from './jira.mapping.js';

const EXPECTED = "the header 'X-Hub-Signature' with 'sha256=' and the HMAC-SHA256 of the raw body in lower-case hex, keyed with the webhook's secret.";

/**
 * Jira Service Management, Cloud and Data Center: the webhooks of the Jira platform, with a secret.
 * The scheme signs no time. Jira tries again for up to half an hour, so the body's `timestamp` is checked only where a
 * source asks for it.
 */
export const jiraAdapter: Adapter = {
  name: 'jira-service-management',
  title: 'Jira Service Management',
  defaultToleranceSeconds: null,
  tells: new Set(['severity']),
  secret: textSecret('Jira'),
  settings: NO_SETTINGS,
  verify,
  read: readJson,
  recognise,
  map: mapJira,
  setup,
};

function setup({ webhookUrl, secret }: SetupContext): readonly SetupStep[] {
  return [
    { text: "As an administrator of Jira, open System, WebHooks, and create a webhook for the events 'Issue' created, updated and deleted, and 'Comment' created." },
    { text: 'URL:', snippet: { language: 'text', content: webhookUrl } },
    { text: 'Secret:', snippet: { language: 'text', content: secret } },
  ];
}

function verify(request: WebhookRequest, trust: Trust): void {
  const given = headerOf(request, 'x-hub-signature');
  if (given === null) throw signatureInvalid('The signature is missing.', EXPECTED);
  const expected = trust.secrets.map((secret) => `sha256=${hmacSha256(secret, request.rawBody).toString('hex')}`);
  if (!isOneOf(given, expected)) throw signatureInvalid('The signature does not fit the body.', EXPECTED);
  requireFreshIfAsked(valueAt(jsonOf(request.rawBody), 'timestamp'), "the body's 'timestamp'", trust);
}

/** Jira names a delivery the same at each try. Where it does not name it, the body does: it has the time of the event in it. */
function recognise(request: WebhookRequest): string {
  return headerOf(request, 'x-atlassian-webhook-identifier') ?? `sha256:${createHash('sha256').update(request.rawBody).digest('hex')}`;
}
