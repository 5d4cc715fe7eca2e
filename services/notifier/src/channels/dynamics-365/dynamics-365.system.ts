import { z } from 'zod';
import { parsed } from '../ticketing/answer-parts.js';
import { levelOf, priorities, secretText } from '../ticketing/settings.js';
import type { Desk, FoundTicket, News, NewTicket, OpenedTicket, Severity, TicketingSystem } from '../ticketing/ticketing-system.js';
import { fitted, fittedSubject } from '../ticketing/ticketing-text.decision.js';

const API = '/api/data/v9.2';
/** Dataverse counts 1 high, 2 normal, 3 low. */
const PRIORITY_OF: Readonly<Record<Severity, number>> = { A: 1, B: 2, C: 3 };
const RESOLVED = 1;
const guid = z.guid();
const choice = z.number().int();

const settings = z.strictObject({
  /** Whom the case is for: an account or a contact. */
  customer: z.union([z.strictObject({ accountId: guid }), z.strictObject({ contactId: guid })]),
  /** Further columns, as `"subjectid@odata.bind": "/subjects(…)"`. */
  fields: z.record(z.string().regex(/^[a-z]\w{0,99}(@odata\.bind)?$/, 'must be the name of a column'), z.union([z.string().max(4_000), z.number(), z.boolean()])).default({}),
  /** As the column `description` of cases allows. */
  descriptionCharsMax: z.number().int().min(500).max(100_000).default(2_000),
  /** Status reasons. */
  resolvedStatus: choice.default(5),
  openStatus: choice.default(1),
  priorities: priorities(choice),
});
/** An app registration of the tenant that is an application user of the environment. */
const credentials = z.strictObject({
  tenantId: z.string().regex(/^[\w.-]{1,100}$/, 'must be the id or a domain of a tenant'),
  clientId: secretText,
  clientSecret: secretText,
  /** Of other clouds: their authority, as `https://login.microsoftonline.us`. */
  loginUrl: z.url().max(2_048).default('https://login.microsoftonline.com'),
});
type Settings = z.output<typeof settings>;
type Credentials = z.output<typeof credentials>;

const incident = z.object({ incidentid: guid, ticketnumber: z.string().max(100).nullish(), description: z.string().nullish() });

/** Dynamics 365 Customer Service, by the Web API of Dataverse. The id of a case is the UUID of its reference, so that none is created twice. */
export const dynamics365: TicketingSystem<Settings, Credentials> = {
  name: 'dynamics-365',
  title: 'Dynamics 365 Customer Service',
  hosts: /^[a-z0-9-]+\.(api\.)?crm\d{0,2}\.(dynamics\.com|dynamics\.cn|microsoftdynamics\.us|appsplatform\.us)$/i,
  settings,
  credentials,
  loginUrls: ({ loginUrl }) => [loginUrl],
  signIn: ({ tenantId, clientId, clientSecret, loginUrl }, baseUrl) => ({
    auth: { kind: 'oauth2', tokenUrl: `${loginUrl.replace(/\/+$/, '')}/${tenantId}/oauth2/v2.0/token`, clientId, clientSecret, scope: `${baseUrl}/.default`, secretIn: 'body' },
    headers: { 'odata-version': '4.0', 'odata-maxversion': '4.0' },
  }),
  find, open, hasNote, update,
};

async function find({ reference }: NewTicket, desk: Desk<Settings>): Promise<FoundTicket | null> {
  const answer = await desk.calls.get(`${pathOf(idOf(reference))}?$select=ticketnumber,description`);
  if (answer === null) return null;
  const found = parsed(incident, answer, 'no case');
  return { ...openedOf(found, desk), text: found.description ?? null };
}

/** A PATCH of an id that is not there creates it; `If-None-Match` refuses one that is. */
async function open({ subject, reference, text, severity }: NewTicket, desk: Desk<Settings>): Promise<OpenedTicket> {
  const { customer, fields, descriptionCharsMax, priorities: own } = desk.settings;
  const answer = await desk.calls.send('PATCH', `${pathOf(idOf(reference))}?$select=ticketnumber`, {
    ...fields, title: fittedSubject(subject, 200), description: fitted(text, descriptionCharsMax), prioritycode: levelOf(severity, own, PRIORITY_OF) ?? undefined,
    ...('accountId' in customer ? { 'customerid_account@odata.bind': `/accounts(${customer.accountId})` } : { 'customerid_contact@odata.bind': `/contacts(${customer.contactId})` }),
  }, { 'if-none-match': '*', prefer: 'return=representation' });
  return openedOf(parsed(incident, answer, 'no case'), desk);
}

async function hasNote({ id }: OpenedTicket, mark: string, { calls }: Desk<Settings>): Promise<boolean> {
  const filter = encodeURIComponent(`_objectid_value eq ${id} and contains(notetext,'${mark}')`);
  return parsed(z.object({ value: z.array(z.unknown()) }), await calls.get(`${API}/annotations?$select=annotationid&$top=1&$filter=${filter}`), 'no list of notes').value.length > 0;
}

async function update({ id }: OpenedTicket, { note, severity, turn }: News, { calls, settings }: Desk<Settings>): Promise<void> {
  const { resolvedStatus, openStatus, priorities: own } = settings;
  if (note !== null) await calls.send('POST', `${API}/annotations`, { subject: 'Handoff', notetext: fitted(note, 50_000), 'objectid_incident@odata.bind': `/incidents(${id})` });
  const isResolved = turn === 'none' ? null : parsed(z.object({ statecode: z.number() }), await calls.get(`${pathOf(id)}?$select=statecode`), 'no case with a state').statecode === RESOLVED;
  const prioritycode = levelOf(severity, own, PRIORITY_OF) ?? undefined;
  const state = turn === 'reopen' && isResolved === true ? { statecode: 0, statuscode: openStatus } : {};
  // Without the header, a case that was removed would be created anew.
  if (prioritycode !== undefined || 'statecode' in state) await calls.send('PATCH', pathOf(id), { prioritycode, ...state }, { 'if-match': '*' });
  if (turn === 'close' && isResolved === false) await calls.send('POST', `${API}/CloseIncident`, { IncidentResolution: { '@odata.type': 'Microsoft.Dynamics.CRM.incidentresolution', subject: 'Closed in the system that the ticket came from', 'incidentid@odata.bind': `/incidents(${id})` }, Status: resolvedStatus });
}

function idOf(reference: string): string {
  return reference.slice(-36);
}

function pathOf(id: string): string {
  return `${API}/incidents(${id})`;
}

function openedOf({ incidentid, ticketnumber }: z.output<typeof incident>, { baseUrl }: Desk<Settings>): OpenedTicket {
  return { id: incidentid, number: ticketnumber ?? null, url: `${baseUrl}/main.aspx?etn=incident&pagetype=entityrecord&id=${incidentid}` };
}
