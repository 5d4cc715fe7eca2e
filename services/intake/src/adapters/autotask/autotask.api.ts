import type { Instant } from '@handoff/contracts';
import { z } from 'zod';
import type { ReportedTicket } from '../adapter.js';
import { keptForApi } from '../kept-for-api.js';
import { CHARS_MAX, instantOf, requiredText, textAt, valueAt } from '../payload.js';
import { readTicket } from '../read-tickets.js';
import type { PollQuery, ReadContext, ReadTicket, SourceApi } from '../source-api.js';
import { mapAutotask } from './autotask.mapping.js';

const PAGE_SIZE = 500;
const SLICE_MS = 86_400_000;
const LABELLED = ['status', 'priority'] as const;

type Labels = ReadonlyMap<string, string>;

/** Autotask's REST interface 1.0; the base URL ends in `/atservicesrest/v1.0`. All who use it share 10,000 requests an hour. */
export const autotaskApi: SourceApi = {
  auth: ['headers'],
  hosts: /^webservices\d{0,3}\.autotask\.net$/,
  requestsPerSecondMax: 2,
  settings: z.strictObject({ UserName: z.string().min(1), Secret: z.string().min(1), ApiIntegrationCode: z.string().min(1) }),
  complete,
  updatedSince,
};

async function complete({ externalId, change, fields }: ReportedTicket, context: ReadContext): Promise<ReadTicket | null> {
  const answer = await context.api.get(`/Tickets/${encodeURIComponent(externalId)}`);
  const ticket = valueAt(answer, 'item');
  if (typeof ticket !== 'object' || ticket === null) return null;
  const found = read(await withContact(ticket, context), await labelsOf(context), change === 'created', context);
  return change === 'commented' ? { ...found, change, fields: { ...found.fields, ...(fields.comment === undefined ? {} : { comment: fields.comment }) } } : found;
}

async function withContact(ticket: object, { api }: ReadContext): Promise<object> {
  const id = textAt(ticket, 'contactID', CHARS_MAX.name);
  return typeof id === 'string' ? { ...ticket, contact: valueAt(await api.get(`/Contacts/${encodeURIComponent(id)}`), 'item') ?? null } : ticket;
}

/** Autotask sorts by id alone: what changed is read day by day, and put in order within the day. */
async function* updatedSince({ since }: PollQuery, context: ReadContext): AsyncIterable<ReadTicket> {
  for (let from = since.getTime(); from < context.now.getTime(); from += SLICE_MS) {
    const tickets = await changedBetween(new Date(from), new Date(Math.min(from + SLICE_MS, context.now.getTime())), context);
    const labels = tickets.length === 0 ? new Map<string, string>() : await labelsOf(context);
    const inOrder = tickets.map((ticket) => ({ ticket, at: updatedAtOf(ticket, context) })).sort((a, b) => a.at.localeCompare(b.at));
    for (const { ticket } of inOrder) yield read(await withContact(ticket, context), labels, Date.parse(instantOf(valueAt(ticket, 'createDate'), new Date(0))) >= since.getTime(), context);
  }
}

async function changedBetween(from: Date, to: Date, { api }: ReadContext): Promise<object[]> {
  const found: object[] = [];
  for (let afterId = 0; ;) {
    const filter = [
      { op: 'gte', field: 'lastActivityDate', value: from.toISOString() },
      { op: 'lt', field: 'lastActivityDate', value: to.toISOString() },
      { op: 'gt', field: 'id', value: afterId },
    ];
    const items = valueAt(await api.post('/Tickets/query', { MaxRecords: PAGE_SIZE, filter }), 'items');
    const tickets = Array.isArray(items) ? items.filter((item): item is object => typeof item === 'object' && item !== null) : [];
    found.push(...tickets);
    const lastId = Math.max(afterId, ...tickets.map((ticket) => Number(valueAt(ticket, 'id')) || 0));
    if (tickets.length < PAGE_SIZE || lastId === afterId) return found;
    afterId = lastId;
  }
}

function read(ticket: object, labels: Labels, isNew: boolean, context: ReadContext): ReadTicket {
  const words = Object.fromEntries(LABELLED.map((field) => [`${field}Label`, labels.get(`${field}:${textAt(ticket, field, CHARS_MAX.name) ?? ''}`)]));
  const updatedAt = updatedAtOf(ticket, context);
  const payload = { Action: 'Update', EntityType: 'Ticket', Id: requiredText(ticket, 'id', CHARS_MAX.name), EventTime: updatedAt, Fields: { ...ticket, ...words } };
  return readTicket(mapAutotask(payload, context), { payload, updatedAt, isNew });
}

function updatedAtOf(ticket: unknown, { now }: ReadContext): Instant {
  return instantOf(valueAt(ticket, 'lastActivityDate'), now);
}

/** Words for the numbers of pick lists, which every Autotask numbers for itself. */
const labelsOf = keptForApi(async (api): Promise<Labels> => {
  const fields = valueAt(await api.get('/Tickets/entityInformation/fields'), 'fields');
  const labels = new Map<string, string>();
  for (const field of Array.isArray(fields) ? (fields as unknown[]) : []) {
    const name = LABELLED.find((known) => known === textAt(field, 'name', CHARS_MAX.name)?.toLowerCase());
    const values = valueAt(field, 'picklistValues');
    if (name !== undefined && Array.isArray(values)) for (const value of values as unknown[]) labels.set(`${name}:${textAt(value, 'value', CHARS_MAX.name) ?? ''}`, textAt(value, 'label', CHARS_MAX.name) ?? '');
  }
  return labels;
});
