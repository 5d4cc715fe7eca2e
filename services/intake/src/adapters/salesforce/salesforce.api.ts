import type { ReportedTicket } from '../adapter.js';
import { CHARS_MAX, instantOf, textAt, valueAt } from '../payload.js';
import { changedSince, readTicket } from '../read-tickets.js';
import type { PollQuery, ReadContext, ReadTicket, SourceApi } from '../source-api.js';
import { mapSalesforce } from './salesforce.mapping.js';

const DATA = '/services/data/v62.0';
/** `FIELDS(ALL)` gives no more. */
const PAGE_SIZE = 200;

/** Salesforce's REST interface; the base URL is that of the organisation, as https://adatum.my.salesforce.com. */
export const salesforceApi: SourceApi = {
  auth: ['oauth2-client-credentials', 'bearer'],
  hosts: /^([a-z0-9-]+\.)+my\.(salesforce\.com|salesforce\.mil|sfcrmproducts\.cn)$/,
  requestsPerSecondMax: 10,
  complete,
  updatedSince,
};

async function complete({ externalId, externalUrl, change, fields }: ReportedTicket, context: ReadContext): Promise<ReadTicket | null> {
  const record = await context.api.get(`${DATA}/sobjects/Case/${encodeURIComponent(externalId)}`);
  if (typeof record !== 'object' || record === null) return null;
  const found = await read(record, change === 'created', context);
  const isComment = change === 'commented';
  return { ...found, externalUrl, ...(isComment ? { change, fields: { ...found.fields, ...(fields.comment === undefined ? {} : { comment: fields.comment }) } } : {}) };
}

async function* updatedSince({ since }: PollQuery, context: ReadContext): AsyncIterable<ReadTicket> {
  const records = changedSince<object>({
    since, pageSize: PAGE_SIZE,
    idOf: (record) => textAt(record, 'Id', CHARS_MAX.name) ?? '',
    updatedAtOf: (record) => instantOf(valueAt(record, 'LastModifiedDate'), context.now),
    read: async (from, page) => {
      const query = `SELECT FIELDS(ALL) FROM Case WHERE LastModifiedDate >= ${from.toISOString().slice(0, 19)}Z ORDER BY LastModifiedDate ASC, Id ASC LIMIT ${PAGE_SIZE} OFFSET ${(page - 1) * PAGE_SIZE}`;
      const records = valueAt(await context.api.get(`${DATA}/query?${new URLSearchParams({ q: query }).toString()}`), 'records');
      return Array.isArray(records) ? records.filter((record): record is object => typeof record === 'object' && record !== null) : [];
    },
  });
  for await (const record of records) yield read(record, Date.parse(instantOf(valueAt(record, 'CreatedDate'), new Date(0))) >= since.getTime(), context);
}

async function read(record: object, isNew: boolean, context: ReadContext): Promise<ReadTicket> {
  const payload = { type: 'Case', change: 'updated', Case: { ...record, ...(await contactOf(record, context)) } };
  return readTicket(mapSalesforce(payload, context), { payload, updatedAt: instantOf(valueAt(record, 'LastModifiedDate'), context.now), isNew });
}

/** A case has its contact's address, and not the name. */
async function contactOf(record: object, { api }: ReadContext): Promise<object> {
  const id = textAt(record, 'ContactId', CHARS_MAX.name);
  return typeof id === 'string' ? { Contact: await api.get(`${DATA}/sobjects/Contact/${encodeURIComponent(id)}?fields=Name,Email`) } : {};
}
