import type { ReportedTicket } from '../adapter.js';
import { CHARS_MAX, instantOf, textAt, valueAt } from '../payload.js';
import { changedSince, readTicket } from '../read-tickets.js';
import type { PollQuery, ReadContext, ReadTicket, SourceApi } from '../source-api.js';
import { mapFreshdesk, PRIORITIES, STATUSES, wordOf } from './freshdesk.mapping.js';

const PAGE_SIZE = 100;

/** Freshdesk's API 2. The user is an agent's API key, the password anything. Deleted tickets are in no list. */
export const freshdeskApi: SourceApi = {
  auth: ['basic'],
  hosts: /^[a-z0-9-]+\.freshdesk\.com$/i,
  // The smallest plan allows 50 a minute.
  requestsPerSecondMax: 0.8,
  complete,
  updatedSince,
};

async function complete(ticket: ReportedTicket, context: ReadContext): Promise<ReadTicket | null> {
  if (!/^\d{1,20}$/.test(ticket.externalId)) return null;
  const record = await context.api.get(`/api/v2/tickets/${ticket.externalId}?include=requester`);
  if (record === null) return null;
  const read = readRecord(record, context);
  return { ...read, externalUrl: ticket.externalUrl };
}

async function* updatedSince({ since }: PollQuery, context: ReadContext): AsyncIterable<ReadTicket> {
  yield* changedSince({
    since,
    pageSize: PAGE_SIZE,
    read: async (from, page) => {
      const query = new URLSearchParams({ updated_since: `${from.toISOString().slice(0, 19)}Z`, order_by: 'updated_at', order_type: 'asc', include: 'requester,description', per_page: String(PAGE_SIZE), page: String(page) });
      const records = await context.api.get(`/api/v2/tickets?${query.toString()}`);
      return Array.isArray(records) ? records.map((record: unknown) => readRecord(record, context)) : [];
    },
    idOf: ({ externalId }) => externalId,
    updatedAtOf: ({ updatedAt }) => updatedAt,
  });
}

function readRecord(record: unknown, context: ReadContext): ReadTicket {
  const payload = delivered(record);
  const updatedAt = instantOf(valueAt(record, 'updated_at'), context.receivedAt);
  return readTicket(mapFreshdesk(payload, context), { payload, updatedAt, isNew: valueAt(record, 'created_at') === valueAt(record, 'updated_at') });
}

/** The record in the words of our template, so that a source's mapping finds its places; custom fields as Freshdesk's simple content names them. */
function delivered(record: unknown): object {
  const custom = valueAt(record, 'custom_fields');
  const wordAt = (path: string, words: Readonly<Record<string, string>>): unknown => wordOf(textAt(record, path, CHARS_MAX.name), words);
  const ticket = {
    ...Object.fromEntries(Object.entries(typeof custom === 'object' && custom !== null ? custom : {}).map(([name, value]) => [`ticket_${name}`, value as unknown])),
    ticket_id: valueAt(record, 'id'), ticket_type: valueAt(record, 'type'), ticket_subject: valueAt(record, 'subject'), ticket_description: valueAt(record, 'description'), ticket_tags: valueAt(record, 'tags'),
    ticket_status: wordAt('status', STATUSES), ticket_priority: wordAt('priority', PRIORITIES), ticket_updated_at: valueAt(record, 'updated_at'),
    requester_name: valueAt(record, 'requester.name'), requester_email: valueAt(record, 'requester.email'), deleted: valueAt(record, 'deleted'),
  };
  return { freshdesk_webhook: Object.fromEntries(Object.entries(ticket).filter(([, value]) => value !== undefined)) };
}
