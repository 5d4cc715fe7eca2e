import type { ReportedTicket } from '../adapter.js';
import { valueAt } from '../payload.js';
import { changedBackTo, readTicket } from '../read-tickets.js';
import type { PollQuery, ReadContext, ReadTicket, SourceApi } from '../source-api.js';
import { isNewTicket, mapZammad } from './zammad.mapping.js';

const PAGE_SIZE = 100;
/** Zammad's search learns of a change after a while. */
const INDEX_LAG_MS = 120_000;

/** Zammad's API 1. Zammad runs anywhere; a token goes as Bearer, or in a header as `Authorization: Token token=…`. */
export const zammadApi: SourceApi = {
  auth: ['bearer', 'headers', 'basic'],
  hosts: null,
  requestsPerSecondMax: 2,
  complete,
  updatedSince,
};

async function complete(ticket: ReportedTicket, context: ReadContext): Promise<ReadTicket | null> {
  if (!/^\d{1,18}$/.test(ticket.externalId)) return null;
  const record = await context.api.get(`/api/v1/tickets/${ticket.externalId}?expand=true`);
  if (record === null) return null;
  const articles = await context.api.get(`/api/v1/ticket_articles/by_ticket/${ticket.externalId}`);
  // The first article is what the asker wrote.
  const [first] = Array.isArray(articles) ? articles as unknown[] : [];
  const description = mapZammad({ ticket: record, article: first, change: 'created' }, context).fields.description;
  const read = readRecord(record, context);
  return { ...read, externalUrl: ticket.externalUrl, fields: { ...read.fields, ...(description === undefined ? {} : { description }) } };
}

/** The search takes days alone: a time with colons in it finds nothing. */
async function* updatedSince({ since }: PollQuery, context: ReadContext): AsyncIterable<ReadTicket> {
  const from = new Date(Math.max(0, since.getTime() - INDEX_LAG_MS));
  yield* changedBackTo(from, pagesOf(`updated_at:>=${from.toISOString().slice(0, 10)}`, context));
}

async function* pagesOf(search: string, context: ReadContext): AsyncIterable<readonly ReadTicket[]> {
  for (let page = 1; ; page += 1) {
    const query = new URLSearchParams({ query: search, sort_by: 'updated_at', order_by: 'desc', expand: 'true', per_page: String(PAGE_SIZE), page: String(page) });
    const records = await context.api.get(`/api/v1/tickets/search?${query.toString()}`);
    // Zammad does not say how many there are; it sends empty pages at last.
    if (!Array.isArray(records) || records.length === 0) return;
    yield records.map((record: unknown) => readRecord(record, context));
  }
}

function readRecord(record: unknown, context: ReadContext): ReadTicket {
  const payload = { ticket: delivered(record), article: null };
  const mapped = mapZammad({ ...payload, change: 'updated' }, context);
  return readTicket(mapped, { payload, updatedAt: mapped.occurredAt, isNew: isNewTicket(record) });
}

/** The record in the form of a webhook, where what it refers to are objects, so that a source's mapping finds its places. */
function delivered(record: unknown): object {
  const named = (name: string, key: string): Record<string, unknown> => {
    const value = valueAt(record, name);
    return typeof value === 'string' ? { [name]: { id: valueAt(record, `${name}_id`) ?? null, [key]: value } } : {};
  };
  const customer = valueAt(record, 'customer');
  const isAddress = typeof customer === 'string' && customer.includes('@');
  return { ...(record as object), ...named('priority', 'name'), ...named('group', 'name'), ...named('organization', 'name'), ...named('owner', 'login'), ...named('customer', isAddress ? 'email' : 'login') };
}
