import { CLOUDS } from '@handoff/matrix';
import type { Customer } from '../../directory/directory.js';
import type { ImportOptions } from '../import.js';
import { Fields, isContainer, notARecord, present } from './fields.js';
import type { ImportFormat, Mapped } from './format.js';
import { listedRecords } from './listed-records.js';
import { soldByOf } from './sold-by.js';

const COLUMNS = { known: ['id', 'name', 'country', 'cloud', 'providerId', 'resellerId', 'associatedPartnerId', 'model', 'supportPlan', 'tenantId', 'companyName'], required: [] };

/** Customers as Partner Center's REST interface lists them, or as CSV. */
export const CUSTOMERS: ImportFormat = {
  name: 'customers',
  kinds: ['customer'],
  syntaxes: ['csv', 'json', 'ndjson'],
  merges: true,
  read: (bytes, context) => listedRecords(bytes, { columns: COLUMNS, lists: ['items'] }, context),
  map: mapCustomer,
};

function mapCustomer(value: unknown, options: ImportOptions): Mapped {
  if (!isContainer(value)) return { problems: [notARecord(value)] };
  const fields = new Fields(value);
  const id = fields.requiredId("Give the customer's tenant id.", 'id', 'tenantId', 'companyProfile.tenantId');
  const name = fields.requiredText("Give the company's name.", 'name', 'companyName', 'companyProfile.companyName');
  const country = countryOf(fields);
  const resellerId = fields.partnerId('associatedPartnerId', 'resellerId');
  const rest = present({ country, cloud: fields.oneOf(CLOUDS, 'cloud'), soldBy: soldByOf(fields, { resellerId, resellerField: 'associatedPartnerId' }, options), supportPlan: fields.text(['supportPlan']) });
  const document: Customer = { id, name, ...rest };
  return fields.problems.length > 0 ? { problems: fields.problems } : { entry: { kind: 'customer', id, document } };
}

function countryOf(fields: Fields): string | undefined {
  const text = fields.text(['country', 'billingProfile.defaultAddress.country']);
  if (text === undefined || /^[A-Za-z]{2}$/.test(text)) return text?.toUpperCase();
  return fields.refuse({ field: 'country', code: 'not-a-country', detail: `'${text.slice(0, 64)}' is no country code.`, remedy: 'Use two letters of ISO 3166-1, as DE.' });
}
