import type { ReportedTicket } from '../adapter.js';
import { CHARS_MAX, instantOf, textAt, valueAt } from '../payload.js';
import { readTicket } from '../read-tickets.js';
import type { PollQuery, ReadContext, ReadTicket, SourceApi } from '../source-api.js';
import { eventOfRecord, mapZendesk } from './zendesk.mapping.js';

/** Zendesk refuses an export that begins less than a minute ago. */
const START_AGO_MS_MIN = 61_000;
const PAGE_SIZE = 200;

/** Zendesk's ticketing API. The user of Basic is `<email>/token`, the password an API token. */
export const zendeskApi: SourceApi = {
  auth: ['basic', 'bearer'],
  hosts: /^[a-z0-9-]+\.zendesk\.com$/i,
  // The smallest plan allows 200 a minute; exports are fewer, and answered with Retry-After.
  requestsPerSecondMax: 3,
  complete,
  updatedSince,
};

async function complete(ticket: ReportedTicket, context: ReadContext): Promise<ReadTicket | null> {
  if (!/^\d{1,18}$/.test(ticket.externalId)) return null;
  const answer = await context.api.get(`/api/v2/tickets/${ticket.externalId}.json?include=users`);
  const record = valueAt(answer, 'ticket');
  if (typeof record !== 'object' || record === null) return null;
  const read = readRecord(record, valueAt(answer, 'users'), context);
  return { ...read, externalUrl: read.externalUrl ?? ticket.externalUrl };
}

/**
 * The incremental export, by its cursor: it misses nothing and has deleted tickets in it. Its order is that of its own time
 * stamps, which also rise where the system itself touches a ticket; such a ticket has an older change.
 */
async function* updatedSince({ since }: PollQuery, context: ReadContext): AsyncIterable<ReadTicket> {
  const startMs = Math.max(0, Math.min(since.getTime(), context.now.getTime() - START_AGO_MS_MIN));
  let place: Readonly<Record<string, string>> = { start_time: String(Math.floor(startMs / 1_000)) };
  for (;;) {
    const query = new URLSearchParams({ ...place, include: 'users', per_page: String(PAGE_SIZE) });
    const answer = await context.api.get(`/api/v2/incremental/tickets/cursor.json?${query.toString()}`);
    const records = valueAt(answer, 'tickets');
    for (const record of Array.isArray(records) ? records as unknown[] : []) {
      if (typeof record === 'object' && record !== null) yield readRecord(record, valueAt(answer, 'users'), context);
    }
    const cursor = textAt(answer, 'after_cursor', CHARS_MAX.url);
    if (valueAt(answer, 'end_of_stream') !== false || typeof cursor !== 'string' || cursor === place['cursor']) return;
    place = { cursor };
  }
}

/** The record in the form of an event, with who asks in it, so that a source's mapping finds its places. */
function readRecord(record: object, users: unknown, context: ReadContext): ReadTicket {
  const requesterId = textAt(record, 'requester_id', CHARS_MAX.name);
  const requester = Array.isArray(users) ? (users as unknown[]).find((user) => textAt(user, 'id', CHARS_MAX.name) === requesterId) : undefined;
  const updatedAt = instantOf(valueAt(record, 'updated_at'), context.receivedAt);
  const payload = eventOfRecord({ ...record, ...(requester === undefined ? {} : { requester }) });
  return readTicket(mapZendesk(payload, context), { payload, updatedAt, isNew: valueAt(record, 'created_at') === valueAt(record, 'updated_at') });
}
