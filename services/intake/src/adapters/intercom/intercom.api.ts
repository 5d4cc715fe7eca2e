import type { ReportedTicket } from '../adapter.js';
import { CHARS_MAX, textAt, valueAt } from '../payload.js';
import { readTicket } from '../read-tickets.js';
import { type ApiCalls, type PollQuery, type ReadContext, type ReadTicket, type SourceApi } from '../source-api.js';
import { mapIntercom, notificationOf, secondsAt } from './intercom.mapping.js';

const PAGE_SIZE = 100;
/** Intercom's search learns of a change after a while. */
const INDEX_LAG_SECONDS = 120;

/** Intercom's REST API. Tickets are polled; conversations are read when a webhook names one. */
export const intercomApi: SourceApi = {
  auth: ['bearer'],
  hosts: /^api(\.(eu|au))?\.intercom\.io$/i,
  requestsPerSecondMax: 10,
  headers: { 'Intercom-Version': '2.14' },
  complete,
  updatedSince,
};

async function complete(ticket: ReportedTicket, context: ReadContext): Promise<ReadTicket | null> {
  const id = encodeURIComponent(ticket.externalId);
  const found = await context.api.get(`/tickets/${id}`);
  const item = found ?? await context.api.get(`/conversations/${id}`);
  if (item === null) return null;
  const read = readItem(await withContact(item, context.api), context, false);
  return { ...read, externalId: ticket.externalId, externalUrl: ticket.externalUrl };
}

/** The search promises no order, so all that it finds is told at its end. Who asked is read for new tickets alone. */
async function* updatedSince({ since }: PollQuery, context: ReadContext): AsyncIterable<ReadTicket> {
  const sinceSeconds = Math.floor(since.getTime() / 1_000) - INDEX_LAG_SECONDS;
  const found = new Map<string, unknown>();
  let after: string | null = null;
  do {
    const answer = await context.api.post('/tickets/search', { query: { field: 'updated_at', operator: '>', value: sinceSeconds - 1 }, pagination: { per_page: PAGE_SIZE, ...(after === null ? {} : { starting_after: after }) } });
    const tickets = valueAt(answer, 'tickets');
    for (const item of Array.isArray(tickets) ? tickets as unknown[] : []) found.set(textAt(item, 'id', CHARS_MAX.name) ?? '', item);
    after = textAt(answer, 'pages.next.starting_after', CHARS_MAX.url) ?? null;
  } while (after !== null);
  const seconds = (item: unknown, path: string): number => Number(textAt(item, path, CHARS_MAX.name) ?? 0);
  const changed = [...found.values()].filter((item) => seconds(item, 'updated_at') >= sinceSeconds).toSorted((a, b) => seconds(a, 'updated_at') - seconds(b, 'updated_at'));
  for (const item of changed) {
    const isNew = seconds(item, 'created_at') >= sinceSeconds;
    yield readItem(isNew ? await withContact(item, context.api) : item, context, isNew);
  }
}

/** The item with its first contact whole in it. */
async function withContact(item: unknown, api: ApiCalls): Promise<unknown> {
  const contacts = valueAt(item, 'contacts.contacts');
  const id = Array.isArray(contacts) ? textAt(contacts[0], 'id', CHARS_MAX.name) : undefined;
  const contact = typeof id === 'string' ? await api.get(`/contacts/${encodeURIComponent(id)}`) : null;
  return contact === null ? item : { ...(item as object), contacts: { contacts: [contact, ...(contacts as unknown[]).slice(1)] } };
}

function readItem(item: unknown, context: ReadContext, isNew: boolean): ReadTicket {
  const payload = notificationOf(item);
  return readTicket(mapIntercom(payload, context), { payload, updatedAt: secondsAt(item, 'updated_at') ?? context.receivedAt.toISOString(), isNew });
}
