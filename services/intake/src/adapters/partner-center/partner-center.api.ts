import type { Instant } from '@handoff/contracts';
import type { ReportedTicket } from '../adapter.js';
import { CHARS_MAX, instantOf, requiredText, textAt, valueAt } from '../payload.js';
import { readTicket } from '../read-tickets.js';
import type { PollQuery, ReadContext, ReadTicket, SourceApi } from '../source-api.js';
import { mapPartnerCenter, timeAt } from './partner-center.mapping.js';

const PAGE_SIZE = 500;

/** Partner Center's REST interface: service requests, about which no webhook tells. They are read for a user of the partner, not for an application. */
export const partnerCenterApi: SourceApi = {
  auth: ['oauth2-refresh-token', 'bearer'],
  hosts: /^api\.partnercenter\.microsoft\.com$/,
  requestsPerSecondMax: 3,
  complete,
  updatedSince,
};

async function complete({ externalId, change }: ReportedTicket, context: ReadContext): Promise<ReadTicket | null> {
  const request = await context.api.get(`/v1/servicerequests/${encodeURIComponent(externalId)}`);
  return typeof request === 'object' && request !== null ? read(request, { isNew: change === 'created', since: null, context }) : null;
}

/** The list is not in the order of changes, and lacks the description: it is read whole, and what changed is read again one by one. */
async function* updatedSince({ since }: PollQuery, context: ReadContext): AsyncIterable<ReadTicket> {
  const changed: { readonly id: string; readonly updatedAt: Instant }[] = [];
  for await (const item of listed(context)) {
    const updatedAt = updatedAtOf(item, context);
    if (Date.parse(updatedAt) >= since.getTime()) changed.push({ id: requiredText(item, 'id', CHARS_MAX.name), updatedAt });
  }
  changed.sort((a, b) => a.updatedAt.localeCompare(b.updatedAt));
  for (const { id, updatedAt } of changed) {
    const request = await context.api.get(`/v1/servicerequests/${encodeURIComponent(id)}`);
    if (typeof request !== 'object' || request === null) continue;
    const isNew = Date.parse(instantOf(timeAt(request, 'createdDate'), new Date(0))) >= since.getTime();
    yield { ...read(request, { isNew, since, context }), updatedAt };
  }
}

async function* listed({ api }: ReadContext): AsyncGenerator<unknown> {
  for (let offset = 0; ; offset += PAGE_SIZE) {
    const items = valueAt(await api.get(`/v1/servicerequests?size=${PAGE_SIZE}&offset=${offset}`), 'items');
    const page = Array.isArray(items) ? (items as unknown[]) : [];
    yield* page;
    if (page.length < PAGE_SIZE) return;
  }
}

function read(request: object, { isNew, since, context }: { isNew: boolean; since: Date | null; context: ReadContext }): ReadTicket {
  const payload = { serviceRequest: request };
  const ticket = readTicket(mapPartnerCenter(payload, context), { payload, updatedAt: updatedAtOf(request, context), isNew });
  const comment = since === null ? undefined : newestNote(request, since);
  if (comment === undefined) return ticket;
  return { ...ticket, change: ticket.change === 'updated' ? 'commented' : ticket.change, fields: { ...ticket.fields, comment } };
}

/** The newest note, where it is news: both sides write them, and both see them. */
function newestNote(request: unknown, since: Date): ReportedTicket['fields']['comment'] {
  const notes = valueAt(request, 'notes');
  const dated = (Array.isArray(notes) ? (notes as unknown[]) : []).map((note) => ({ note, at: Date.parse(instantOf(timeAt(note, 'createdDate'), new Date(0))) }));
  const newest = dated.filter(({ at }) => at >= since.getTime()).sort((a, b) => a.at - b.at).at(-1)?.note;
  const body = textAt(newest, 'text', CHARS_MAX.comment);
  return typeof body === 'string' ? { author: textAt(newest, 'createdByName', CHARS_MAX.name) ?? null, body, isPublic: true } : undefined;
}

function updatedAtOf(request: unknown, { now }: ReadContext): Instant {
  return instantOf(timeAt(request, 'lastModifiedDate') ?? timeAt(request, 'createdDate'), now);
}
