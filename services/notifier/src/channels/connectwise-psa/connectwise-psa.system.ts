import { z } from 'zod';
import { hasMark, parsed } from '../ticketing/answer-parts.js';
import { levelOf, priorities, secretText } from '../ticketing/settings.js';
import type { Desk, FoundTicket, News, NewTicket, OpenedTicket, TicketingSystem } from '../ticketing/ticketing-system.js';
import { fitted, fittedSubject } from '../ticketing/ticketing-text.decision.js';

const API = '/v4_6_release/apis/3.0';
const id = z.number().int().positive();

const settings = z.strictObject({
  boardId: id,
  companyId: id,
  contactId: id.optional(),
  typeId: id.optional(),
  sourceId: id.optional(),
  /** Statuses of the board: one that closes, and one for what comes back. */
  closedStatusId: id,
  openStatusId: id,
  /** By id; without one the board decides. */
  priorities: priorities(id),
});
/** An API member of the company, and the client id that ConnectWise gave for the integration. */
const credentials = z.strictObject({ company: z.string().regex(/^[^\s+:]{1,100}$/, 'must be the login name of the company'), publicKey: secretText, privateKey: secretText, clientId: secretText });
type Settings = z.output<typeof settings>;
type Credentials = z.output<typeof credentials>;

const ticket = z.object({ id });

/** ConnectWise PSA, by its REST API 3.0. Notes are internal analyses, which contacts do not see. */
export const connectwisePsa: TicketingSystem<Settings, Credentials> = {
  name: 'connectwise-psa',
  title: 'ConnectWise PSA',
  hosts: null,
  settings,
  credentials,
  signIn: ({ company, publicKey, privateKey, clientId }) => ({ auth: { kind: 'basic', user: `${company}+${publicKey}`, password: privateKey }, headers: { clientid: clientId } }),
  find, open, hasNote, update,
};

async function find({ reference }: NewTicket, desk: Desk<Settings>): Promise<FoundTicket | null> {
  const answer = await desk.calls.get(`${API}/service/tickets?conditions=${encodeURIComponent(`externalXRef="${reference}"`)}&fields=id&pageSize=1`);
  const [found] = parsed(z.array(ticket), answer, 'no list of tickets');
  // What it was opened with is its first note.
  return found === undefined ? null : { ...openedOf(found.id, desk), text: null };
}

async function open({ subject, reference, text, severity }: NewTicket, desk: Desk<Settings>): Promise<OpenedTicket> {
  const { boardId, companyId, contactId, typeId, sourceId, priorities: own } = desk.settings;
  const answer = await desk.calls.send('POST', `${API}/service/tickets`, {
    summary: fittedSubject(subject, 100), board: { id: boardId }, company: { id: companyId }, externalXRef: reference, initialInternalAnalysis: fitted(text, 16_000),
    contact: referenceTo(contactId), type: referenceTo(typeId), source: referenceTo(sourceId), priority: referenceTo(levelOf(severity, own) ?? undefined),
  });
  return openedOf(parsed(ticket, answer, 'no ticket').id, desk);
}

async function hasNote({ id: ticketId }: OpenedTicket, mark: string, { calls }: Desk<Settings>): Promise<boolean> {
  return hasMark(await calls.get(`${API}/service/tickets/${ticketId}/notes?orderBy=${encodeURIComponent('id desc')}&pageSize=50`), mark);
}

async function update({ id: ticketId }: OpenedTicket, { note, severity, turn }: News, { calls, settings: { closedStatusId, openStatusId, priorities: own } }: Desk<Settings>): Promise<void> {
  if (note !== null) await calls.send('POST', `${API}/service/tickets/${ticketId}/notes`, { text: fitted(note, 16_000), internalAnalysisFlag: true, detailDescriptionFlag: false, resolutionFlag: false });
  const statusId = { none: undefined, close: closedStatusId, reopen: openStatusId }[turn];
  const changes = [{ path: 'priority', value: referenceTo(levelOf(severity, own) ?? undefined) }, { path: 'status', value: referenceTo(statusId) }].filter(({ value }) => value !== undefined);
  if (changes.length > 0) await calls.send('PATCH', `${API}/service/tickets/${ticketId}`, changes.map((change) => ({ op: 'replace', ...change })));
}

function referenceTo(of: number | undefined): { readonly id: number } | undefined {
  return of === undefined ? undefined : { id: of };
}

/** In the vendor's cloud people open tickets at the host without `api-`. */
function openedOf(ticketId: number, { baseUrl }: Desk<Settings>): OpenedTicket {
  return { id: String(ticketId), number: null, url: `${baseUrl.replace('://api-', '://')}/v4_6_release/services/system_io/Service/fv_sr100_request.rails?service_recid=${ticketId}` };
}
