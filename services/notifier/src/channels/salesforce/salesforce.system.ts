import { z } from 'zod';
import { hasMark, parsed } from '../ticketing/answer-parts.js';
import { extraFields, levelOf, priorities, secretText } from '../ticketing/settings.js';
import type { Desk, FoundTicket, News, NewTicket, OpenedTicket, Severity, TicketingSystem } from '../ticketing/ticketing-system.js';
import { fitted, fittedBytes, fittedSubject } from '../ticketing/ticketing-text.decision.js';

/** As a new organisation names them. */
const PRIORITY_OF: Readonly<Record<Severity, string>> = { A: 'High', B: 'Medium', C: 'Low' };
const COMMENT_BYTES_MAX = 4_000;
const name = z.string().min(1).max(255);

const settings = z.strictObject({
  /** A text field of cases, marked as external id and unique, with room for 44 characters. */
  referenceField: z.string().regex(/^[A-Za-z]\w{0,79}__c$/, 'must be the API name of a field, as Handoff_Reference__c').default('Handoff_Reference__c'),
  apiVersion: z.string().regex(/^v\d{2,3}\.0$/, 'must be a version, as v62.0').default('v62.0'),
  /** Further fields by their API names, as `RecordTypeId`, `AccountId`, `OwnerId` or `Origin`. */
  fields: extraFields(/^[A-Za-z]\w{0,79}$/),
  closedStatus: name.default('Closed'),
  openStatus: name.default('Working'),
  priorities: priorities(name),
});
/** A connected app that may use client credentials, with the user it runs as. */
const credentials = z.strictObject({ clientId: secretText, clientSecret: secretText });
type Settings = z.output<typeof settings>;
type Credentials = z.output<typeof credentials>;

const recordId = z.string().regex(/^500[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?$/);
const record = z.object({ Id: recordId, CaseNumber: z.string().min(1).max(100), Description: z.string().nullish() });

/** Salesforce Service Cloud, by its REST API. Cases are created by an upsert of their reference; comments are not published. */
export const salesforce: TicketingSystem<Settings, Credentials> = {
  name: 'salesforce',
  title: 'Salesforce',
  hosts: /^[a-z0-9.-]+\.my\.salesforce\.com$/i,
  conflicts: /UNABLE_TO_LOCK_ROW/,
  settings,
  credentials,
  signIn: ({ clientId, clientSecret }, baseUrl) => ({ auth: { kind: 'oauth2', tokenUrl: `${baseUrl}/services/oauth2/token`, clientId, clientSecret, secretIn: 'body' }, headers: {} }),
  find, open, hasNote, update,
};

async function find({ reference }: NewTicket, desk: Desk<Settings>): Promise<FoundTicket | null> {
  const answer = await desk.calls.get(`${byReference(reference, desk)}?fields=Id,CaseNumber,Description`);
  if (answer === null) return null;
  const found = parsed(record, answer, 'no case');
  return { ...openedOf(found, desk), text: found.Description ?? null };
}

async function open({ subject, reference, text, severity }: NewTicket, desk: Desk<Settings>): Promise<OpenedTicket> {
  const { fields, priorities: own } = desk.settings;
  const made = await desk.calls.send('PATCH', byReference(reference, desk), {
    ...fields, Subject: fittedSubject(subject, 255), Description: fitted(text, 32_000), Priority: levelOf(severity, own, PRIORITY_OF) ?? undefined,
  });
  const { id } = parsed(z.object({ id: recordId }), made, 'no id');
  // Creating gives the id alone.
  return openedOf(parsed(record, await desk.calls.get(`${dataOf(desk)}/sobjects/Case/${id}?fields=Id,CaseNumber`), 'no case'), desk);
}

/** Comments cannot be asked for by their text. */
async function hasNote({ id }: OpenedTicket, mark: string, desk: Desk<Settings>): Promise<boolean> {
  const query = `SELECT CommentBody FROM CaseComment WHERE ParentId = '${id}' ORDER BY CreatedDate DESC LIMIT 50`;
  return hasMark(await desk.calls.get(`${dataOf(desk)}/query?q=${encodeURIComponent(query)}`), mark);
}

async function update({ id }: OpenedTicket, { note, severity, turn }: News, desk: Desk<Settings>): Promise<void> {
  const { closedStatus, openStatus, priorities: own } = desk.settings;
  if (note !== null) await desk.calls.send('POST', `${dataOf(desk)}/sobjects/CaseComment`, { ParentId: id, CommentBody: fittedBytes(note, COMMENT_BYTES_MAX), IsPublished: false });
  const Status = { none: undefined, close: closedStatus, reopen: openStatus }[turn];
  const Priority = levelOf(severity, own, PRIORITY_OF) ?? undefined;
  if (Status !== undefined || Priority !== undefined) await desk.calls.send('PATCH', `${dataOf(desk)}/sobjects/Case/${id}`, { Status, Priority });
}

function dataOf({ settings: { apiVersion } }: Desk<Settings>): string {
  return `/services/data/${apiVersion}`;
}

function byReference(reference: string, desk: Desk<Settings>): string {
  return `${dataOf(desk)}/sobjects/Case/${desk.settings.referenceField}/${reference}`;
}

function openedOf({ Id: id, CaseNumber: number }: z.output<typeof record>, { baseUrl }: Desk<Settings>): OpenedTicket {
  return { id, number, url: `${baseUrl}/lightning/r/Case/${id}/view` };
}
