import { z } from 'zod';
import { parsed } from '../ticketing/answer-parts.js';
import { extraFields, levelOf, priorities, secretText } from '../ticketing/settings.js';
import type { Desk, FoundTicket, News, NewTicket, OpenedTicket, Severity, TicketingSystem } from '../ticketing/ticketing-system.js';
import { fitted, fittedSubject } from '../ticketing/ticketing-text.decision.js';

const API = '/atservicesrest/v1.0';
/** Autotask's own: 1 high, 2 medium, 3 low, 4 critical. */
const PRIORITY_OF: Readonly<Record<Severity, number>> = { A: 4, B: 1, C: 2 };
const HOUR_MS = 3_600_000;
const id = z.number().int().nonnegative();

const settings = z.strictObject({
  /** The company that the ticket is for; 0 is the own one. */
  companyId: id,
  queueId: id.optional(),
  contactId: id.optional(),
  /** Further fields by name, as `issueType` or `ticketCategory`. */
  fields: extraFields(/^[a-zA-Z]\w{0,79}$/),
  /** When a ticket is due, in hours after it was decided. */
  dueAfterHours: z.number().int().min(1).max(8_760).default(24),
  newStatus: id.default(1),
  completeStatus: id.default(5),
  openStatus: id.default(8),
  noteType: id.default(3),
  /** 1: all users of Autotask, and no contact. */
  notePublish: id.default(1),
  priorities: priorities(id),
});
/** An API-only user, and the tracking identifier of the integration. */
const credentials = z.strictObject({ username: secretText, secret: secretText, integrationCode: secretText });
type Settings = z.output<typeof settings>;
type Credentials = z.output<typeof credentials>;

const ticket = z.object({ id, ticketNumber: z.string().min(1).max(100), description: z.string().nullish() });
const madeOne = z.object({ itemId: id });

/** Autotask PSA, by its REST API. `url` is the zone of the database, as `https://webservices5.autotask.net`. */
export const autotask: TicketingSystem<Settings, Credentials> = {
  name: 'autotask',
  title: 'Autotask PSA',
  hosts: /^webservices\d{0,3}\.autotask\.net$/i,
  settings,
  credentials,
  signIn: ({ username, secret, integrationCode }) => ({ auth: null, headers: { username, secret, apiintegrationcode: integrationCode } }),
  find, open, hasNote, update,
};

async function find({ reference }: NewTicket, desk: Desk<Settings>): Promise<FoundTicket | null> {
  const answer = await desk.calls.get(queryOf('Tickets', [{ op: 'eq', field: 'externalID', value: reference }]));
  const [found] = parsed(z.object({ items: z.array(ticket) }), answer, 'no list of tickets').items;
  return found === undefined ? null : { ...openedOf(found, desk), text: found.description ?? null };
}

async function open({ subject, reference, text, severity, at }: NewTicket, desk: Desk<Settings>): Promise<OpenedTicket> {
  const { companyId, queueId, contactId, fields, dueAfterHours, newStatus, priorities: own } = desk.settings;
  const made = await desk.calls.send('POST', `${API}/Tickets`, {
    ...fields, companyID: companyId, title: fittedSubject(subject, 255), description: fitted(text, 8_000), externalID: reference, status: newStatus, priority: levelOf(severity, own, PRIORITY_OF) ?? 2,
    dueDateTime: new Date(Date.parse(at) + dueAfterHours * HOUR_MS).toISOString(), queueID: queueId, contactID: contactId,
  });
  const { itemId } = parsed(madeOne, made, 'no id');
  // Creating gives the id alone.
  return openedOf(parsed(z.object({ item: ticket }), await desk.calls.get(`${API}/Tickets/${itemId}`), 'no ticket').item, desk);
}

async function hasNote({ id: ticketId }: OpenedTicket, mark: string, { calls }: Desk<Settings>): Promise<boolean> {
  const answer = await calls.get(queryOf('TicketNotes', [{ op: 'eq', field: 'ticketID', value: Number(ticketId) }, { op: 'contains', field: 'description', value: mark }]));
  return parsed(z.object({ items: z.array(z.unknown()) }), answer, 'no list of notes').items.length > 0;
}

async function update({ id: ticketId }: OpenedTicket, { note, severity, turn }: News, { calls, settings: { completeStatus, openStatus, noteType, notePublish, priorities: own } }: Desk<Settings>): Promise<void> {
  if (note !== null) await calls.send('POST', `${API}/Tickets/${ticketId}/Notes`, { title: 'Handoff', description: fitted(note, 30_000), noteType, publish: notePublish });
  const status = { none: undefined, close: completeStatus, reopen: openStatus }[turn];
  const priority = levelOf(severity, own, PRIORITY_OF) ?? undefined;
  if (status !== undefined || priority !== undefined) await calls.send('PATCH', `${API}/Tickets`, { id: Number(ticketId), status, priority });
}

function queryOf(entity: string, filter: readonly object[]): string {
  return `${API}/${entity}/query?search=${encodeURIComponent(JSON.stringify({ filter }))}`;
}

/** People open tickets at the zone's other host: `ww5` for `webservices5`. */
function openedOf({ id: ticketId, ticketNumber }: z.output<typeof ticket>, { baseUrl }: Desk<Settings>): OpenedTicket {
  return { id: String(ticketId), number: ticketNumber, url: `${baseUrl.replace('://webservices', '://ww')}/Autotask/AutotaskExtend/ExecuteCommand.aspx?Code=OpenTicketDetail&TicketID=${ticketId}` };
}
