import { createHash } from 'node:crypto';
import type { Adapter, WebhookRequest } from '../adapter.js';
import { readWrittenJson } from '../json-body.js';
import { itemsIn } from '../payload.js';
import { headerOf } from '../signature.js';
import { stateKey } from '../source-api.js';
import { standardOrTextSecret, verifyStandardOrSharedSecret } from '../standard-signature.js';
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
