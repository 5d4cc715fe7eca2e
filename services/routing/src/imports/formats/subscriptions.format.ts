import { CHANNELS, SUPPORT_CONTACTS, type SupportContact } from '@handoff/matrix';
import type { SoldBy, Subscription } from '../../directory/directory.js';
import type { ImportOptions } from '../import.js';
import { Fields, isContainer, notARecord, present } from './fields.js';
import type { ImportFormat, Mapped } from './format.js';
import { listedRecords } from './listed-records.js';
import { soldByOf } from './sold-by.js';

const COLUMNS = {
  known: ['id', 'customerId', 'offerId', 'name', 'friendlyName', 'channel', 'providerId', 'resellerId', 'partnerId', 'model', 'supportContact', 'supportMpnId', 'isMicrosoftProduct', 'publisherName'],
  required: ['id', 'offerId'],
};

/** Subscriptions as Partner Center's REST interface lists them, or as CSV. */
export const SUBSCRIPTIONS: ImportFormat = {
  name: 'subscriptions',
  kinds: ['subscription'],
  syntaxes: ['csv', 'json', 'ndjson'],
  merges: true,
  read: (bytes, context) => listedRecords(bytes, { columns: COLUMNS, lists: ['items'] }, context),
  map: mapSubscription,
};

function mapSubscription(value: unknown, options: ImportOptions): Mapped {
  if (!isContainer(value)) return { problems: [notARecord(value)] };
  const fields = new Fields(value);
  const id = fields.requiredId('Give the id of the subscription.', 'id');
  const offerId = fields.requiredId('Give the id of the offer.', 'offerId');
  const customerId = customerIdOf(fields, options);
  const resellerId = fields.partnerId('partnerId', 'resellerId');
  const soldBy = soldByOf(fields, { resellerId, resellerField: fields.has('resellerId') ? 'resellerId' : 'partnerId' }, options);
  const document: Subscription = { id, customerId, offerId, channel: fields.oneOf(CHANNELS, 'channel') ?? 'csp', ...present({ name: fields.text(['name', 'friendlyName']), soldBy, supportContact: supportContactOf(fields, soldBy) }) };
  return fields.problems.length > 0 ? { problems: fields.problems } : { entry: { kind: 'subscription', id, document } };
}

/** The REST resource does not name its customer; the link to itself does. */
function customerIdOf(fields: Fields, { customer }: ImportOptions): string {
  const link = fields.valueAt('customerId') === undefined ? fields.text(['links.self.uri']) : undefined;
  const linked = /\/customers\/([^/?]+)\/subscriptions\//i.exec(link ?? '')?.[1];
  return linked ?? (fields.valueAt('customerId') === undefined ? customer : undefined)
    ?? fields.requiredId("Name the customer in customerId, or for the whole file with the parameter 'customer' (--customer).", 'customerId');
}

/** By the word, or by the id of the partner who is designated. An empty cell is the provider, who is the contact unless another is designated. */
function supportContactOf(fields: Fields, soldBy: SoldBy | undefined): SupportContact | undefined {
  const word = fields.oneOf(SUPPORT_CONTACTS, 'supportContact');
  if (word !== undefined) return word;
  const mpnId = fields.id('supportMpnId', 'supportContact.supportMpnId');
  if (mpnId === undefined) return fields.has('supportContact') || fields.has('supportMpnId') ? 'provider' : undefined;
  if (soldBy?.model === 'indirect' && mpnId === soldBy.resellerId) return 'reseller';
  if (soldBy !== undefined && mpnId === (soldBy.model === 'indirect' ? soldBy.providerId : soldBy.partnerId)) return 'provider';
  return fields.refuse({ field: 'supportMpnId', code: 'support-contact-unknown', detail: `'${mpnId}' is neither the provider nor the reseller of this subscription.`, remedy: 'Name one of them, or leave it empty.' });
}
