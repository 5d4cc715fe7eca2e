import { z } from 'zod';
import { hasMark, parsed } from '../ticketing/answer-parts.js';
import { extraFields, levelOf, priorities, secretText } from '../ticketing/settings.js';
import type { Desk, FoundTicket, News, NewTicket, NoteText, OpenedTicket, Severity, TicketingSystem } from '../ticketing/ticketing-system.js';
import { fitted, fittedSubject } from '../ticketing/ticketing-text.decision.js';

/** As a new installation names them. */
const PRIORITY_OF: Readonly<Record<Severity, string>> = { A: '3 high', B: '2 normal', C: '1 low' };
const name = z.string().min(1).max(160);

const settings = z.strictObject({
  group: name,
  /** In whose name tickets are opened; Zammad makes a user that it does not know. */
  customerEmail: z.email().max(320),
  fields: extraFields(/^[a-z][a-z0-9_]{0,79}$/),
  closedState: name.default('closed'),
  openState: name.default('open'),
  priorities: priorities(name),
});
/** An access token of an agent, with the permission `ticket.agent`. */
const credentials = z.strictObject({ token: secretText });
type Settings = z.output<typeof settings>;
type Credentials = z.output<typeof credentials>;

const ticket = z.object({ id: z.number().int().positive(), number: z.string().min(1).max(100), note: z.string().nullish() });

/** Zammad, by its REST API. Articles are internal notes. */
export const zammad: TicketingSystem<Settings, Credentials> = {
  name: 'zammad',
  title: 'Zammad',
  hosts: null,
  settings,
  credentials,
  signIn: ({ token }) => ({ auth: { kind: 'header', name: 'authorization', value: `Token token=${token}` }, headers: {} }),
  find, open, hasNote, update,
};

/** The reference is the note of the ticket, and stands in its first article: the search finds it with and without Elasticsearch, and in a moment. */
async function find({ reference }: NewTicket, desk: Desk<Settings>): Promise<FoundTicket | null> {
  const answer = await desk.calls.get(`/api/v1/tickets/search?query=${encodeURIComponent(`"${reference}"`)}&limit=10`);
  const found = parsed(z.array(ticket), answer, 'no list of tickets').find(({ note }) => note === reference);
  return found === undefined ? null : { ...openedOf(found, desk), text: null };
}

async function open({ subject, reference, text, severity }: NewTicket, desk: Desk<Settings>): Promise<OpenedTicket> {
  const { group, customerEmail, fields, priorities: own } = desk.settings;
  const answer = await desk.calls.send('POST', '/api/v1/tickets', {
    ...fields, title: fittedSubject(subject, 250), group, customer_id: `guess:${customerEmail}`, note: reference, priority: levelOf(severity, own, PRIORITY_OF) ?? undefined,
    article: articleOf(text, fittedSubject(subject, 250)),
  });
  return openedOf(parsed(ticket, answer, 'no ticket'), desk);
}

async function hasNote({ id }: OpenedTicket, mark: string, { calls }: Desk<Settings>): Promise<boolean> {
  return hasMark(await calls.get(`/api/v1/ticket_articles/by_ticket/${id}`), mark);
}

async function update({ id }: OpenedTicket, { note, severity, turn }: News, { calls, settings: { closedState, openState, priorities: own } }: Desk<Settings>): Promise<void> {
  const state = { none: undefined, close: closedState, reopen: openState }[turn];
  await calls.send('PUT', `/api/v1/tickets/${id}`, { state, priority: levelOf(severity, own, PRIORITY_OF) ?? undefined, article: note === null ? undefined : articleOf(note, 'Handoff') });
}

function articleOf(text: NoteText, subject: string): object {
  return { subject, body: fitted(text, 50_000), content_type: 'text/plain', type: 'note', internal: true };
}

function openedOf({ id, number }: z.output<typeof ticket>, { baseUrl }: Desk<Settings>): OpenedTicket {
  return { id: String(id), number, url: `${baseUrl}/#ticket/zoom/${id}` };
}
