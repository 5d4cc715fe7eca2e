import { z } from 'zod';
import { hasMark, parsed } from '../ticketing/answer-parts.js';
import { levelOf, priorities, secretText } from '../ticketing/settings.js';
import type { Desk, FoundTicket, News, NewTicket, OpenedTicket, Severity, TicketingSystem } from '../ticketing/ticketing-system.js';
import { fitted, fittedSubject } from '../ticketing/ticketing-text.decision.js';

const PRIORITIES = ['urgent', 'high', 'normal', 'low'] as const;
const PRIORITY_OF: Readonly<Record<Severity, (typeof PRIORITIES)[number]>> = { A: 'urgent', B: 'high', C: 'normal' };
const id = z.number().int().positive();

const settings = z.strictObject({
  groupId: id.optional(),
  brandId: id.optional(),
  ticketFormId: id.optional(),
  /** On whose behalf tickets are opened; without it: the user of the credentials. Zendesk makes a user that it does not know. */
  requester: z.strictObject({ email: z.email().max(320), name: z.string().min(1).max(255) }).optional(),
  tags: z.array(z.string().regex(/^[\w-]{1,80}$/, 'must be a tag: letters, digits, - and _')).max(20).default([]),
  type: z.enum(['problem', 'incident', 'question', 'task']).optional(),
  /** By id, as the account's rules may want them. */
  customFields: z.array(z.strictObject({ id, value: z.union([z.string().max(1_000), z.number(), z.boolean()]) })).max(50).default([]),
  priorities: priorities(z.enum(PRIORITIES)),
});
/** An API token of an agent, or an OAuth client of the account (client credentials). */
const credentials = z.union([
  z.strictObject({ email: z.email().max(320), apiToken: secretText }),
  z.strictObject({ clientId: secretText, clientSecret: secretText }),
]);
type Settings = z.output<typeof settings>;
type Credentials = z.output<typeof credentials>;

const ticket = z.object({ id, description: z.string().nullish() });

/** Zendesk Support, by its ticketing API v2. Notes are internal, so nobody but agents reads them. */
export const zendesk: TicketingSystem<Settings, Credentials> = {
  name: 'zendesk',
  title: 'Zendesk',
  hosts: /^[a-z0-9-]+\.zendesk\.com$/i,
  settings,
  credentials,
  signIn: (given, baseUrl) => ({
    auth: 'email' in given ? { kind: 'basic', user: `${given.email}/token`, password: given.apiToken }
      : { kind: 'oauth2', tokenUrl: `${baseUrl}/oauth/tokens`, clientId: given.clientId, clientSecret: given.clientSecret, scope: 'read write', secretIn: 'body' },
    headers: {},
  }),
  find, open, hasNote, update,
};

/** The list by external id comes from the database, not from the search index, so a ticket is in it at once. */
async function find({ reference }: NewTicket, desk: Desk<Settings>): Promise<FoundTicket | null> {
  const answer = await desk.calls.get(`/api/v2/tickets?external_id=${reference}`);
  const [found] = parsed(z.object({ tickets: z.array(ticket) }), answer, 'no list of tickets').tickets;
  return found === undefined ? null : { ...openedOf(found.id, desk), text: found.description ?? null };
}

async function open({ subject, reference, text, severity, idempotencyKey }: NewTicket, desk: Desk<Settings>): Promise<OpenedTicket> {
  const { groupId, brandId, ticketFormId, requester, tags, type, customFields, priorities: own } = desk.settings;
  const answer = await desk.calls.send('POST', '/api/v2/tickets', {
    ticket: {
      subject: fittedSubject(subject, 150), external_id: reference, comment: commentOf(text), priority: levelOf(severity, own, PRIORITY_OF) ?? undefined,
      group_id: groupId, brand_id: brandId, ticket_form_id: ticketFormId, requester, type, tags, custom_fields: customFields,
    },
  }, { 'idempotency-key': idempotencyKey });
  return openedOf(parsed(z.object({ ticket }), answer, 'no ticket').ticket.id, desk);
}

async function hasNote({ id: ticketId }: OpenedTicket, mark: string, desk: Desk<Settings>): Promise<boolean> {
  return hasMark(await desk.calls.get(`/api/v2/tickets/${ticketId}/comments?sort=-created_at&page%5Bsize%5D=50`), mark);
}

async function update({ id: ticketId }: OpenedTicket, { note, severity, turn }: News, desk: Desk<Settings>): Promise<void> {
  const status = { none: undefined, close: 'solved', reopen: 'open' }[turn];
  await desk.calls.send('PUT', `/api/v2/tickets/${ticketId}`, {
    ticket: { comment: note === null ? undefined : commentOf(note), priority: levelOf(severity, desk.settings.priorities, PRIORITY_OF) ?? undefined, status },
  });
}

function commentOf(text: NewTicket['text']): { readonly body: string; readonly public: false } {
  return { body: fitted(text, 65_000), public: false };
}

function openedOf(ticketId: number, { baseUrl }: Desk<Settings>): OpenedTicket {
  return { id: String(ticketId), number: null, url: `${baseUrl}/agent/tickets/${ticketId}` };
}
