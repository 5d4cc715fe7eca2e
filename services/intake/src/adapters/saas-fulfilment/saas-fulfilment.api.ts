import { isIgnored, type ReportedTicket } from '../adapter.js';
import { CHARS_MAX, instantOf, textAt } from '../payload.js';
import { readTicket } from '../read-tickets.js';
import type { ReadContext, ReadTicket, SourceApi } from '../source-api.js';
import { mapOperation } from './saas-fulfilment.mapping.js';

const VERSION = '?api-version=2018-08-31';

/**
 * The fulfilment interface, version 2, by which a webhook is confirmed before anybody acts on it. It lists operations only
 * while they are pending, and of one subscription: there is nothing to poll.
 */
export const saasFulfilmentApi: SourceApi = {
  auth: ['oauth2-client-credentials', 'bearer'],
  hosts: /^marketplaceapi\.microsoft\.com$/,
  requestsPerSecondMax: 2,
  complete,
};

/** What the interface says of the operation counts, not what the webhook said. */
async function complete({ externalId, fields }: ReportedTicket, context: ReadContext): Promise<ReadTicket | null> {
  if (typeof fields.subscriptionId !== 'string') return null;
  const place = `/api/saas/subscriptions/${encodeURIComponent(fields.subscriptionId)}`;
  const operation = await context.api.get(`${place}/operations/${encodeURIComponent(externalId)}${VERSION}`);
  if (typeof operation !== 'object' || operation === null) return null;
  const payload = { ...operation, subscription: await context.api.get(`${place}${VERSION}`) };
  const mapped = mapOperation(payload, context);
  if (isIgnored(mapped)) return null;
  return readTicket(mapped, { payload, updatedAt: instantOf(textAt(operation, 'timeStamp', CHARS_MAX.name), context.now), isNew: mapped.change === 'created' });
}
