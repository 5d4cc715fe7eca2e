import { z } from 'zod';
import { hasMark, parsed } from '../ticketing/answer-parts.js';
import { htmlOfText } from '../ticketing/html.js';
import { extraFields, levelOf, priorities, secretText } from '../ticketing/settings.js';
import type { Desk, FoundTicket, News, NewTicket, OpenedTicket, TicketingSystem } from '../ticketing/ticketing-system.js';
import { fitted, fittedSubject } from '../ticketing/ticketing-text.decision.js';

const id = z.number().int().positive();

const settings = z.strictObject({
  ticketTypeId: id,
  clientId: id.optional(),
  siteId: id.optional(),
  userId: id.optional(),
  teamId: id.optional(),
  fields: extraFields(/^[a-z][a-z0-9_]{0,79}$/),
  closedStatusId: id,
  openStatusId: id,
  /** The name of the action by which a private note is written. */
  noteOutcome: z.string().min(1).max(100).default('Private Note'),
  /** By id; without one the ticket type decides. */
  priorities: priorities(id),
});
/** An application of the API that signs in by client credentials. */
const credentials = z.strictObject({
  clientId: secretText,
  clientSecret: secretText,
  /** Where the API details of the installation name one. */
  tenant: z.string().regex(/^[\w.-]{1,100}$/, 'must be the name of a tenant').optional(),
  /** The authorisation server, where it is not at `/auth` of the url. */
  authUrl: z.url().max(2_048).optional(),
  scope: secretText.default('all'),
});
type Settings = z.output<typeof settings>;
type Credentials = z.output<typeof credentials>;

const ticket = z.object({ id });
const found = z.object({ id, third_party_id_string: z.string().nullish(), details: z.string().nullish() });

/** HaloPSA, by its API. Notes are hidden from users. */
export const halopsa: TicketingSystem<Settings, Credentials> = {
  name: 'halopsa',
  title: 'HaloPSA',
  hosts: null,
  settings,
  credentials,
  loginUrls: ({ authUrl }) => (authUrl === undefined ? [] : [authUrl]),
  signIn: ({ clientId, clientSecret, tenant, authUrl, scope }, baseUrl) => ({
    auth: { kind: 'oauth2', tokenUrl: `${(authUrl ?? `${baseUrl}/auth`).replace(/\/+$/, '')}/token${tenant === undefined ? '' : `?tenant=${tenant}`}`, clientId, clientSecret, scope, secretIn: 'body' },
    headers: {},
  }),
  find, open, hasNote, update,
};

/** Where a version leaves the reference out of lists, the ticket itself is asked. A filter that a version does not know finds others, which are passed over. */
async function find({ reference }: NewTicket, desk: Desk<Settings>): Promise<FoundTicket | null> {
  const answer = await desk.calls.get(`/api/Tickets?third_party_id_string=${reference}&count=10`);
  for (const one of parsed(z.object({ tickets: z.array(found) }), answer, 'no list of tickets').tickets) {
    const whole = typeof one.third_party_id_string === 'string' ? one : parsed(found, await desk.calls.get(`/api/Tickets/${one.id}?includedetails=true`), 'no ticket');
    if (whole.third_party_id_string === reference) return { ...openedOf(one.id, desk), text: whole.details ?? null };
  }
  return null;
}

async function open({ subject, reference, text, severity }: NewTicket, desk: Desk<Settings>): Promise<OpenedTicket> {
  const { ticketTypeId, clientId, siteId, userId, teamId, fields, priorities: own } = desk.settings;
  const details = fitted(text, 30_000);
  const answer = await desk.calls.send('POST', '/api/Tickets', [{
    ...fields, summary: fittedSubject(subject, 255), details, details_html: htmlOfText(details), tickettype_id: ticketTypeId, third_party_id_string: reference,
    client_id: clientId, site_id: siteId, user_id: userId, team_id: teamId, priority_id: levelOf(severity, own) ?? undefined,
  }]);
  const made = parsed(z.union([ticket, z.tuple([ticket])]), answer, 'no ticket');
  return openedOf('id' in made ? made.id : made[0].id, desk);
}

async function hasNote({ id: ticketId }: OpenedTicket, mark: string, { calls }: Desk<Settings>): Promise<boolean> {
  return hasMark(await calls.get(`/api/Actions?ticket_id=${ticketId}&count=50&excludesys=true`), mark);
}

async function update({ id: ticketId }: OpenedTicket, { note, severity, turn }: News, { calls, settings: { closedStatusId, openStatusId, noteOutcome, priorities: own } }: Desk<Settings>): Promise<void> {
  if (note !== null) {
    const text = fitted(note, 30_000);
    await calls.send('POST', '/api/Actions', [{ ticket_id: Number(ticketId), outcome: noteOutcome, note: text, note_html: htmlOfText(text), hiddenfromuser: true, sendemail: false }]);
  }
  const statusId = { none: undefined, close: closedStatusId, reopen: openStatusId }[turn];
  const priorityId = levelOf(severity, own) ?? undefined;
  if (statusId !== undefined || priorityId !== undefined) await calls.send('POST', '/api/Tickets', [{ id: Number(ticketId), status_id: statusId, priority_id: priorityId }]);
}

function openedOf(ticketId: number, { baseUrl }: Desk<Settings>): OpenedTicket {
  return { id: String(ticketId), number: null, url: `${baseUrl}/ticket?id=${ticketId}` };
}
