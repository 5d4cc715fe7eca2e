import { z } from 'zod';
import type { ReportedTicket } from '../adapter.js';
import { CHARS_MAX, instantOf, requiredText, textAt, valueAt } from '../payload.js';
import { changedSince, readTicket } from '../read-tickets.js';
import type { PollQuery, ReadContext, ReadTicket, SourceApi } from '../source-api.js';
import { mapConnectwise } from './connectwise.mapping.js';

const PAGE_SIZE = 100;

/** ConnectWise's REST interface 3.0; the base URL ends in `/v4_6_release/apis/3.0`. The user is `<company>+<public key>`, the password the private key. */
export const connectwiseApi: SourceApi = {
  auth: ['basic'],
  // Partners may run it on servers of their own.
  hosts: null,
  // ConnectWise names no limit; this is gentle.
  requestsPerSecondMax: 5,
  settings: z.strictObject({ clientId: z.string().min(1).max(128) }),
  complete,
  updatedSince,
};

async function complete({ externalId, externalUrl, change }: ReportedTicket, context: ReadContext): Promise<ReadTicket | null> {
  const id = encodeURIComponent(externalId);
  for (const kind of ['service', 'project']) {
    const ticket = await context.api.get(`/${kind}/tickets/${id}`);
    if (ticket === null) continue;
    return { ...read(await withDescription(ticket, `/${kind}/tickets/${id}/notes`, context), change === 'created', context), externalUrl };
  }
  return null;
}

/** The first note that counts as the description is what the asker wrote. */
async function withDescription(ticket: unknown, notesPath: string, { api }: ReadContext): Promise<unknown> {
  const query = new URLSearchParams({ conditions: 'detailDescriptionFlag = true', orderBy: 'id asc', pageSize: '1' });
  const notes = await api.get(`${notesPath}?${query.toString()}`);
  const text = Array.isArray(notes) ? textAt(notes[0], 'text', CHARS_MAX.description) : undefined;
  return typeof text === 'string' ? { ...(ticket as object), initialDescription: text } : ticket;
}

async function* updatedSince({ since }: PollQuery, context: ReadContext): AsyncIterable<ReadTicket> {
  const tickets = changedSince<unknown>({
    since, pageSize: PAGE_SIZE,
    idOf: (ticket) => requiredText(ticket, 'id', CHARS_MAX.name),
    updatedAtOf: (ticket) => updatedAtOf(ticket, context),
    read: async (from, page) => {
      const query = new URLSearchParams({ conditions: `_info/lastUpdated >= [${from.toISOString().slice(0, 19)}Z]`, orderBy: '_info/lastUpdated asc', pageSize: String(PAGE_SIZE), page: String(page) });
      const tickets = await context.api.get(`/service/tickets?${query.toString()}`);
      return Array.isArray(tickets) ? tickets : [];
    },
  });
  for await (const ticket of tickets) yield read(ticket, Date.parse(instantOf(valueAt(ticket, '_info.dateEntered'), new Date(0))) >= since.getTime(), context);
}

function read(ticket: unknown, isNew: boolean, context: ReadContext): ReadTicket {
  const payload = { Type: 'ticket', Action: 'updated', ID: valueAt(ticket, 'id'), Entity: ticket };
  return readTicket(mapConnectwise(payload, context), { payload, updatedAt: updatedAtOf(ticket, context), isNew });
}

function updatedAtOf(ticket: unknown, { now }: ReadContext): string {
  return instantOf(valueAt(ticket, '_info.lastUpdated'), now);
}
