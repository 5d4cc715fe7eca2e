import { z } from 'zod';
import { hasMark, parsed } from '../ticketing/answer-parts.js';
import { htmlOfText } from '../ticketing/html.js';
import { extraFields, levelOf, priorities, secretText } from '../ticketing/settings.js';
import type { Desk, FoundTicket, News, NewTicket, OpenedTicket, Severity, TicketingSystem } from '../ticketing/ticketing-system.js';
import { fitted, fittedSubject } from '../ticketing/ticketing-text.decision.js';

/** Freshdesk counts 1 low, 2 medium, 3 high, 4 urgent. */
const PRIORITY_OF: Readonly<Record<Severity, number>> = { A: 4, B: 3, C: 2 };
const OPEN = 2;
const PAGE = 100;
/** Notes are listed from the first; beyond so many pages nobody looks. */
const NOTE_PAGES_MAX = 10;
const id = z.number().int().positive();

const settings = z.strictObject({
  /** In whose name tickets are opened: a contact that is Handoff's alone, since a ticket is found among its newest. */
  requesterEmail: z.email().max(320),
  groupId: id.optional(),
  productId: id.optional(),
  type: z.string().min(1).max(100).optional(),
  tags: z.array(z.string().min(1).max(32)).max(20).default([]),
  customFields: extraFields(/^cf_\w{1,100}$/),
  /** A text field of tickets for the reference, by which they are found beyond the newest hundred of the requester. */
  referenceField: z.string().regex(/^cf_\w{1,100}$/, 'must be the name of a field, as cf_handoff').optional(),
  resolvedStatus: z.number().int().min(2).max(99).default(4),
  priorities: priorities(z.number().int().min(1).max(4)),
});
/** The key of an agent. */
const credentials = z.strictObject({ apiKey: secretText });
type Settings = z.output<typeof settings>;
type Credentials = z.output<typeof credentials>;

const ticket = z.object({ id, description_text: z.string().nullish() });

/** Freshdesk, by its API v2. Notes are private. */
export const freshdesk: TicketingSystem<Settings, Credentials> = {
  name: 'freshdesk',
  title: 'Freshdesk',
  hosts: /^[a-z0-9-]+\.freshdesk\.com$/i,
  settings,
  credentials,
  signIn: ({ apiKey }) => ({ auth: { kind: 'basic', user: apiKey, password: 'X' }, headers: {} }),
  find, open, hasNote, update,
};

/** The list comes from the database; the search, for which there must be a field, lags behind by some minutes. */
async function find({ reference }: NewTicket, desk: Desk<Settings>): Promise<FoundTicket | null> {
  const { requesterEmail, referenceField } = desk.settings;
  const listed = await desk.calls.get(`/api/v2/tickets?email=${encodeURIComponent(requesterEmail)}&order_by=created_at&order_type=desc&per_page=${PAGE}&include=description`);
  // A requester that Freshdesk does not know yet is 404, or nothing.
  const newest = listed === null ? [] : parsed(z.array(ticket), listed, 'no list of tickets');
  const found = newest.find(({ description_text: text }) => text?.includes(reference) === true);
  if (found !== undefined) return { ...openedOf(found.id, desk), text: found.description_text ?? null };
  if (referenceField === undefined || newest.length < PAGE) return null;
  const searched = await desk.calls.get(`/api/v2/search/tickets?query=${encodeURIComponent(`"${referenceField}:'${reference}'"`)}`);
  const [older] = parsed(z.object({ results: z.array(ticket) }), searched, 'no list of tickets').results;
  return older === undefined ? null : { ...openedOf(older.id, desk), text: older.description_text ?? null };
}

async function open({ subject, reference, text, severity }: NewTicket, desk: Desk<Settings>): Promise<OpenedTicket> {
  const { requesterEmail, groupId, productId, type, tags, customFields, referenceField, priorities: own } = desk.settings;
  const answer = await desk.calls.send('POST', '/api/v2/tickets', {
    email: requesterEmail, subject: fittedSubject(subject, 255), description: htmlOfText(fitted(text, 30_000)), status: OPEN, priority: levelOf(severity, own, PRIORITY_OF) ?? 1,
    group_id: groupId, product_id: productId, type, tags, custom_fields: { ...customFields, ...(referenceField === undefined ? {} : { [referenceField]: reference }) },
  });
  return openedOf(parsed(ticket, answer, 'no ticket').id, desk);
}

async function hasNote({ id: ticketId }: OpenedTicket, mark: string, { calls }: Desk<Settings>): Promise<boolean> {
  for (let page = 1; page <= NOTE_PAGES_MAX; page += 1) {
    const notes = await calls.get(`/api/v2/tickets/${ticketId}/conversations?per_page=${PAGE}&page=${page}`);
    if (hasMark(notes, mark)) return true;
    if (!Array.isArray(notes) || notes.length < PAGE) return false;
  }
  return false;
}

async function update({ id: ticketId }: OpenedTicket, { note, severity, turn }: News, { calls, settings: { resolvedStatus, priorities: own } }: Desk<Settings>): Promise<void> {
  if (note !== null) await calls.send('POST', `/api/v2/tickets/${ticketId}/notes`, { body: htmlOfText(fitted(note, 30_000)), private: true });
  const status = { none: undefined, close: resolvedStatus, reopen: OPEN }[turn];
  const priority = levelOf(severity, own, PRIORITY_OF) ?? undefined;
  if (status !== undefined || priority !== undefined) await calls.send('PUT', `/api/v2/tickets/${ticketId}`, { status, priority });
}

function openedOf(ticketId: number, { baseUrl }: Desk<Settings>): OpenedTicket {
  return { id: String(ticketId), number: null, url: `${baseUrl}/a/tickets/${ticketId}` };
}
