import { createHash } from 'node:crypto';
import type { Adapter, TestTicket, WebhookRequest } from '../adapter.js';
import { readWrittenJson } from '../json-body.js';
import { itemsIn } from '../payload.js';
import { SECRET_HEADER } from '../shared-secret.js';
import { headerOf } from '../signature.js';
import { stateKey } from '../source-api.js';
import { isPublicKey, standardHeaders, standardOrTextSecret, standardSecret, verifyStandardOrSharedSecret } from '../standard-signature.js';
import { jsonWebhook, TEST_REQUESTER } from '../test-webhook.js';
import { serviceNowApi } from './servicenow.api.js';
import { mapServiceNow, SETTINGS, stateOf } from './servicenow.mapping.js';
import { setup } from './servicenow.setup.js';

/**
 * ServiceNow has no webhooks of its own: a business rule posts what its author wrote. Ours signs by Standard Webhooks;
 * others send the secret. A rule posts once, and nothing again.
 */
export const serviceNowAdapter: Adapter = {
  name: 'servicenow',
  title: 'ServiceNow',
  defaultToleranceSeconds: 300,
  tells: new Set(['severity']),
  secret: standardOrTextSecret('ServiceNow'),
  settings: SETTINGS,
  verify: verifyStandardOrSharedSecret,
  read: readRecords,
  recognise,
  map: mapServiceNow,
  api: serviceNowApi,
  setup,
  testWebhook,
};

/** A record, or several in the envelope of the Table API. */
function readRecords(request: WebhookRequest): readonly unknown[] {
  return itemsIn(readWrittenJson(request)[0], 'result');
}

/** Where a body does not say when its record was changed, it counts itself, with the name of the delivery where it has one. */
function recognise(request: WebhookRequest, payload: unknown): string {
  const state = stateOf(payload);
  if (state !== undefined) return stateKey(state.externalId, state.updatedAt);
  return `sha256:${createHash('sha256').update(`${headerOf(request, 'webhook-id') ?? ''}\n`).update(JSON.stringify(payload)).digest('hex')}`;
}

/** Signed as our script signs; where the secret is no key of Standard Webhooks, with the secret itself. */
function testWebhook(ticket: TestTicket): WebhookRequest | null {
  if (isPublicKey(ticket.secret)) return null;
  const [number, time] = [`TEST${ticket.number}`, ticket.now.toISOString().slice(0, 19).replace('T', ' ')];
  const payload = {
    change: 'created', number, sys_class_name: 'incident', short_description: ticket.subject, description: ticket.description, state: { value: '1', display_value: 'New' }, active: true, priority: { value: '4', display_value: '4 - Low' }, category: 'handoff-test',
    caller_name: TEST_REQUESTER.name, caller_email: TEST_REQUESTER.email, sys_created_on: time, sys_updated_on: time, sys_mod_count: '0',
  };
  const proof = { id: number, secret: ticket.secret, now: ticket.now };
  return jsonWebhook(ticket, payload, (rawBody) => (standardSecret.problem(ticket.secret) === null ? standardHeaders(rawBody, proof) : { [SECRET_HEADER]: ticket.secret }));
}
