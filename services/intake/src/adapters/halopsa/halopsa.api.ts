import type { ReportedTicket } from '../adapter.js';
import { asUtc, CHARS_MAX, instantAt, textAt, valueAt } from '../payload.js';
import { readTicket } from '../read-tickets.js';
import type { PollQuery, ReadContext, ReadTicket, SourceApi } from '../source-api.js';
import { mapHalopsa, stateOf } from './halopsa.mapping.js';

const PAGE_SIZE = 100;

/** HaloPSA's API, with the credentials of an API application. Its vendor names no limit. */
export const halopsaApi: SourceApi = {
  auth: ['oauth2-client-credentials'],
  // Some customers run it under a name of their own, or on their own servers.
  hosts: null,
  requestsPerSecondMax: 2,
  complete,
  updatedSince,
};

async function complete(ticket: ReportedTicket, context: ReadContext): Promise<ReadTicket | null> {
  const record = await recordOf(ticket.externalId, context);
  return record === null ? null : { ...readRecord(record, context), externalUrl: ticket.externalUrl };
}

/**
 * The list is filtered by the last update, and ordered by the id: HaloPSA documents no order by updates. What changes
 * meanwhile can only come into the list and move others down, so that no page misses any. They are told in order
 * once all are read. A list leaves out long texts and addresses; tickets that are new are read whole.
 */
async function* updatedSince({ since }: PollQuery, context: ReadContext): AsyncIterable<ReadTicket> {
  const records = new Map<string, unknown>();
  for (let page = 1; ; page += 1) {
    const query = new URLSearchParams({ lastupdatefromdate: since.toISOString().slice(0, 19), order: 'id', orderdesc: 'false', pageinate: 'true', page_size: String(PAGE_SIZE), page_no: String(page) });
    const listed = valueAt(await context.api.get(`/api/Tickets?${query.toString()}`), 'tickets');
    const tickets = Array.isArray(listed) ? listed as unknown[] : [];
    for (const ticket of tickets) records.set(textAt(ticket, 'id', CHARS_MAX.name) ?? '', ticket);
    if (tickets.length < PAGE_SIZE) break;
  }
  const found = [...records.values()].filter((record) => stateOf(record) !== undefined);
  const time = (record: unknown): string => stateOf(record)?.updatedAt ?? '';
  for (const record of found.toSorted((a, b) => time(a).localeCompare(time(b)))) {
    const isNew = Date.parse(instantAt(asUtc(valueAt(record, 'dateoccurred'))) ?? '') >= since.getTime();
    const whole = isNew ? await recordOf(textAt(record, 'id', CHARS_MAX.name) ?? '', context) : null;
    yield readRecord(whole ?? record, context, isNew);
  }
}

async function recordOf(id: string, { api }: ReadContext): Promise<unknown> {
  return /^\d{1,18}$/.test(id) ? api.get(`/api/Tickets/${id}?includedetails=true&includelastaction=true`) : null;
}

function readRecord(record: unknown, context: ReadContext, isNew = false): ReadTicket {
  const payload = { ticket: record };
  const mapped = mapHalopsa(payload, context);
  return readTicket(mapped, { payload, updatedAt: mapped.occurredAt, isNew });
}
